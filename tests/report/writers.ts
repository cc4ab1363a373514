/** The five reports as files of every format: what the tests of reading write. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

export const REPORTS_DIR = join(import.meta.dirname, "..", "..", "data", "reports");
export const LIBREOFFICE_DIR = join(import.meta.dirname, "fixtures", "libreoffice");

export interface Original {
  readonly id: string;
  readonly text: string;
}

export const originals: readonly Original[] = [
  "000_3c5f58a11287295c",
  "001_4ef627a1459e3f94",
  "002_9e121b45a6439d02",
  "003_68158fa51ebf8193",
  "004_4609ec8d4135fa32",
].map((id) => ({ id, text: readFileSync(join(REPORTS_DIR, `${id}.txt`), "utf8") }));

/** Name and bytes of each file of a folder. */
export type Folder = Readonly<Record<string, string | Uint8Array>>;

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const folder = (make: (original: Original, index: number) => [string, string | Uint8Array]): Folder =>
  Object.fromEntries(originals.map(make));

/** A text in a character set of one byte a letter. Throws where the set lacks a letter. */
export function encode(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const codes = new Map<string, number>();
  for (let code = 0; code < 256; code += 1) codes.set(decoder.decode(Uint8Array.of(code)), code);
  return Uint8Array.from([...text], (letter) => {
    const code = codes.get(letter);
    if (code === undefined) throw new Error(`${charset} has no "${letter}"`);
    return code;
  });
}

const NAVIGATION = `<nav><ul>${["الرئيسية", "أخبار", "تقارير", "من نحن", "اتصل بنا"]
  .map((name) => `<li><a href="/x">${name}</a></li>`)
  .join("")}</ul></nav>`;
const RELATED = `<aside class="related-posts"><h3>مواضيع ذات صلة</h3><ul>${[
  "غارات على ريف حلب",
  "هدنة في الغوطة",
]
  .map((name) => `<li><a href="/y">${name} قبل يومين من اليوم</a></li>`)
  .join("")}</ul></aside>`;
const SHARE = `<div class="share-buttons"><a href="#">فيسبوك</a> <a href="#">تويتر</a> <button>نسخ الرابط</button></div>`;
const FOOTER = `<footer><p>جميع الحقوق محفوظة 2024</p><p>تابعنا على <a href="#">تلغرام</a></p></footer>`;

/** The page of a news site: `article` stands in the page's own marking, or in plain divisions. */
function page({ id, text }: Original, article: "article" | "div"): string {
  const paragraphs = linesOf(text).map((line) => `<p>${escaped(line)}</p>`);
  return `<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>موقع الأخبار</title>
<link rel="canonical" href="https://example.org/${id}"><meta property="og:site_name" content="موقع الأخبار">
<style>p{color:red}</style><script>var نص = "لا يقرأ";</script></head><body>
<header><div class="logo">موقع الأخبار</div>${NAVIGATION}</header><div class="content">
<${article} class="post">${paragraphs.join("\n")}${SHARE}</${article}>${RELATED}</div>${FOOTER}</body></html>`;
}

/** The days on which the five are posted in a channel. */
export const POSTED = ["2017-10-29", "2017-01-18", "2017-10-10", "2017-10-29", "2017-05-05"];

const telegramPost = ({ text }: Original, index: number): object[] => [
  { id: 10 * index + 1, type: "service", date: "2024-01-01T10:00:00", action: "pin_message", text: "" },
  {
    id: 10 * index + 2,
    type: "message",
    date: "2024-01-01T10:00:00",
    date_unixtime: "1704103200",
    photo: "a.jpg",
    text: "",
  },
  {
    id: 10 * index + 3,
    type: "message",
    date: "2024-01-01T10:00:00",
    date_unixtime: String(Date.parse(`${POSTED[index]}T10:00:00Z`) / 1000),
    from: "قناة",
    from_id: "channel1234567890",
    text: [{ type: "bold", text: text.slice(0, 7) }, text.slice(7)],
  },
];

const feedItem = ({ id, text }: Original): string =>
  `<item><guid isPermaLink="false">${id}</guid><link>https://example.org/${id}</link><content:encoded><![CDATA[${linesOf(
    text,
  )
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("")}]]></content:encoded></item>`;
const atomEntry = ({ id, text }: Original): string =>
  `<entry><id>urn:${id}</id><link href="https://example.org/${id}"/><content type="html">${escaped(
    linesOf(text)
      .map((line) => `<p>${escaped(line)}</p>`)
      .join(""),
  )}</content></entry>`;

/** Every format, by its name. */
export const formats: Readonly<Record<string, Folder>> = {
  "Windows-1256": folder(({ id, text }) => [`${id}.txt`, encode(text, "windows-1256")]),
  "UTF-16": folder(({ id, text }) => [
    `${id}.txt`,
    Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le"),
  ]),
  Markdown: folder(({ id, text }) => [`${id}.md`, `---\nid: ${id}\nlang: ar\n---\n\n${text}`]),
  "a page with an article": folder((original) => [`${original.id}.html`, page(original, "article")]),
  "a page without marking": folder((original) => [`${original.id}.html`, page(original, "div")]),
  "a bare page": folder(({ id, text }) => [
    `${id}.htm`,
    linesOf(text)
      .map((line) => `<p>${escaped(line)}`)
      .join("\n"),
  ]),
  JSON: folder(({ id, text }) => [`${id}.json`, JSON.stringify({ body: text })]),
  "lines of JSON": {
    "all.jsonl": originals.map(({ id, text }) => JSON.stringify({ id, body: text })).join("\n"),
  },
  CSV: {
    "table.csv": `\ufeffالرقم;المصدر;الخبر\r\n${originals.map(({ id, text }) => `${id};;${quoted(text)}`).join("\r\n")}\r\n`,
    "table.csv.meta.json": JSON.stringify({ columns: { id: "الرقم", body: "الخبر" } }),
  },
  "Telegram's export": {
    "result.json": JSON.stringify(
      { name: "قناة", type: "public_channel", id: 1234567890, messages: originals.flatMap(telegramPost) },
      null,
      1,
    ),
  },
  RSS: {
    "feed.xml": `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="x"><channel>${originals
      .map(feedItem)
      .join("\n")}</channel></rss>`,
  },
  Atom: {
    "feed.atom": `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${originals.map(atomEntry).join("")}</feed>`,
  },
  DOCX: folder(({ id }) => [`${id}.docx`, readFileSync(join(LIBREOFFICE_DIR, `${id}.docx`))]),
  PDF: folder(({ id }) => [`${id}.pdf`, readFileSync(join(LIBREOFFICE_DIR, `${id}.pdf`))]),
};

/** The files of a folder as one archive. */
export function zipped(files: Folder, inside = ""): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        inside + name,
        typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
      ]),
    ),
  );
}
