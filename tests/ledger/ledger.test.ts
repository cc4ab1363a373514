import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyIn, historyOf, ledgerLines, parseLedger } from "../../src/ledger/ledger.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);
const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;

/** A history in which one came, another came and the first changed, and the first went. */
function written(): string {
  let text = "";
  const states = [
    [{ id: "x", sha256: A }],
    [
      { id: "x", sha256: B },
      { id: "y", sha256: A },
    ],
    [{ id: "y", sha256: A }],
  ];
  for (const [day, present] of states.entries()) text += ledgerLines(parseLedger(text), present, at(day + 1));
  return text;
}

describe("the history of a collection", () => {
  it("says when each report came, changed and went", () => {
    const { entries, problems } = parseLedger(written());
    expect(problems).toEqual([]);
    const told = (id: string) => historyOf(entries, id).map(({ at, event, sha256 }) => [at, event, sha256]);
    expect(told("x")).toEqual([
      [at(1), "received", A],
      [at(2), "changed", B],
      [at(3), "removed", B],
    ]);
    expect(told("y")).toEqual([[at(2), "received", A]]);
  });

  it("gives the same of one report without reading that of the others, also where lines are damaged", () => {
    const text = written();
    for (const id of ["x", "y", "z"])
      expect(historyIn(text, id)).toEqual(historyOf(parseLedger(text).entries, id));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("x", "", "\n", '"'), (place, put) => {
        const damaged = text.slice(0, place) + put + text.slice(place + 1);
        for (const id of ["x", "y"])
          expect(historyIn(damaged, id)).toEqual(historyOf(parseLedger(damaged).entries, id));
      }),
    );
  });

  it("grows by nothing when nothing happened, and takes a report that comes back as received", () => {
    const text = written();
    expect(ledgerLines(parseLedger(text), [{ id: "y", sha256: A }], at(4))).toBe("");
    const back = ledgerLines(
      parseLedger(text),
      [
        { id: "x", sha256: A },
        { id: "y", sha256: A },
      ],
      at(4),
    );
    expect(historyOf(parseLedger(text + back).entries, "x").at(-1)?.event).toBe("received");
  });

  it("keeps nothing of a report but hashes", () => {
    const text = ledgerLines(parseLedger(""), [{ id: "اسم الملف", sha256: A }], at(1));
    expect(text).not.toContain("اسم");
  });

  it("with any byte changed but in its last line is found changed", () => {
    const text = Buffer.from(written());
    const last = text.lastIndexOf("\n", text.length - 2) + 1;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: last - 1 }),
        fc.integer({ min: 1, max: 127 }),
        (place, change) => {
          const changed = Buffer.from(text);
          changed.writeUInt8(changed.readUInt8(place) ^ change, place);
          expect(parseLedger(changed.toString("utf8")).problems).not.toEqual([]);
        },
      ),
    );
  });

  it("with a line taken out is found changed", () => {
    const lines = written().trimEnd().split("\n");
    const without = lines.filter((_, index) => index !== 1);
    expect(parseLedger(`${without.join("\n")}\n`).problems).not.toEqual([]);
  });
});
