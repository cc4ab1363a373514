import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { drawChart } from "../../src/pictures/chart.ts";
import { type Drawing, PALETTES, type TextShape } from "../../src/pictures/drawing.ts";
import { drawMap } from "../../src/pictures/map.ts";
import { layoutMap, type MapPlace, overlap } from "../../src/pictures/map-layout.ts";
import { openRasterizer, type Rasterizer } from "../../src/pictures/raster.ts";
import { toSvg } from "../../src/pictures/svg.ts";
import { fitted, textWidth } from "../../src/pictures/text-width.ts";
import { addDays } from "../../src/text/day.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import type { Place } from "../../src/text/places/place.ts";
import { ROOT } from "../five-reports.ts";
import { eventOf, outlineOf, toldPassage } from "../timeline/values.ts";

const FONTS = join(ROOT, "data", "fonts");
const SHEET = { width: 648, height: 560, size: 23, radius: { least: 6, most: 34 }, most: 40 };
let rasterizer: Rasterizer;
beforeAll(async () => {
  rasterizer = await openRasterizer(FONTS);
});

const LETTERS = [..."ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"];
const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 8 });
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

/** The box of a line of text: never narrower than what is drawn. */
function boxOf({ x, y, size, text, anchor }: TextShape) {
  const width = textWidth(text, size);
  const left = anchor === "left" ? x : anchor === "right" ? x - width : x - width / 2;
  return { left, right: left + width, top: y - size * 0.75, bottom: y + size * 0.25 };
}

function textsOf({ shapes }: Drawing): TextShape[] {
  return shapes.flatMap((shape) => (shape.kind === "text" && shape.text !== "" ? [shape] : []));
}

/** Every line stands on the picture, and none over another. */
function expectReadable(drawing: Drawing): void {
  const boxes = textsOf(drawing).map((text) => ({ text: text.text, box: boxOf(text) }));
  for (const [index, { text, box }] of boxes.entries()) {
    expect(box.left, text).toBeGreaterThanOrEqual(0);
    expect(box.right, text).toBeLessThanOrEqual(drawing.width + 0.01);
    expect(box.bottom, text).toBeLessThanOrEqual(drawing.height);
    for (const other of boxes.slice(index + 1))
      expect(overlap(box, other.box), `${text} over ${other.text}`).toBe(false);
  }
}

describe("the width of a line", () => {
  it("is never less than what is drawn, and not much more", () => {
    let [reckoned, drawn] = [0, 0];
    fc.assert(
      fc.property(name, fc.boolean(), (text, bold) => {
        const shape: TextShape = {
          kind: "text",
          x: 400,
          y: 60,
          size: 30,
          text,
          anchor: "middle",
          tone: "ink",
          bold,
        };
        const svg = toSvg({ width: 800, height: 100, shapes: [shape] }, PALETTES.light).replace(
          /<rect[^>]*>/,
          "",
        );
        const ink = rasterizer.width(svg);
        // Ink reaches over its advance by a little in some letters.
        expect(textWidth(text, 30)).toBeGreaterThan(ink - 4);
        reckoned += textWidth(text, 30);
        drawn += ink;
      }),
      { numRuns: 60 },
    );
    expect(reckoned / drawn).toBeLessThan(1.25);
  });

  it("is kept to by a cut, at a word", () => {
    expect(fitted("المرصد السوري لحقوق الإنسان", 24, 200)).toBe("المرصد السوري…");
    fc.assert(
      fc.property(name, fc.integer({ min: 60, max: 400 }), (text, width) => {
        expect(textWidth(fitted(text, 24, width), 24)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("the map", () => {
  const place = fc.record({
    id: fc.uuid(),
    name,
    passages: fc.integer({ min: 1, max: 500 }),
    latitude: fc.double({ min: 33, max: 37, noNaN: true }),
    longitude: fc.double({ min: 36, max: 42, noNaN: true }),
  });

  it("puts no name over another, over a circle or off the sheet, however close the places lie", () => {
    const crowded = place.map((each): MapPlace => ({ ...each, latitude: 35.3 + (each.latitude - 35) / 40 }));
    const places = fc
      .array(fc.oneof(place, crowded), { maxLength: 60 })
      .map((all) => all.sort((a, b) => b.passages - a.passages));
    fc.assert(
      fc.property(places, (all) => {
        const { points, beyond, left } = layoutMap(all, SHEET);
        expect(points.length + beyond.length + left.length).toBe(all.length);
        const labels = points.flatMap(({ label }) => (label ? [label.box] : []));
        const circles = points.map(({ x, y, radius }) => ({
          left: x - radius,
          right: x + radius,
          top: y - radius,
          bottom: y + radius,
        }));
        for (const [index, box] of labels.entries()) {
          for (const other of [...labels.slice(index + 1), ...circles])
            expect(overlap(box, other)).toBe(false);
          expect(
            box.left >= 0 && box.right <= SHEET.width && box.top >= 0 && box.bottom <= SHEET.height,
          ).toBe(true);
        }
        for (const { x, y } of points)
          expect(x >= 0 && x <= SHEET.width && y >= 0 && y <= SHEET.height).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("names the best told of places that are apart", () => {
    const at = (id: string, passages: number, latitude: number, longitude: number): MapPlace => ({
      ...{ id, name: id, passages, latitude, longitude },
    });
    const { points } = layoutMap([at("دير الزور", 30, 35.33, 40.14), at("الميادين", 5, 35.02, 40.45)], SHEET);
    expect(points.map(({ label }) => label !== null)).toEqual([true, true]);
    const [north, south] = points;
    expect((north?.y ?? 0) < (south?.y ?? 0) && (north?.x ?? 0) < (south?.x ?? 0)).toBe(true);
  });
});

const rows: Place[] = Array.from({ length: 300 }, (_, n) => ({
  id: `p${n}`,
  name: `بلدة ${LETTERS[n % 36]}${LETTERS[(n * 7) % 36]}ابور${LETTERS[(n * 11) % 36]}`,
  kind: n % 10 === 0 ? "city" : n % 3 === 0 ? "quarter" : "village",
  parents: n % 3 === 0 && n % 10 !== 0 ? [`p${Math.floor(n / 10) * 10}`] : [],
  variants: [],
  latitude: n % 3 === 0 && n % 10 !== 0 ? null : 34.5 + (n % 17) / 9,
  longitude: n % 3 === 0 && n % 10 !== 0 ? null : 39 + ((n * 7) % 23) / 10,
  sources: [],
}));
const gazetteer = buildGazetteer(rows);

/** Passages spread over some years. */
function many(count: number, days: number) {
  return Array.from({ length: count }, (_, n) => {
    const start = addDays("2013-01-01", (n * 37) % days);
    const end = n % 9 === 0 ? addDays(start, 1 + (n % 40)) : start;
    const confidence = n % 4 === 0 ? "inferred" : "certain";
    const at = [n % 300, (n * 13) % 40].map((index) => rows[index]);
    const places = at.flatMap((row) =>
      row ? [{ id: row.id, name: row.name, basis: "passage" as const, words: row.name }] : [],
    );
    return toldPassage("خبر", [eventOf(start, end, { confidence })], {
      report: `r${n % 700}`,
      start: n * 5,
      places,
    });
  });
}

describe("both pictures", () => {
  const draw = async (count: number, days: number) => {
    const pictured = {
      outline: await outlineOf(many(count, days)),
      scope: null,
      publishers: ["المرصد السوري لحقوق الإنسان", "فرات بوست", "microsyria", "وكالة"].slice(0, count),
    };
    return [drawChart(pictured), drawMap(pictured, gazetteer)];
  };

  it.each([
    ["nothing", 0, 1],
    ["one event", 1, 1],
    ["a month", 40, 30],
    ["five years, 10,000 events and 300 places", 10_000, 1_826],
  ])("are readable and of a size that Telegram takes, with %s", async (_, count, days) => {
    for (const drawing of await draw(count, days)) {
      expectReadable(drawing);
      expect(drawing.width).toBe(720);
      expect(drawing.width + drawing.height).toBeLessThanOrEqual(10_000);
      expect(drawing.height / drawing.width).toBeLessThan(3);
    }
  });

  it("say what is counted, of how many reports, and whose", async () => {
    const [chart] = await draw(40, 30);
    const said = chart
      ? textsOf(chart)
          .map(({ text }) => text)
          .join("\n")
      : "";
    expect(said).toContain("40 تقريراً · 40 مقطعاً");
    expect(said).toContain("لا عدد الأحداث ولا الضحايا");
    expect(said).toContain("المصدر: 40 تقريراً");
  });

  it("name long times whole: years by their numbers, days in figures where names of months do not fit", async () => {
    const long = [
      eventOf("1880-01-01", "1889-12-31"),
      eventOf("2015-07-28", "2016-07-15"),
      eventOf("2016-10-20", "2017-09-11"),
      eventOf("2017-01-17", "2017-02-03"),
    ].map((event, at) => toldPassage("خبر", [event], { start: at * 5 }));
    const drawing = drawChart({ outline: await outlineOf(long), scope: null, publishers: [] });
    const texts = textsOf(drawing).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["1880–1889", "20/10/2016 – 11/9/2017"]));
    const labels = texts.filter((text) => /\d{4}/.test(text) && !text.includes("كل التقارير"));
    expect(labels.filter((text) => text.includes("…"))).toEqual([]);
  });

  it("count once a passage that tells of two days", async () => {
    const passage = toldPassage("خبر", [eventOf("2017-10-28"), eventOf("2017-10-29")]);
    const drawing = drawChart({ outline: await outlineOf([passage]), scope: null, publishers: [] });
    expect(textsOf(drawing).map(({ text }) => text)).toContain("تقرير واحد · مقطع واحد");
  });

  it("become PNG files, without any font of the system", async () => {
    for (const drawing of await draw(40, 30)) {
      const png = rasterizer.png(toSvg(drawing, PALETTES.dark));
      expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
      const view = new DataView(png.buffer, png.byteOffset);
      expect([view.getUint32(16), view.getUint32(20)]).toEqual([drawing.width, drawing.height]);
      expect(png.length).toBeLessThan(1_000_000);
    }
  });
});

describe("a text in a picture", () => {
  const line = (text: string): string =>
    toSvg(
      {
        width: 9,
        height: 9,
        shapes: [{ kind: "text", x: 1, y: 1, size: 9, text, anchor: "left", tone: "ink" }],
      },
      PALETTES.light,
    );

  it("is no markup, whatever a report calls a place", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
        expect(() => rasterizer.png(line(text))).not.toThrow();
      }),
      { numRuns: 60 },
    );
    expect(line('<image href="file:///etc/passwd"/>&')).toContain("&lt;");
  });

  it("cannot be turned round by what it holds", () => {
    expect(line("حي\u202eالعمال")).not.toContain("\u202e");
  });
});

describe("Arabic in a picture", () => {
  it("is joined: letters that join are narrower than the same letters apart, lam and alef are one sign", () => {
    const ink = (text: string): number => {
      const shape: TextShape = { kind: "text", x: 400, y: 60, size: 40, text, anchor: "middle", tone: "ink" };
      return rasterizer.width(
        toSvg({ width: 800, height: 100, shapes: [shape] }, PALETTES.light).replace(/<rect[^>]*>/, ""),
      );
    };
    expect(ink("سببب")).toBeLessThan(0.7 * ink("س ب ب ب"));
    expect(ink("لا")).toBeLessThan(0.8 * ink("ل ا"));
  });
});
