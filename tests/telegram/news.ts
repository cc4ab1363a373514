/** A collection of the files in a folder that grows and changes, for the tests of alerts and of adding. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { botNews } from "../../src/commands/bot-news.ts";
import { botSources } from "../../src/commands/bot-sources.ts";
import { type LiveSources, liveSources } from "../../src/commands/live.ts";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { correctedNames } from "../../src/overrides/names.ts";
import { buildCollection, type CollectionSource, openCollection } from "../../src/pipeline.ts";
import { NO_OVERRIDES, type Overrides } from "../../src/report/overrides.ts";
import { FakeEmbedder } from "../fakes.ts";
import { ROOT } from "../five-reports.ts";

export interface GrowingCollection {
  readonly folder: string;
  readonly indexDir: string;
  readonly live: LiveSources;
  readonly sources: ReturnType<typeof botSources>;
  readonly news: ReturnType<typeof botNews>;
  /** Writes, or with null removes, files of reports and switches to the collection with them. */
  change(files: Readonly<Record<string, string | null>>, overrides?: Overrides): Promise<void>;
  /** The same without bringing the index up to date. */
  write(files: Readonly<Record<string, string | null>>): void;
  close(): Promise<void>;
}

export async function growingCollection(files: Readonly<Record<string, string>>): Promise<GrowingCollection> {
  const root = mkdtempSync(join(tmpdir(), "isnad-growing-"));
  const folder = mkdtempSync(join(root, "data-"));
  const names = await readGazetteer(join(ROOT, "data"));
  const source: CollectionSource = {
    ...{ dataDir: folder, indexDir: join(root, "index"), names, overrides: NO_OVERRIDES },
    embedder: new FakeEmbedder(),
  };
  const build = async (overrides: Overrides) => {
    const quiet = {
      now: () => "2026-01-01T00:00:00.000Z",
      onProblem: () => undefined,
      onWarning: () => undefined,
    };
    const corrected = { ...source, overrides, names: correctedNames(names, overrides) };
    await buildCollection(corrected, quiet);
    return openCollection(corrected);
  };
  const write = (written: Readonly<Record<string, string | null>>): void => {
    for (const [name, text] of Object.entries(written)) {
      if (text === null) rmSync(join(folder, name));
      else writeFileSync(join(folder, name), text);
    }
  };
  write(files);
  const live = liveSources(await build(NO_OVERRIDES));
  return {
    ...{ folder, indexDir: source.indexDir },
    live,
    sources: botSources(live.sources),
    news: botNews(live.sources, () => "2026-11-22"),
    async change(written, overrides = NO_OVERRIDES) {
      write(written);
      live.replace(await build(overrides));
    },
    write,
    async close() {
      await live.close();
      rmSync(root, { recursive: true });
    },
  };
}
