import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { timelineMarkdown, timelineText } from "../../src/tables/listing.ts";
import { timelineOf, WHOLE } from "../../src/timeline/timeline.ts";
import { reportOf } from "../answer/values.ts";
import { eventOf, toldPassage } from "../timeline/values.ts";

const inferred = eventOf("2017-10-29", "2017-10-29", { confidence: "inferred" });
const listed = (text: string, more: Parameters<typeof reportOf>[2] = {}) => ({
  timeline: timelineOf([toldPassage(text, [inferred])], WHOLE),
  reports: new Map([["r", reportOf("r", text, more)]]),
  scope: null,
});

describe("the timeline as text", () => {
  it("marks a day that no report states, and names the source of each quotation", () => {
    expect(timelineText(listed("دخلت القوات الحي"))).toBe(
      [
        "الأحداث من الأقدم إلى الأحدث",
        "",
        "الأحد 29 تشرين الأول 2017 (مستنتج)",
        "• «دخلت القوات الحي» [1]",
        "",
        "المصادر",
        "[1] وكالة، نُشر الأحد 29 تشرين الأول 2017، r",
        "",
      ].join("\n"),
    );
  });

  it("says that there is nothing, and what that does not mean", () => {
    const empty = { timeline: timelineOf([], WHOLE), reports: new Map(), scope: null };
    for (const text of [timelineText(empty), timelineMarkdown(empty)]) {
      expect(text).toContain("لا أحداث مؤرخة");
      expect(text).toContain("غياب الخبر");
    }
  });
});

describe("the timeline as Markdown", () => {
  it("gives every quotation a footnote with report, offsets and address", () => {
    const text = timelineMarkdown(listed("دخلت القوات الحي", { url: "https://example.org/a b" }));
    expect(text).toContain("- «دخلت القوات الحي» [^1]");
    expect(text).toContain(
      "[^1]: وكالة، نُشر الأحد 29 تشرين الأول 2017، r \\[0–16\\]، <https://example.org/a%20b>",
    );
  });

  it("links to no address but a page's", () => {
    expect(timelineMarkdown(listed("خبر", { url: "javascript:alert(1)" }))).not.toContain("javascript");
  });

  it("shows a quotation letter for letter, whatever marks are in it", () => {
    const text = fc
      .array(
        fc.constantFrom(
          "خبر",
          "*مهم*",
          "_",
          "<b>",
          "&amp;",
          "[x](http://a.b)",
          "`",
          "#",
          "1.",
          "-",
          "| a",
          "\\",
          "~~",
        ),
      )
      .map((words) => ["بدأ", ...words, "انتهى"].join(" "));
    fc.assert(
      fc.property(text, (quotation) => {
        const html = String(marked.parse(timelineMarkdown(listed(quotation))));
        const shown = html
          .replace(/<[^>]*>/g, "")
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&");
        expect(shown).toContain(`«${quotation}»`);
        expect(html).not.toContain("<a ");
      }),
      { numRuns: 80 },
    );
  });
});
