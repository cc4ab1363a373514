import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { elementSlices } from "../../src/report/formats/json-slices.ts";
import { type DateOrder, readPublicationDay } from "../../src/report/instants.ts";
import { readReports } from "../../src/report/read.ts";
import type { Report } from "../../src/report/report.ts";
import { encode, zipped } from "./writers.ts";

const PARAGRAPH = "دارت اشتباكات عنيفة في المدينة بين الطرفين، وأسفرت عن سقوط قتلى وجرحى بينهم مدنيون.";
const SECOND =
  "وقال ناشطون إن القصف المدفعي تواصل على أحياء المدينة حتى ساعات الصباح الأولى من اليوم التالي.";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "fields-"));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => writeFile(join(dir, name), content);
const read = async () => {
  const reports: (Report & { bytes: string })[] = [];
  const notes: string[] = [];
  for await (const result of readReports({ dir, onNote: (note) => notes.push(note) })) {
    if (result.kind === "problem") throw new Error(`${result.file} ${result.reason}`);
    reports.push({ ...result.report, bytes: Buffer.from(result.bytes).toString("utf8") });
  }
  return { reports, notes };
};
const day = (value: string) => ({ start: value, end: value, confidence: "stated" });

describe("days of publication as files state them", () => {
  it.each<[string, DateOrder, string | null]>([
    ["2017-10-29", "dmy", "2017-10-29"],
    ["2017-10-29T22:30:00Z", "dmy", "2017-10-30"],
    ["2017-10-29T23:30:00+03:00", "dmy", "2017-10-29"],
    ["Sun, 29 Oct 2017 22:30:00 GMT", "dmy", "2017-10-30"],
    ["Sun, 29 Oct 2017 22:30:00 +0000", "dmy", "2017-10-30"],
    ["Sun, 29 Oct 2017 23:30:00 +0300", "dmy", "2017-10-29"],
    ["05/04/2017", "dmy", "2017-04-05"],
    ["05/04/2017", "mdy", "2017-05-04"],
    ["29/10/2017", "mdy", "2017-10-29"],
    ["٢٩/١٠/٢٠١٧", "dmy", "2017-10-29"],
    ["29 تشرين الأول 2017", "dmy", "2017-10-29"],
    ["31/02/2017", "dmy", null],
    ["29/10/17", "dmy", null],
    ["تشرين الأول 2017", "dmy", null],
    ["أمس", "dmy", null],
  ])("%s (%s) is %s", (value, order, expected) => {
    expect(readPublicationDay(value, order)?.start ?? null).toBe(expected);
  });
});

describe("what a file says of itself", () => {
  it("stands in the front matter of Markdown, and its marks are not text", async () => {
    await put(
      "a.md",
      `---\ntitle: قصف على المدينة\nsource: فرات بوست\nurl: https://example.org/a\ndate: 2017-10-29\ncollected_by: سارة\ncollected_at: 2017-11-02\n---\n# قصف على المدينة\n\n**دارت** [اشتباكات](https://x.org) في *المدينة*.\n\n1. ${PARAGRAPH}\n2. ${SECOND}\n`,
    );
    const { reports } = await read();
    expect(reports[0]).toMatchObject({
      id: "a",
      title: "قصف على المدينة",
      publisher: "فرات بوست",
      url: "https://example.org/a",
      published: day("2017-10-29"),
      body: `قصف على المدينة\nدارت اشتباكات في المدينة.\n1. ${PARAGRAPH}\n2. ${SECOND}`,
      provenance: {
        format: "md",
        parser: "md/1",
        collected: { by: "سارة", at: "2017-11-02", how: null },
      },
    });
    expect(reports[0]?.parts[0]?.role).toBe("title");
  });

  it("stands in the head of a page and in its data; the headline heads the text", async () => {
    await put(
      "a.html",
      encode(
        `<html><head><meta charset="windows-1256"><title>x</title><meta property="og:site_name" content="فرات بوست">
        <link rel="canonical" href="https://example.org/a"><script type="application/ld+json">
        {"@graph":[{"@type":"NewsArticle","datePublished":"2017-10-29T10:00:00+02:00","author":{"name":"مراسل"}}]}</script></head>
        <body><header><h1>قصف على المدينة</h1></header><nav>الرئيسية</nav><article><p>${PARAGRAPH}</p><p>${SECOND}</p></article></body></html>`,
        "windows-1256",
      ),
    );
    const { reports } = await read();
    expect(reports[0]).toMatchObject({
      title: "قصف على المدينة",
      publisher: "فرات بوست",
      byline: "مراسل",
      url: "https://example.org/a",
      published: day("2017-10-29"),
      body: `قصف على المدينة\n${PARAGRAPH}\n${SECOND}`,
      provenance: { charset: "windows-1256" },
    });
  });

  it("stands in a file beside it when it cannot say it", async () => {
    await put("a.txt", PARAGRAPH);
    await put(
      "a.txt.meta.json",
      JSON.stringify({ publisher: "سانا", published: "29/10/2017", collected_how: "بريد" }),
    );
    const { reports } = await read();
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({
      publisher: "سانا",
      published: day("2017-10-29"),
      provenance: { file: "a.txt", collected: { at: null, by: null, how: "بريد" } },
    });
  });

  const SAID = { publisher: "سانا", collected_by: "سارة", collected_at: "2017-11-02", collected_how: "بريد" };
  it.each([
    ["a.json", JSON.stringify({ body: PARAGRAPH, collected_by: "ليلى", publisher: null })],
    ["a.jsonl", `${JSON.stringify({ body: PARAGRAPH, collected_by: "ليلى", publisher: "" })}\n`],
    ["a.zip", zipped({ "in.json": JSON.stringify({ body: PARAGRAPH, collected_by: "ليلى" }) })],
    ["a.zip", zipped({ "in.txt": PARAGRAPH, "in.txt.meta.json": JSON.stringify({ collected_by: "ليلى" }) })],
  ])("is added to what a report of %s says of itself, and never wins over it", async (name, content) => {
    await put(name, content);
    await put(`${name}.meta.json`, JSON.stringify(SAID));
    const { reports } = await read();
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({
      publisher: "سانا",
      provenance: { collected: { by: "ليلى", at: "2017-11-02", how: "بريد" } },
    });
    expect(reports[0]?.warnings).toEqual([]);
  });
});

describe("a table", () => {
  it("is read by the headings that tables usually have", async () => {
    await put(
      "t.csv",
      `id,Date,Location,Text,Source\n7,2017-10-29,دير الزور,"${PARAGRAPH} ""نعم""\nسطر",سانا\n`,
    );
    const { reports } = await read();
    expect(reports[0]).toMatchObject({
      id: "7",
      body: `${PARAGRAPH} "نعم"\nسطر`,
      publisher: "سانا",
      eventDates: { start: "2017-10-29", end: "2017-10-29" },
      places: ["دير الزور"],
      provenance: { file: "t.csv:3", format: "csv" },
    });
    expect(reports[0]?.bytes).toContain("نعم");
  });

  it("is read by the columns that its .meta.json names, in the order of days that it states", async () => {
    await put("t.csv", `a\tb\tc\nعنوان\t${PARAGRAPH}\t05/04/2017\n`);
    await put(
      "t.csv.meta.json",
      JSON.stringify({ columns: { body: ["a", "b"], published: "c" }, date_order: "mdy", publisher: "سانا" }),
    );
    const { reports } = await read();
    expect(reports[0]).toMatchObject({
      id: "t-2",
      body: `عنوان\n${PARAGRAPH}`,
      published: day("2017-05-04"),
      publisher: "سانا",
    });
  });
});

describe("Telegram's export", () => {
  const post = (id: number, text: unknown, more: object = {}) => ({ id, type: "message", text, ...more });

  it("gives each post its link, its day in Damascus, its edit and its own bytes; albums count once", async () => {
    const message = post(12, ["قصف ", { type: "link", text: "https://x.org" }], {
      date: "2017-10-29T22:30:00",
      date_unixtime: String(Date.parse("2017-10-29T22:30:00Z") / 1000),
      edited_unixtime: String(Date.parse("2017-10-30T08:00:00Z") / 1000),
    });
    const messages = [post(10, "", { photo: "a" }), post(11, "", { photo: "b" }), message];
    await put(
      "result.json",
      JSON.stringify({
        chats: {
          list: [
            { name: "قناة", type: "public_channel", id: 1234567890, messages },
            { name: "صديق", type: "personal_chat", id: 5, messages: [post(1, "سر")] },
          ],
        },
      }),
    );
    await put("result.json.meta.json", JSON.stringify({ username: "furatpost" }));
    const { reports, notes } = await read();
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({
      id: "telegram-1234567890-12",
      body: "قصف https://x.org",
      publisher: "قناة",
      url: "https://t.me/furatpost/12",
      published: day("2017-10-30"),
      bytes: JSON.stringify(message),
      provenance: { file: "result.json:12", format: "telegram", editedAt: ["2017-10-30T08:00:00.000Z"] },
    });
    expect(notes).toEqual([
      expect.stringMatching(/"صديق" is not a channel/),
      expect.stringMatching(/2 posts without a text/),
    ]);
  });

  it("links to a channel without a name by its number, and survives escapes that are no JSON", async () => {
    const content = JSON.stringify({
      name: null,
      type: "private_channel",
      id: -1001234567890,
      messages: [post(3, "نص@")],
    });
    await put("export.json", content.replace("@", "\\x0Bالقصف"));
    const { reports } = await read();
    expect(reports[0]).toMatchObject({ url: "https://t.me/c/1234567890/3", body: "نص\vالقصف" });
  });
});

describe("a feed", () => {
  it("gives each entry its text without markup, its address, day and edit", async () => {
    await put(
      "f.atom",
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>سانا</title><entry><id>u:1</id>
       <title>قصف &amp; نزوح</title><link rel="alternate" href="https://example.org/1"/>
       <published>2017-10-29T22:30:00Z</published><updated>2017-10-31T00:00:00Z</updated>
       <content type="xhtml"><div><p>${PARAGRAPH}</p></div></content></entry></feed>`,
    );
    const { reports } = await read();
    expect(reports[0]).toMatchObject({
      title: "قصف & نزوح",
      body: `قصف & نزوح\n${PARAGRAPH}`,
      publisher: "سانا",
      url: "https://example.org/1",
      published: day("2017-10-30"),
      provenance: { file: "f.atom:1", editedAt: ["2017-10-31T00:00:00.000Z"] },
    });
    expect(reports[0]?.bytes).toMatch(/^<entry>[\s\S]*<\/entry>$/);
  });
});

it("slices of a JSON text stand in it letter for letter, whatever the strings hold", () => {
  const elements = ['{"a": "],[\\"{", "messages": 1}', "[1,\n2]", '"x\\\\"', "null", "{}"];
  const text = `{"x": ["no"], "messages" : [ ${elements.join(" ,\n ")} ], "y": {"messages": []}}`;
  expect(elementSlices(text, "messages")).toEqual(elements);
});
