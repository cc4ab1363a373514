import { describe, expect, it } from "vitest";
import { comparedReport, containment, isEditedCopy, isSameText } from "../../src/copies/similarity.ts";
import { compared, pairs, SAME_DAY, WIRE } from "./set.ts";

const isCopy = (a: Parameters<typeof isEditedCopy>[0], b: Parameters<typeof isEditedCopy>[1]) =>
  isSameText(a, b) || isEditedCopy(a, b);

describe("the set of edited wire copy and of reports that look alike", () => {
  it("is told apart: no different report is taken for a copy, and few copies are missed", () => {
    const rows = new Map<
      string,
      { kind: string; pairs: number; right: number; least: number; most: number }
    >();
    let [found, wrong, copies] = [0, 0, 0];
    for (const { kind, a, b, copy } of pairs()) {
      const taken = isCopy(a, b);
      if (copy) copies += 1;
      if (taken && copy) found += 1;
      if (taken && !copy) wrong += 1;
      const share = containment(a, b);
      const row = rows.get(kind) ?? { kind, pairs: 0, right: 0, least: 1, most: 0 };
      rows.set(kind, {
        kind,
        pairs: row.pairs + 1,
        right: row.right + (taken === copy ? 1 : 0),
        least: Math.min(row.least, share),
        most: Math.max(row.most, share),
      });
    }
    const precision = found / (found + wrong);
    const recall = found / copies;
    for (const { kind, pairs, right, least, most } of rows.values())
      process.stdout.write(
        `${kind.padEnd(28)} ${right}/${pairs}  containment ${least.toFixed(2)}–${most.toFixed(2)}\n`,
      );
    process.stdout.write(`copies: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`);
    expect(wrong).toBe(0);
    expect(recall).toBeGreaterThan(0.97);
  });
});

describe("texts that are the same", () => {
  const [body = ""] = SAME_DAY;
  const text = { publisher: "أ", day: "2017-10-29", body };

  it("are so whatever vowel signs, spaces and marks they are written with", () => {
    const written = body.replaceAll(" ", "  ").replaceAll("،", " ,").replace("سيطرت", "سَيطرت");
    expect(
      isSameText(compared(text), compared({ ...text, publisher: "ب", day: "2017-11-20", body: written })),
    ).toBe(true);
  });

  it("are of two events when the reports' own fields or, for a few words, their days are others", () => {
    const short = { publisher: "أ", day: "2017-10-29", body: "قصف مدفعي على الحي مساء اليوم دون إصابات." };
    expect(isSameText(compared(short), compared({ ...short, publisher: "ب" }))).toBe(true);
    expect(isSameText(compared(short), compared({ ...short, day: "2017-11-20" }))).toBe(false);
    const one = compared(text);
    const record = (value: string) => comparedReport(one.id, one.publisher, { ...one.sketch, record: value });
    expect(isSameText(record("a"), record("b"))).toBe(false);
    expect(isEditedCopy(record("a"), record("b"))).toBe(false);
  });

  it("are no copies when a long digest holds one of them among much else", () => {
    const [, , , , short = ""] = WIRE;
    const digest = { publisher: "ب", day: "2017-10-29", body: [short, ...WIRE.slice(0, 3)].join("\n") };
    expect(isCopy(compared({ ...text, body: short }), compared(digest))).toBe(false);
  });
});
