import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeStart,
  decodeTap,
  encodeTap,
  newAnswerId,
  offerKey,
  placeKey,
  type QuotationRef,
  quotationPayload,
  quoteKey,
  reportKey,
  reportPayload,
  type Tap,
} from "../../src/telegram/callback.ts";

const quotation: fc.Arbitrary<QuotationRef> = fc.record({
  report: fc.string().map(reportKey),
  version: fc.stringMatching(/^[0-9a-f]{6}$/),
  passage: fc.stringMatching(/^[0-9a-f]{12,16}$/),
  start: fc.nat(30_000_000),
  length: fc.nat(100_000),
  quote: fc.string().map(quoteKey),
});
const report = fc.string().map(reportKey);
const page = fc.nat(50_000);

const tap: fc.Arbitrary<Tap> = fc.oneof(
  fc.record({ kind: fc.constant("quotation" as const), quotation }),
  fc.record({ kind: fc.constant("paragraph" as const), quotation, paragraph: fc.nat(1_000_000) }),
  fc.record({ kind: fc.constantFrom("text" as const, "document" as const, "about" as const), report }),
  fc.record({ kind: fc.constant("page" as const), report, page }),
  fc.record({ kind: fc.constantFrom("reports" as const, "places" as const), page }),
  fc.record({
    kind: fc.constant("days" as const),
    under: fc.constantFrom("", "2017", "2017-10"),
    page,
  }),
  fc.record({ kind: fc.constant("day" as const), day: fc.constantFrom("2017-10-29", "2012-01-01") }),
  fc.record({ kind: fc.constant("place" as const), place: fc.string().map(placeKey) }),
  fc.record({ kind: fc.constant("command" as const), name: fc.constantFrom("help", "places") }),
  fc.record({ kind: fc.constant("correction" as const), id: fc.string().map(offerKey) }),
  fc.record({ kind: fc.constant("offer" as const), id: fc.string().map(offerKey) }),
  fc.record({
    kind: fc.constant("verdict" as const),
    answer: fc.constant(null).map(newAnswerId),
    verdict: fc.constantFrom("good" as const, "bad" as const, "wrong_quotation" as const),
  }),
);

describe("what a button carries", () => {
  it("fits 64 bytes and is read back as it was", () => {
    fc.assert(
      fc.property(tap, (each) => {
        const data = encodeTap(each);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(decodeTap(data)).toEqual(each);
      }),
    );
  });

  it("is nothing to this program when something else wrote it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = decodeTap(text);
        if (read !== null) expect(encodeTap(read)).toBe(text);
      }),
    );
    for (const data of ["", "q:", "zz:zz", "v:abcdefghijkl:9", "p:1:q", "t:", "w:2017-13-01", "y:201:0"])
      expect(decodeTap(data)).toBeNull();
  });
});

describe("what a link carries", () => {
  it("is a value that Telegram takes, and is read back as it was", () => {
    fc.assert(
      fc.property(quotation, (each) => {
        const payload = quotationPayload(each);
        expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(decodeStart(payload)).toEqual({ kind: "quotation", quotation: each });
      }),
    );
    expect(decodeStart(reportPayload("000_a1"))).toEqual({ kind: "text", report: reportKey("000_a1") });
  });

  it("is nothing to this program when something else wrote it", () => {
    for (const payload of ["", "s", "sAAA", "q", "a", "x".repeat(64), "qAAAAAAAA-1-1"])
      expect(decodeStart(payload)).toBeNull();
  });
});
