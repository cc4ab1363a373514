import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../src/web/html.ts";
import { marked } from "../../src/web/report-view.ts";

const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("html", () => {
  it("escapes text, takes HTML as it is, joins lists and leaves nothing out of nothing", () => {
    const list = [html`<b>${"<"}</b>`, html`<i>${2}</i>`];
    expect(html`<p title="${'"a"'}">${list}${null}${false}${undefined}${"&"}</p>`.html).toBe(
      '<p title="&quot;a&quot;"><b>&lt;</b><i>2</i>&amp;</p>',
    );
  });

  it("shows any text as that text, and opens no tag with it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { html: markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']/);
        expect(plain(markup)).toBe(text);
      }),
    );
  });
});

describe("a marked text", () => {
  it("is the text, with just the quotations marked, however they lie", () => {
    const spans = fc.array(
      fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) })),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ابت <>&\"'xyz"), minLength: 40, maxLength: 60 }),
        spans,
        (body, quotations) => {
          const { html: markup } = marked(body, { start: 0, end: body.length }, quotations);
          expect(plain(markup)).toBe(body);
          const inside = [...markup.matchAll(/<mark>(.*?)<\/mark>/gs)].reduce(
            (sum, [, text]) => sum + plain(text ?? "").length,
            0,
          );
          const covered = new Set(
            quotations.flatMap(({ start, end }) =>
              Array.from({ length: end - start }, (_, at) => start + at),
            ),
          );
          expect(inside).toBe(covered.size);
        },
      ),
    );
  });
});
