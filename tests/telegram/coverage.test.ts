import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTap, placeKey } from "../../src/telegram/callback.ts";
import { dayQuestion, daysView, placeQuestion, placesView } from "../../src/telegram/coverage.ts";
import type { Covered } from "../../src/telegram/sources.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { addDays } from "../../src/text/day.ts";

const covered = (days: readonly string[], places: readonly string[] = []): Covered => ({
  reports: 1,
  publishers: [],
  days,
  places,
  inferred: 0,
  undated: 0,
  changed: null,
});
type Shown = ReturnType<typeof daysView>;
const textOf = (view: Shown) => withoutDisplayControls(view.message.plain);
/** From right to left, as they are read. */
const taps = (view: Shown) =>
  view.keyboard
    .flatMap((row) => [...row].reverse())
    .flatMap((button) => ("callback_data" in button ? [decodeTap(button.callback_data)] : []));

describe("the days that are covered", () => {
  it("are buttons that ask, when there are few", () => {
    const view = daysView(covered(["2017-10-28", "2017-10-29"]), "", 0);
    expect(textOf(view)).toBe("الأيام (يومان): 28–29 تشرين الأول 2017\nاضغط يوماً لترى ما ورد عنه.");
    expect(taps(view)).toEqual([
      { kind: "day", day: "2017-10-28" },
      { kind: "day", day: "2017-10-29" },
    ]);
    expect(dayQuestion("2017-10-29")).toBe("ماذا حدث يوم 29 تشرين الأول 2017؟");
  });

  it("are found month by month, and year by year, when there are many; none is out of reach", () => {
    const many = fc
      .uniqueArray(fc.nat(6_000), { minLength: 1, maxLength: 400 })
      .map((offsets) => offsets.sort((a, b) => a - b).map((offset) => addDays("2011-03-15", offset)));
    fc.assert(
      fc.property(many, (days) => {
        const all = covered(days);
        const reached = new Set<string>();
        const seen = new Set<string>();
        const open = [{ under: "", page: 0 }];
        for (let next = open.pop(); next; next = open.pop()) {
          const place = `${next.under} ${next.page}`;
          if (seen.has(place)) continue;
          seen.add(place);
          const view = daysView(all, next.under, next.page);
          expect(view.keyboard.flat().length).toBeLessThanOrEqual(34);
          for (const tap of taps(view)) {
            if (tap?.kind === "day") reached.add(tap.day);
            if (tap?.kind === "days") open.push(tap);
          }
        }
        expect([...reached].sort()).toEqual(days);
      }),
      { numRuns: 40 },
    );
  });

  it("are said to be none", () => {
    expect(textOf(daysView(covered([]), "", 0))).toBe("لا تذكر التقارير أياماً بعينها.");
    expect(textOf(daysView({ ...covered([]), reports: 0 }, "", 0))).toBe("لا تقارير في المجموعة الآن.");
  });
});

describe("the places that are covered", () => {
  const places = Array.from({ length: 30 }, (_, index) => `حي رقم ${index}`);

  it("are buttons that ask, page by page", () => {
    const pages = [0, 1, 2, 9].map((page) => placesView(covered([], places), page));
    const keys = pages
      .slice(0, 3)
      .flatMap((view) => taps(view).flatMap((tap) => (tap?.kind === "place" ? [tap.place] : [])));
    expect(keys).toEqual(places.map(placeKey));
    expect(textOf(pages[1] as Shown)).toContain("الصفحة 2 من 3");
    expect(textOf(pages[3] as Shown)).toContain("الصفحة 3 من 3");
    expect(placeQuestion(placeKey("حي رقم 7"), covered([], places))).toBe("ماذا حدث في حي رقم 7؟");
    expect(placeQuestion(placeKey("حي آخر"), covered([], places))).toBeNull();
  });
});
