/** A small made-up collection, and answers about it. */
import { createHash } from "node:crypto";
import type { Answer, Citation, CitedAnswer } from "../../src/answer/answer.ts";
import type { Passage } from "../../src/passage/passage.ts";
import type { BodyPart, Report } from "../../src/report/report.ts";
import type { Sources } from "../../src/telegram/sources.ts";

export function makeReport(id: string, paragraphs: readonly string[], fields: Partial<Report> = {}): Report {
  const body = paragraphs.join("\n\n");
  let at = 0;
  const parts = paragraphs.map((text, index): BodyPart => {
    const part: BodyPart = { role: index === 0 ? "title" : "text", start: at, end: at + text.length };
    at += text.length + 2;
    return part;
  });
  return {
    id,
    publisher: "وكالة النهر",
    title: paragraphs[0] ?? null,
    byline: null,
    url: null,
    published: { start: "2017-10-29", end: "2017-10-29", confidence: "stated", why: "السطر الأول" },
    body,
    parts,
    sha256: createHash("sha256").update(body).digest("hex"),
    eventDates: null,
    places: [],
    warnings: [],
    ...fields,
  };
}

export const NEWS = makeReport("000_a1", [
  "دخول حي السوق القديم",
  "دخلت القوات حي السوق القديم صباح اليوم الأحد بعد اشتباكات.",
  "وقُتل 12 مقاتلاً، وجُرح 5-10 آخرون بحسب مصدر في Deir ez-Zor.",
  "ونزحت 300 عائلة باتجاه القرى المجاورة.",
]);

export const SECOND = makeReport(
  "001_b2",
  ["غارات على الضفة", "قصفت الطائرات جسراً على النهر يوم السبت 28 تشرين الأول 2017."],
  {
    publisher: null,
    url: "https://news.example/reports?id=2&x=1",
    published: {
      start: "2017-10-28",
      end: "2017-10-30",
      confidence: "inferred",
      why: "يذكر التقرير «يوم السبت»",
    },
  },
);

/** Longer than three messages. */
export const LONG = makeReport("002_c3", [
  "تقرير طويل",
  ...Array.from(
    { length: 40 },
    (_, index) => `الفقرة رقم ${index + 1}: ${"كلام متصل عن الأحداث، ".repeat(25)}انتهت.`,
  ),
]);

export const REPORTS: readonly Report[] = [NEWS, SECOND, LONG];

export function makeSources(reports: readonly Report[] = REPORTS): Sources {
  const find = (id: string) => reports.find((report) => report.id === id) ?? null;
  return {
    report: async (id) => find(id),
    source: async (id) => {
      const report = find(id);
      return report && Buffer.from(`\ufeff${report.body.replaceAll("\n", "\r\n")}`);
    },
    passageById: async (id) => passages(reports).find((passage) => passage.id === id) ?? null,
    reportIds: async () => reports.map(({ id }) => id).sort(),
    told: async () => ({ events: { start: "2017-10-28", end: "2017-10-29" }, places: ["حي السوق القديم"] }),
    covered: async () => ({
      reports: reports.length,
      publishers: ["وكالة النهر"],
      days: ["2017-10-28", "2017-10-29"],
      places: ["حي السوق القديم", "قرية الجسر"],
      inferred: 1,
      undated: 0,
      changed: "2026-01-15",
    }),
  };
}

function passages(reports: readonly Report[]): Passage[] {
  return reports.map((report) => ({
    id: passageId(report),
    reportId: report.id,
    role: "text",
    start: 0,
    end: report.body.length,
    text: report.body,
    header: "",
    dates: [
      {
        start: "2017-10-29",
        end: "2017-10-29",
        precision: "day",
        confidence: "certain",
        basis: "passage",
        words: "اليوم الأحد",
        background: false,
      },
    ],
    places: [{ id: "souq", name: "حي السوق القديم", basis: "passage", words: "حي السوق القديم" }],
  }));
}

function passageId(report: Report): string {
  return createHash("sha256").update(report.id).digest("hex").slice(0, 12);
}

export function cite(n: number, report: Report, quote: string): Citation {
  const start = report.body.indexOf(quote);
  if (start === -1) throw new Error(`not in ${report.id}: ${quote}`);
  return {
    n,
    report: report.id,
    passage: passageId(report),
    publisher: report.publisher,
    title: report.title,
    published: report.published,
    event: { start: "2017-10-29", end: "2017-10-29", precision: "day" },
    places: [{ id: "souq", name: "حي السوق القديم" }],
    quote,
    start,
    end: start + quote.length,
  };
}

const NOWHERE = { scope: { dates: [], places: [] } } as const;

/** An extractive answer with these citations. */
export function citedAnswer(
  lead: string,
  citations: readonly Citation[],
  fields: Partial<CitedAnswer> = {},
): CitedAnswer {
  return {
    kind: "answer",
    mode: "extractive",
    lead,
    claims: citations.map(({ n, quote }) => ({ text: quote, citations: [n], quoted: true, group: "main" })),
    citations,
    disagreements: [],
    widened: null,
    notes: [],
    offers: [],
    ...NOWHERE,
    ...fields,
  };
}

export const QUOTE_ENTRY = "دخلت القوات حي السوق القديم صباح اليوم الأحد";
export const QUOTE_KILLED = "وقُتل 12 مقاتلاً، وجُرح 5-10 آخرون بحسب مصدر في Deir ez-Zor";
export const OFFERED = "ماذا حدث يوم 28 تشرين الأول 2017؟";

/** Answers as a script: the source on request, the river's bridge, the old market; anything else is refused. */
export async function scriptedAnswer({ text }: { text: string }): Promise<Answer> {
  const number = /^نص المصدر (\d+)$/.exec(text)?.[1];
  if (number !== undefined) {
    const report = REPORTS[Number(number) - 1];
    if (report) return { kind: "source", report, offers: [], ...NOWHERE };
  }
  if (text === OFFERED || text.includes("الجسر")) {
    const quote = "قصفت الطائرات جسراً على النهر يوم السبت";
    return citedAnswer("السبت 28 تشرين الأول 2017", [cite(1, SECOND, quote)]);
  }
  if (text.includes("السوق")) {
    return citedAnswer(
      "حي السوق القديم · الأحد 29 تشرين الأول 2017",
      [cite(1, NEWS, QUOTE_ENTRY), cite(2, NEWS, QUOTE_KILLED)],
      {
        offers: [{ label: "اليوم السابق", question: OFFERED }],
        notes: ["فُهم التاريخ على أنه 29 تشرين الأول 2017."],
      },
    );
  }
  return {
    kind: "refusal",
    reason: "not_reported",
    lines: ["لا تذكر التقارير جواباً عن هذا السؤال.", "أبرز أيام التقارير: 28–29 تشرين الأول 2017."],
    offers: [{ label: "28 تشرين الأول 2017", question: OFFERED }],
    ...NOWHERE,
  };
}
