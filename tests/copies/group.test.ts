import { describe, expect, it } from "vitest";
import { groupCopies } from "../../src/copies/group.ts";
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
});
