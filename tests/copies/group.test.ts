import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CopyGrouping, groupCopies, groupsHolding } from "../../src/copies/group.ts";
import { compared, EDITS, records, WIRE } from "./set.ts";

const day = "2017-10-29";
const [first = "", second = ""] = WIRE;
const by = (publisher: string, body: string, id: string) => compared({ publisher, day, body }, id);

/** A word of its own for each number. */
const inLetters = (number: number): string =>
  `ك${String(number).replace(/\d/g, (digit) => "ابتجدرسصطع".charAt(Number(digit)))}`;

describe("groups of copies", () => {
  it("hold the same text and its edited copies, the earliest published first, and nothing else", () => {
    const reports = [
      compared({ publisher: "ب", day: "2017-10-30", body: first }, "a-later"),
      by("أ", first, "b-first"),
      by("ج", EDITS.words?.(first, 0.3, 5) ?? "", "c-edited"),
      by("د", second, "d-other"),
      ...records().map((record, at) => compared(record, `record-${at}`)),
    ];
    expect(groupCopies(reports)).toEqual([{ members: ["b-first", "c-edited", "a-later"] }]);
    expect(groupCopies(reports.toReversed())).toEqual(groupCopies(reports));
  });

  it("do not join two texts by a digest that holds both", () => {
    const [, , third = "", fourth = ""] = WIRE;
    const groups = groupCopies([
      by("أ", third, "one"),
      by("ب", fourth, "two"),
      by("ج", `${third}\n${fourth}`, "both"),
    ]);
    expect(groups.every(({ members }) => !(members.includes("one") && members.includes("two")))).toBe(true);
  });

  it("are found among many reports that share set phrases, and among many copies", () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      by(
        `ناشر ${at % 7}`,
        `${(WIRE[5] ?? "").split(" ").slice(0, 12).join(" ")} ${Array.from({ length: 60 }, (_, word) => inLetters(at * 60 + word)).join(" ")}`,
        `n${at}`,
      ),
    );
    const copies = Array.from({ length: 12 }, (_, at) =>
      by(`وكالة ${at}`, EDITS.words?.(first, 0.15, at) ?? "", `w${String(at).padStart(2, "0")}`),
    );
    expect(groupCopies([...many, ...copies])).toEqual([{ members: copies.map(({ id }) => id) }]);
  });

  describe("while reports come, change and go", () => {
    const said = (number: number): string =>
      Array.from({ length: 25 }, (_, at) => inLetters(number * 100 + at)).join(" ");
    /** Texts of some of six clauses, so that many share hashes, some are copies and some are digests of others. */
    const text = fc
      .uniqueArray(fc.nat(5), { minLength: 1, maxLength: 5 })
      .map((clauses) => clauses.map(said).join(" "));
    const report = fc
      .tuple(fc.nat(15), text, fc.constantFrom("أ", "ب", null), fc.integer({ min: 1, max: 9 }))
      .map(([id, body, publisher, date]) => compared({ publisher, day: `2017-10-0${date}`, body }, `r${id}`));
    const change = fc.oneof(
      report.map((put) => ({ put: [put] })),
      fc.uniqueArray(report, { maxLength: 16, selector: ({ id }) => id }).map((put) => ({ put })),
      fc.array(fc.nat(15), { maxLength: 4 }).map((ids) => ({ drop: ids.map((id) => `r${id}`) })),
    );

    it("are those of all reports grouped at once", () => {
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
          const grouping = new CopyGrouping();
          for (const each of changes) {
            grouping.change(each);
            const all = [...grouping.ids()].flatMap((id) => grouping.get(id) ?? []);
            expect(grouping.groups()).toEqual(groupCopies(all));
          }
        }),
        { numRuns: 150 },
      );
    });

    it("are those of all reports, of which the ones that hold some of them can be found alone", () => {
      const several = fc.uniqueArray(report, { maxLength: 16, selector: ({ id }) => id });
      fc.assert(
        fc.property(several, fc.array(fc.nat(15)), (reports, numbers) => {
          const ids = new Set(numbers.map((number) => `r${number}`));
          const holding = groupCopies(reports).filter(({ members }) => members.some((id) => ids.has(id)));
          expect(groupsHolding(ids, reports)).toEqual(holding);
        }),
        { numRuns: 150 },
      );
    });

    it("are those of all reports where many are alike by one phrase, of which each is compared with the next few", () => {
      // So short texts of one publisher are never alike: each agency's is alike to the network's beside it only.
      const phrase = said(900);
      const alike = Array.from({ length: 60 }, (_, at) =>
        by(
          at % 8 === 0 ? "وكالة" : "شبكة",
          `${phrase} ${said(at).split(" ").slice(0, 13).join(" ")}`,
          `n${at + 10}`,
        ),
      );
      const some = fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 4 });
      const steps = fc.array(fc.tuple(fc.boolean(), some), { minLength: 4, maxLength: 8 });
      fc.assert(
        fc.property(fc.integer({ min: 8, max: 60 }), steps, (first, changes) => {
          const grouping = new CopyGrouping();
          grouping.change({ put: alike.slice(0, first) });
          for (const [isPut, numbers] of changes) {
            const reports = numbers.flatMap((number) => alike[number] ?? []);
            grouping.change(isPut ? { put: reports } : { drop: reports.map(({ id }) => id) });
            const all = [...grouping.ids()].flatMap((id) => grouping.get(id) ?? []);
            expect(grouping.groups()).toEqual(groupCopies(all));
          }
        }),
        { numRuns: 40 },
      );
    });

    it("stay the same objects where nothing changed", () => {
      const copies = Array.from({ length: 30 }, (_, at) =>
        by(`ناشر ${at % 3}`, said(at % 10), `n${at + 10}`),
      );
      const grouping = new CopyGrouping();
      grouping.change({ put: copies });
      const before = grouping.groups();
      expect(before).toHaveLength(10);
      grouping.change({ drop: ["n15"] });
      expect(grouping.groups().filter((group) => !before.includes(group))).toEqual([
        { members: ["n25", "n35"] },
      ]);
    });
  });
});
