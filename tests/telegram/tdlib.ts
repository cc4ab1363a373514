import { createRequire } from "node:module";

export interface Parsed {
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
}

export interface Tdlib {
  /** Telegram's own reading of HTML; throws what Telegram would answer. */
  parseHtml(html: string): Parsed;
  /** What Telegram would turn into links by itself. */
  autoLinks(text: string): string[];
}

interface Entity {
  offset: number;
  length: number;
  type: { _: string };
}

/** Telegram's parser, or the reason why it cannot be had here (TDLib is prebuilt for glibc Linux on x64). */
export function loadTdlib(): Tdlib | { readonly reason: string } {
  try {
    const require = createRequire(import.meta.url);
    const tdl = require("tdl");
    tdl.configure({ tdjson: require("prebuilt-tdlib").getTdjson(), verbosityLevel: 0 });
    const tdlib: Tdlib = {
      parseHtml(html) {
        const parse_mode = { _: "textParseModeHTML" };
        const parsed = tdl.execute({ _: "parseTextEntities", text: html, parse_mode });
        if (parsed._ === "error") throw new Error(`${parsed.message}: ${html}`);
        const entities = parsed.entities.map(({ offset, length, type }: Entity) => ({
          offset,
          length,
          type: type._,
        }));
        return { text: parsed.text, entities };
      },
      autoLinks(text) {
        const entities: Entity[] = tdl.execute({ _: "getTextEntities", text }).entities ?? [];
        const harmless = /BankCard|MediaTimestamp|PhoneNumber/;
        return entities
          .filter((entity) => !harmless.test(entity.type._))
          .map((entity) => `${entity.type._} ${text.slice(entity.offset, entity.offset + entity.length)}`);
      },
    };
    tdlib.parseHtml("<b>x</b>");
    return tdlib;
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
