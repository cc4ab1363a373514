/** Formatted text as Telegram reads it. */
import { createRequire } from "node:module";

/** Telegram's own parser when it loads and is wanted, otherwise a plain one; `name` says which and why. */
export function loadParser(wanted = "tdlib") {
  const plain = { parse: parsePlainly, entities: () => [] };
  if (wanted === "plain") return { ...plain, name: "own parser, as asked" };
  try {
    const require = createRequire(import.meta.url);
    const tdl = require("tdl");
    const { getTdjson } = require("prebuilt-tdlib");
    tdl.configure({ tdjson: getTdjson(), verbosityLevel: 0 });
    parseWithTdlib(tdl, "<b>x</b>");
    return {
      name: "tdlib",
      parse: (text, mode) => parseWithTdlib(tdl, text, mode),
      entities: (text) => found(tdl, text),
    };
  } catch (error) {
    return { ...plain, name: `own parser, TDLib does not load: ${error.message}` };
  }
}

const MODES = {
  html: { _: "textParseModeHTML" },
  markdown: { _: "textParseModeMarkdown", version: 1 },
  markdownv2: { _: "textParseModeMarkdown", version: 2 },
};

function parseWithTdlib(tdl, text, mode = "html") {
  const parsed = tdl.execute({ _: "parseTextEntities", text, parse_mode: MODES[mode] });
  if (parsed._ === "error") return { problem: parsed.message };
  const entities = parsed.entities.map(({ offset, length, type }) => ({ offset, length, ...entity(type) }));
  return { text: parsed.text, entities };
}

/** What Telegram turns into links by itself. */
function found(tdl, text) {
  const result = tdl.execute({ _: "getTextEntities", text });
  return (result.entities ?? []).map(({ offset, length, type }) => ({
    type: type._,
    text: text.slice(offset, offset + length),
  }));
}

function entity(type) {
  const name = type._.replace("textEntityType", "");
  if (name === "TextUrl") return { type: "text_link", url: type.url };
  return { type: name.replace(/[A-Z]/g, (letter, at) => (at ? "_" : "") + letter.toLowerCase()) };
}

const TAGS = new Set([
  "b",
  "strong",
  "i",
  "em",
  "u",
  "ins",
  "s",
  "strike",
  "del",
  "a",
  "code",
  "pre",
  "blockquote",
]);
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };

function parsePlainly(html, mode = "html") {
  if (mode !== "html") return { problem: `Can't parse entities: this parser reads HTML only, not ${mode}` };
  const open = [];
  let text = "";
  const entities = [];
  for (const token of html.matchAll(/<(\/?)([a-z0-9-]*)([^>]*)>|<|&(?:lt|gt|amp|quot);|[^<&]+|&/gi)) {
    const [whole, slash, tag] = token;
    if (whole === "<") return { problem: `Can't parse entities: bad tag at ${token.index}` };
    if (tag === undefined) {
      text += ENTITIES[whole.toLowerCase()] ?? whole;
    } else if (!TAGS.has(tag.toLowerCase())) {
      return {
        problem: `Can't parse entities: Unsupported start tag "${tag}" at byte offset ${token.index}`,
      };
    } else if (slash) {
      const last = open.pop();
      if (last?.tag !== tag) return { problem: `Can't parse entities: unmatched end tag at ${token.index}` };
      entities.push({ type: tag, offset: last.offset, length: text.length - last.offset });
    } else {
      open.push({ tag, offset: text.length });
    }
  }
  return open.length
    ? { problem: `Can't parse entities: Can't find end tag of "${open[0].tag}"` }
    : { text, entities };
}
