import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, CitedAnswer } from "../../src/answer/answer.ts";
import { decodeStart } from "../../src/telegram/callback.ts";
import { quotationRef } from "../../src/telegram/citations.ts";
import { inlineCards } from "../../src/telegram/inline-cards.ts";
import type { Rendered } from "../../src/telegram/markup.ts";
import { line, paragraph, renderBlocks, verbatim } from "../../src/telegram/markup.ts";
import { renderAnswer } from "../../src/telegram/render.ts";
import { reportListView } from "../../src/telegram/report-list.ts";
import { MESSAGE_LIMITS, paginate } from "../../src/telegram/split.ts";
import { quotationView, textPages, textViews } from "../../src/telegram/viewer.ts";
import { cleanForDisplay, withoutDisplayControls } from "../../src/text/bidi.ts";
import { isRightToLeft } from "../text/bidi-oracle.ts";
import { cite, citedAnswer, makeReport, makeSources, NEWS, QUOTE_ENTRY, QUOTE_KILLED } from "./collection.ts";
import { loadTdlib } from "./tdlib.ts";

const tdlib = loadTdlib();
const without = "reason" in tdlib ? ` (Telegram's parser is not here: ${tdlib.reason})` : "";

const OPTIONS = { answerId: "abcdefghijkl", sha256: () => NEWS.sha256, bot: "isnad_test_bot" };

/** What every message must be, whatever was put in. */
function expectDeliverable({ html, plain, units, bytes }: Rendered): void {
  expect(units).toBe(plain.length);
  expect(units).toBeLessThanOrEqual(MESSAGE_LIMITS.units);
  expect(bytes).toBe(Buffer.byteLength(html));
  expect(bytes).toBeLessThanOrEqual(MESSAGE_LIMITS.bytes);
  expect(plain.trim()).not.toBe("");
  for (const each of plain.split("\n")) if (each !== "") expect(isRightToLeft(each), each).toBe(true);
  if ("reason" in tdlib) return;
  expect(tdlib.parseHtml(html).text).toBe(plain);
  expect(tdlib.autoLinks(plain)).toEqual([]);
}

/** Source text and model text as an attacker would write it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<b>",
        "</b>",
        "<script>",
        "&lt;",
        "&",
        "</blockquote>",
        '"',
        "<a href='tg://x'>",
        "<",
        "a < b",
      ),
      fc.constantFrom(
        "https://evil.com/x",
        "evil.com",
        "@durov",
        "/start",
        "#وسم",
        "tg://resolve?domain=x",
        "1.2.3.4",
      ),
      fc.constantFrom(
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\u{e0041}",
        "\ud800",
        "\u0000",
        "\n",
        "\r\n",
        "\u2028",
        "\t",
      ),
      fc.constantFrom(
        "دخلت القوات",
        "حي",
        "[9]",
        "5-10",
        "🚩",
        "👨‍👩‍👧",
        "قَصْفٌ",
        "Deir ez-Zor",
        "«",
        "»",
        "٢٩",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 20 },
  )
  .map((words) => words.join(" "));
const long = fc.tuple(hostile, fc.nat(40)).map(([text, times]) => `${text} `.repeat(times + 1));
const visible = long.map((text) => `ن ${text}`);

const hostileAnswer: fc.Arbitrary<CitedAnswer> = fc
  .record({
    lead: visible,
    quotes: fc.array(visible, { minLength: 1, maxLength: 8 }),
    model: fc.boolean(),
    note: long,
  })
  .map(({ lead, quotes, model, note }) => {
    const report = makeReport("r1", ["عنوان", ...quotes], { publisher: note, title: lead });
    const citations = quotes.map((quote, index) => ({ ...cite(index + 1, report, quote), publisher: note }));
    const claims = citations.map(({ n, quote }) => ({
      text: model ? lead : quote,
      citations: [n],
      quoted: !model,
      group: "main" as const,
    }));
    return citedAnswer(lead, citations, { claims, mode: model ? "model" : "extractive", notes: [note] });
  });

describe("an answer as messages", () => {
  it("begins with the answer, proves it, names its sources and their days, offers buttons", () => {
    const answer = citedAnswer("حي السوق القديم · الأحد 29 تشرين الأول 2017", [cite(1, NEWS, QUOTE_ENTRY)], {
      widened: { from: "27 تشرين الأول 2017", to: "29 تشرين الأول 2017" },
      caution: "لا خبر في التقارير عن 27 تشرين الأول 2017؛ وهذا ما ورد عن 29 تشرين الأول 2017.",
      offers: [{ label: "اليوم السابق", question: "ماذا حدث يوم 28 تشرين الأول 2017؟" }],
      notes: ["فُهم التاريخ على أنه 29 تشرين الأول 2017."],
    });
    const { messages, keyboard, offers } = renderAnswer(answer, OPTIONS);
    expect(messages.map(({ plain }) => withoutDisplayControls(plain))).toEqual([
      [
        "لا خبر في التقارير عن 27 تشرين الأول 2017؛ وهذا ما ورد عن 29 تشرين الأول 2017.",
        "حي السوق القديم · الأحد 29 تشرين الأول 2017",
        "",
        `• «${QUOTE_ENTRY}» [1]`,
        "",
        "فُهم التاريخ على أنه 29 تشرين الأول 2017.",
        "",
        "المصادر · رابط الإجابة",
        "[1] وكالة النهر · الحدث والنشر: الأحد 29 تشرين الأول 2017",
      ].join("\n"),
    ]);
    // Telegram lays a row from left to right.
    expect(keyboard.map((row) => row.map(({ text }) => withoutDisplayControls(text)))).toEqual([
      ["[1]"],
      ["اليوم السابق"],
      ["الاقتباس خاطئ", "👎", "👍"],
    ]);
    expect(offers).toEqual([{ id: expect.any(String), question: "ماذا حدث يوم 28 تشرين الأول 2017؟" }]);
  });

  it("shows the quotations of a model's sentences, so that a forwarded answer keeps its proof", () => {
    const claims = [{ text: "دخلت القوات السوق.", citations: [1], quoted: false, group: "main" as const }];
    const answer = citedAnswer("السوق", [cite(1, NEWS, QUOTE_ENTRY)], { mode: "model", claims });
    const plain = withoutDisplayControls(renderAnswer(answer, OPTIONS).messages[0]?.plain ?? "");
    expect(plain).toContain("• دخلت القوات السوق. [1]");
    expect(plain).toContain(`[1] «${QUOTE_ENTRY}»`);
  });

  it("keeps the first quotation open, and folds the rest in one that opens at a tap", () => {
    const quotes = Array.from({ length: 6 }, (_, index) => `${index} ${"كلام كثير ".repeat(35)}`.trim());
    const report = makeReport("r2", ["عنوان", ...quotes]);
    const answer = citedAnswer(
      "موجز",
      quotes.map((quote, index) => cite(index + 1, report, quote)),
    );
    const html = renderAnswer(answer, OPTIONS).messages[0]?.html ?? "";
    const fold = html.indexOf("<blockquote expandable>");
    expect(html.slice(0, fold)).toContain("<blockquote>");
    expect(html.slice(0, fold)).toContain("[1]");
    expect(html.slice(fold)).toContain("[2]");
    expect(html.match(/<blockquote expandable>/g)).toHaveLength(1);
  });

  it("keeps sources that differ open above the evidence", () => {
    const answer = citedAnswer("12 أو 15", [cite(1, NEWS, QUOTE_KILLED)], {
      disagreements: [
        { about: "يختلف العدد بين المصادر", values: [{ text: "وكالة النهر: 12", citations: [1] }] },
      ],
    });
    const html = renderAnswer(answer, OPTIONS).messages[0]?.html ?? "";
    const fold = html.indexOf("<blockquote expandable>");
    expect(html.indexOf("يختلف العدد")).toBeLessThan(fold);
    expect(html.indexOf("وقُتل 12")).toBeGreaterThan(fold);
  });

  it("names the sources report by report, with the day of each event, and folds many of them", () => {
    const reports = Array.from({ length: 4 }, (_, index) =>
      makeReport(`s${index}`, ["عنوان", QUOTE_ENTRY, QUOTE_KILLED], { publisher: `ناشر ${index}` }),
    );
    const [first = NEWS] = reports;
    const other = { start: "2017-10-28", end: "2017-10-28", precision: "day" as const };
    const few = citedAnswer("موجز", [
      cite(1, first, QUOTE_ENTRY),
      { ...cite(2, first, QUOTE_KILLED), event: other },
    ]);
    const textOf = (answer: CitedAnswer) => renderAnswer(answer, OPTIONS).messages.at(-1);
    expect(withoutDisplayControls(textOf(few)?.plain ?? "")).toContain(
      "[1][2] ناشر 0 · الحدث: [1] الأحد 29 تشرين الأول 2017، [2] السبت 28 تشرين الأول 2017 · نُشر الأحد 29 تشرين الأول 2017",
    );
    expect(textOf(few)?.html).toMatch(/\n<b>المصادر<\/b>/);
    const many = citedAnswer(
      "موجز",
      reports.map((report, index) => cite(index + 1, report, QUOTE_ENTRY)),
    );
    expect(textOf(many)?.html).toMatch(/<blockquote expandable><b>المصادر<\/b>/);
  });

  it("links each number to its quotation, so that a forwarded answer leads back to it", () => {
    const citation = cite(1, NEWS, QUOTE_ENTRY);
    const { messages } = renderAnswer(citedAnswer("موجز", [citation]), OPTIONS);
    const payload = /href="https:\/\/t\.me\/isnad_test_bot\?start=(q[^"]+)">\[1\]/.exec(
      messages[0]?.html ?? "",
    )?.[1];
    expect(decodeStart(payload ?? "")).toEqual({
      kind: "quotation",
      quotation: quotationRef(citation, NEWS.sha256),
    });
  });

  it("puts the sources with the last part, every part numbered", () => {
    const quotes = Array.from({ length: 8 }, (_, index) => `${index} ${"كلام طويل جداً ".repeat(100)}`.trim());
    const report = makeReport("r3", ["عنوان", ...quotes]);
    const answer = citedAnswer(
      "موجز",
      quotes.map((quote, index) => cite(index + 1, report, quote)),
    );
    const { messages } = renderAnswer(answer, OPTIONS);
    expect(messages.length).toBeGreaterThan(2);
    messages.forEach(({ plain }, index) => {
      expect(withoutDisplayControls(plain)).toMatch(new RegExp(`\\(${index + 1} من ${messages.length}\\)$`));
      expect(plain.includes("المصادر")).toBe(index === messages.length - 1);
    });
  });

  it(`is deliverable whatever a report or a model says${without}`, () => {
    fc.assert(
      fc.property(hostileAnswer, (answer) => {
        const { messages, keyboard } = renderAnswer(answer, OPTIONS);
        for (const message of messages) expectDeliverable(message);
        for (const button of keyboard.flat()) {
          if ("callback_data" in button)
            expect(Buffer.byteLength(button.callback_data)).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 60 },
    );
  });

  it(`is deliverable whatever a refusal says and offers${without}`, () => {
    fc.assert(
      fc.property(visible, long, (text, label) => {
        const scope = { dates: [], places: [] };
        const offers = [{ label, question: text }];
        const refusal: Answer = {
          kind: "refusal",
          reason: "not_reported",
          lines: [text, label],
          offers,
          scope,
        };
        const { messages, keyboard } = renderAnswer(refusal, OPTIONS);
        for (const message of messages) expectDeliverable(message);
        for (const { text: shown } of keyboard.flat()) expect(shown.length).toBeLessThan(200);
      }),
      { numRuns: 60 },
    );
  });
});

const squeezed = (text: string) => withoutDisplayControls(text).replace(/\s+/g, "");

describe("an answer as cards of inline mode", () => {
  it(`is deliverable whatever a report says, and every card has its quotation and its source${without}`, () => {
    fc.assert(
      fc.property(hostileAnswer, (answer) => {
        const cards = inlineCards(answer, OPTIONS);
        for (const { title, description, message, keyboard } of cards) {
          expectDeliverable(message);
          for (const shown of [title, description]) {
            expect(shown.length).toBeLessThan(400);
            expect(shown).not.toContain("\n");
            if (/\p{L}/u.test(shown)) expect(isRightToLeft(shown), shown).toBe(true);
          }
          expect(title).not.toBe("");
          for (const button of keyboard.flat())
            expect("url" in button && decodeStart(button.url.split("start=")[1] ?? "")).toBeTruthy();
        }
        // What does not fit one message has no card.
        const isComplete = cards.length === (answer.citations.length === 1 ? 1 : answer.citations.length + 1);
        if (!isComplete) return;
        const alone = cards.slice(-answer.citations.length).map(({ message }) => message.plain);
        for (const [index, { quote }] of answer.citations.entries())
          for (const part of quote.split(/\s+/))
            expect(withoutDisplayControls(alone[index] ?? "")).toContain(
              withoutDisplayControls(cleanForDisplay(part)),
            );
      }),
      { numRuns: 60 },
    );
  });
});

describe("parts of a long text", () => {
  it("give the whole text when they are joined", () => {
    fc.assert(
      fc.property(fc.array(visible, { minLength: 1, maxLength: 12 }), (texts) => {
        const pages = paginate(texts.map((text) => paragraph(line(verbatim(text)))));
        for (const page of pages) expectDeliverable(page);
        const bodies = pages.map(({ plain }) =>
          pages.length === 1 ? plain : plain.slice(0, plain.lastIndexOf("\n")),
        );
        expect(squeezed(bodies.join(""))).toBe(squeezed(texts.map(cleanForDisplay).join("")));
      }),
      { numRuns: 60 },
    );
  });

  it("cut one endless word between characters, never inside one", () => {
    const word = "👨‍👩‍👧نَ".repeat(2_000);
    const pages = paginate([paragraph(line(verbatim(word)))]);
    for (const page of pages) expectDeliverable(page);
    expect(pages.map(({ plain }) => plain).join("")).not.toContain("\ufffd");
  });

  it("count the bytes before parsing as well as the units after it", () => {
    for (const page of paginate([paragraph(line(verbatim("&".repeat(9_000))))])) expectDeliverable(page);
  });
});

describe("a source", () => {
  it(`is shown whole, without its noise, whatever it holds${without}`, () => {
    fc.assert(
      fc.property(fc.array(visible, { minLength: 1, maxLength: 10 }), visible, (paragraphs, noise) => {
        const base = makeReport("r4", ["عنوان", ...paragraphs, noise]);
        const parts = base.parts.map((part, index) =>
          index === base.parts.length - 1 ? { ...part, role: "noise" as const } : part,
        );
        const report = { ...base, parts };
        const pages = textPages(report);
        for (const page of pages) expectDeliverable(page);
        const shown = squeezed(pages.map(({ plain }) => plain.replace(/\n[^\n]*من [^\n]*$/, "")).join(""));
        for (const text of paragraphs) {
          for (const each of cleanForDisplay(text).split("\n"))
            expect(shown).toContain(squeezed(each).slice(0, 50));
        }
        for (const { message } of textViews(report).views) expectDeliverable(message);
      }),
      { numRuns: 40 },
    );
  });

  it("of a million letters is shown in part, and says where the rest is", () => {
    const paragraphs = Array.from({ length: 2_000 }, (_, index) => `فقرة ${index} ${"كلام ".repeat(100)}`);
    const pages = textPages(makeReport("r7", ["عنوان", ...paragraphs]));
    for (const page of pages.slice(-2)) expectDeliverable(page);
    expect(withoutDisplayControls(pages.at(-1)?.plain ?? "")).toContain("كاملاً في الملف");
    expect(pages[0]?.plain).not.toContain("كاملاً في الملف");
  });

  it(`shows a quotation in bold in its paragraph, whatever stands around it${without}`, () => {
    fc.assert(
      fc.property(visible, visible, visible, (before, quote, after) => {
        const report = makeReport("r5", ["عنوان", before + quote + after], {
          title: before,
          publisher: after,
        });
        const citation = cite(1, report, quote.slice(0, 400));
        const quotation = quotationRef(citation, report.sha256);
        const { message, keyboard } = quotationView({ report, quotation, passage: null });
        expectDeliverable(message);
        for (const button of keyboard.flat()) {
          if ("copy_text" in button) expect(button.copy_text.text.length).toBeLessThanOrEqual(256);
          if ("callback_data" in button)
            expect(Buffer.byteLength(button.callback_data)).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says when its text has changed, and when the quotation is gone", () => {
    const quotation = quotationRef(cite(1, NEWS, QUOTE_KILLED), NEWS.sha256);
    const moved = makeReport(NEWS.id, ["فقرة جديدة", ...NEWS.body.split("\n\n")]);
    const plainOf = (report: typeof NEWS) =>
      withoutDisplayControls(quotationView({ report, quotation, passage: null }).message.plain);
    expect(plainOf(NEWS)).not.toContain("تغيّر");
    expect(plainOf(moved)).toContain("تغيّر نص هذا المصدر");
    expect(quotationView({ report: moved, quotation, passage: null }).message.html).toContain("<b>وقُتل 12");
    expect(plainOf(makeReport(NEWS.id, ["عنوان", "نص آخر"]))).toContain("لم يعد الاقتباس");
  });

  it(`is listed with publisher, title, days and places, in pages${without}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(visible, { minLength: 1, maxLength: 20 }),
        fc.nat(3),
        async (titles, page) => {
          const reports = titles.map((title, index) =>
            makeReport(`r${index}`, [title, "نص"], { title, publisher: title }),
          );
          expectDeliverable((await reportListView(makeSources(reports), page)).message);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("carries a link only from its own address field", () => {
    const report = makeReport("r6", ["عنوان", "نص"], { url: "https://news.example/a?b=1&c=2" });
    const urls = (url: string | null) =>
      quotationView({
        report: { ...report, url },
        quotation: quotationRef(cite(1, report, "نص"), report.sha256),
        passage: null,
      })
        .keyboard.flat()
        .flatMap((button) => ("url" in button ? [button.url] : []));
    expect(urls("https://news.example/a?b=1&c=2")).toEqual(["https://news.example/a?b=1&c=2"]);
    expect(urls("javascript:alert(1)")).toEqual([]);
    expect(urls("not an address")).toEqual([]);
    expect(urls(null)).toEqual([]);
  });

  it("opens the quotation on the web page, where that is open to others", () => {
    const report = makeReport("تقرير 6", ["عنوان", "نص"]);
    const quotation = quotationRef(cite(1, report, "نص"), report.sha256);
    const urls = (page: string | null) =>
      quotationView({ report, quotation, passage: null, page })
        .keyboard.flat()
        .flatMap((button) => ("url" in button ? [button.url] : []));
    const at = report.body.indexOf("نص");
    const path = `reports/${encodeURIComponent("تقرير 6")}?from=${at}&to=${at + 2}#quotation`;
    expect(urls("https://isnad.example")).toEqual([`https://isnad.example/${path}`]);
    expect(urls("https://isnad.example/archive")).toEqual([`https://isnad.example/archive/${path}`]);
    expect(urls(null)).toEqual([]);
  });
});

describe("renderBlocks", () => {
  it("leaves out what is empty", () => {
    expect(renderBlocks([paragraph(line("  ")), paragraph(), paragraph(line("أ"))]).plain).toBe("أ");
  });
});
