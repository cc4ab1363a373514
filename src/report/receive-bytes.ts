/** Documents from the bytes of one file, by its format. */
import { decodeText } from "./charset.ts";
import { readFields } from "./fields.ts";
import type { Extracted, Item } from "./formats/format.ts";
import type { MetaFile } from "./formats/meta-file.ts";
import { parseJsonReport } from "./json.ts";
import { readLines } from "./lines.ts";
import { type Problem, unread } from "./problem.ts";
import {
  type FileFormat,
  type Input,
  MAX_REPORT_BYTES,
  nameOf,
  type Received,
  type Step,
  tooLarge,
} from "./received.ts";
import { bodyOfText } from "./txt.ts";

const EMPTY: Problem = { problem: "is empty; add the text of the report or remove the file", tag: "empty" };

/** What a file gives that is whole in memory. Never rejects for what it holds. */
export async function* receiveBytes(
  format: Exclude<FileFormat, "zip" | "jsonl">,
  input: Input,
): AsyncIterable<Step> {
  const { file, bytes } = input;
  if (bytes.length === 0) {
    yield unread(file, EMPTY);
    return;
  }
  try {
    if (format === "csv" || format === "feed") yield* receiveList(format, input);
    else if (format === "json") yield* receiveJson(input);
    else yield await receiveDocument(format, input);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    yield unread(file, { problem: `cannot be read (${why}); save it anew or as .txt`, tag: "damaged" });
  }
}

/** Readers of formats are loaded when the first file of their format comes: most collections hold one or two. */
async function receiveDocument(format: "txt" | "md" | "html" | "docx" | "pdf", input: Input): Promise<Step> {
  const { file, bytes, meta } = input;
  const { extracted, parser } = await extract(format, bytes);
  if ("problem" in extracted) return unread(file, extracted);
  if (extracted.body.trim() === "") return unread(file, EMPTY);
  return {
    received: {
      ...documentOf(extracted, nameOf(file), meta),
      ...{ bytes, file, format, parser },
      charset: extracted.charset ?? null,
    },
  };
}

type Document = Extracted & { readonly charset?: string };

async function extract(format: string, bytes: Uint8Array): Promise<{ extracted: Document; parser: string }> {
  switch (format) {
    case "md": {
      const { MARKDOWN_READER, readMarkdown } = await import("./formats/markdown.ts");
      return { extracted: readMarkdown(bytes), parser: MARKDOWN_READER };
    }
    case "html": {
      const { HTML_READER, readHtml } = await import("./formats/html.ts");
      return { extracted: readHtml(bytes), parser: HTML_READER };
    }
    case "docx": {
      const { DOCX_READER, readDocx } = await import("./formats/docx.ts");
      return { extracted: await readDocx(bytes), parser: DOCX_READER };
    }
    case "pdf": {
      const { PDF_READER, readPdf } = await import("./formats/pdf.ts");
      return { extracted: await readPdf(bytes), parser: PDF_READER };
    }
    default: {
      const decoded = decodeText(bytes);
      if ("problem" in decoded) return { extracted: decoded, parser: "txt/1" };
      const body = bodyOfText(decoded.text);
      return { extracted: { body, fields: {}, charset: decoded.charset }, parser: "txt/1" };
    }
  }
}

/** Id, text and fields of a document; what the file says of itself wins over what is said beside it. */
function documentOf(
  extracted: Extract<Extracted, { body: string }>,
  name: string,
  meta: MetaFile | null,
): Pick<Received, "id" | "body" | "fields"> {
  const stated: Record<string, unknown> = { ...meta };
  for (const [key, value] of Object.entries(extracted.fields))
    if (value !== null && value !== undefined && value !== "") stated[key] = value;
  const fields = readFields(stated, { dateOrder: meta?.date_order ?? "dmy" });
  const warnings = [...(extracted.warnings ?? []), ...fields.warnings];
  return { id: fields.id ?? name, body: extracted.body, fields: { ...fields, warnings } };
}

async function* receiveList(format: "csv" | "feed", input: Input): AsyncIterable<Step> {
  const { bytes, file, meta } = input;
  const csv = format === "csv" ? await import("./formats/csv.ts") : null;
  const feed = format === "feed" ? await import("./formats/feed.ts") : null;
  const reading = csv?.readCsv(bytes, meta) ?? feed?.readFeed(bytes) ?? EMPTY;
  const parser = csv?.CSV_READER ?? feed?.FEED_READER ?? format;
  if ("problem" in reading) yield unread(file, reading);
  else yield* itemSteps(reading.items, input, { format, parser, charset: reading.charset });
}

function* itemSteps(
  items: Iterable<Item>,
  { file, meta }: Input,
  how: Pick<Received, "format" | "parser" | "charset">,
): Generator<Step> {
  for (const { where, bytes, extracted, id } of items) {
    const place = `${file}:${where}`;
    if ("problem" in extracted) yield unread(place, extracted);
    else if (bytes.length > MAX_REPORT_BYTES) yield unread(place, tooLarge(bytes.length, MAX_REPORT_BYTES));
    else yield { received: { ...documentOf(extracted, id(nameOf(file)), meta), bytes, file: place, ...how } };
  }
}

async function* receiveJson(input: Input): AsyncIterable<Step> {
  const { file, bytes, meta } = input;
  const decoded = decodeText(bytes);
  if ("problem" in decoded) {
    yield unread(file, decoded);
    return;
  }
  const { text, charset } = decoded;
  if (/"messages"\s*:\s*\[/.test(text)) {
    const { readTelegram, repairEscapes, TELEGRAM_READER, telegramChats } = await import(
      "./formats/telegram.ts"
    );
    const content = repairEscapes(text);
    const chats = telegramChats(parseJson(content));
    if (chats !== null) {
      const { items, notes } = readTelegram(chats, content, meta);
      yield* itemSteps(items, input, { format: "telegram", parser: TELEGRAM_READER, charset });
      for (const note of notes) yield { file, note };
      return;
    }
  }
  if (bytes.length > MAX_REPORT_BYTES) yield unread(file, tooLarge(bytes.length, MAX_REPORT_BYTES));
  else
    yield jsonStep(text, { bytes, file, id: nameOf(file), format: "json", parser: "json/1", charset }, meta);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function jsonStep(text: string, origin: Omit<Received, "body" | "fields">, meta: MetaFile | null): Step {
  const parsed = parseJsonReport(text, meta);
  if ("problem" in parsed) return unread(origin.file, parsed);
  const fields = parsed.report;
  return { received: { ...origin, id: fields.id ?? origin.id, body: fields.body, fields } };
}

/** What the lines of a .jsonl file give; no more than one of them is held. */
export async function* receiveLines(
  chunks: AsyncIterable<Uint8Array>,
  { file, size, meta }: { file: string; size: number; meta: MetaFile | null },
): AsyncIterable<Step> {
  if (size === 0)
    yield unread(file, { problem: "is empty; add one JSON report a line or remove the file", tag: "empty" });
  for await (const line of readLines(chunks, MAX_REPORT_BYTES)) {
    const place = `${file}:${line.number}`;
    if (line.bytes === null) {
      yield unread(place, tooLarge(line.length, MAX_REPORT_BYTES));
      continue;
    }
    const decoded = decodeText(line.bytes);
    if ("problem" in decoded) yield unread(place, decoded);
    else if (decoded.text.trim() !== "") {
      const { text, charset } = decoded;
      const id = `${nameOf(file)}-${line.number}`;
      const how = { format: "jsonl", parser: "jsonl/1", charset } as const;
      yield jsonStep(text, { bytes: line.bytes, file: place, id, ...how }, meta);
    }
  }
}
