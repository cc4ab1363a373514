/** The frame of every picture: its heading above, its source below. 720 pixels wide, as a telephone shows it. */
import { reportsCount } from "../phrases/answer.ts";
import { PICTURE } from "../phrases/timeline.ts";
import { formatInterval } from "../text/dates/format.ts";
import { spanOf, type TimelineOutline } from "../timeline/outline.ts";
import type { Drawing, Shape, TextShape } from "./drawing.ts";
import { fitted, wrapped } from "./text-width.ts";

export const WIDTH = 720;
export const MARGIN = 36;
export const INNER = WIDTH - 2 * MARGIN;
export const RIGHT = WIDTH - MARGIN;

const TITLE = 36;
const SUBTITLE = 25;
export const SMALL = 21;
const MOST_PUBLISHERS = 3;

export interface Pictured {
  readonly outline: TimelineOutline;
  /** What it is limited to, in words; null when it is whole. */
  readonly scope: string | null;
  /** Whoever published the reports in it. */
  readonly publishers: readonly string[];
}

/** A line of text that ends at the right margin. */
export function textRight(y: number, text: string, more: Partial<TextShape> = {}): TextShape {
  const size = more.size ?? SMALL;
  const shown = fitted(text, size, INNER - (RIGHT - (more.x ?? RIGHT)));
  return { kind: "text", x: RIGHT, y, tone: "faint", anchor: "right", ...more, size, text: shown };
}

/** Title, scope and span, and how much is counted. */
export function heading(title: string, { outline, scope }: Pictured): { shapes: Shape[]; height: number } {
  const span = spanOf(outline);
  const days = span === null ? [] : [formatInterval(span)];
  const held = PICTURE.held(reportsCount(outline.reports.length), outline.passages);
  return {
    shapes: [
      textRight(68, title, { size: TITLE, tone: "ink", bold: true }),
      textRight(110, [scope ?? PICTURE.whole, ...days].join(" · "), { size: SUBTITLE, tone: "ink" }),
      textRight(146, held, { size: SUBTITLE - 2 }),
    ],
    height: 172,
  };
}

/** What is counted, and whose reports these are; put below `top`. Ends the picture. */
export function finished(
  shapes: readonly Shape[],
  { top, notes, pictured }: { top: number; notes: readonly string[]; pictured: Pictured },
): Drawing {
  const { publishers, outline } = pictured;
  const named = publishers.slice(0, MOST_PUBLISHERS).map((name) => fitted(name, SMALL, INNER * 0.8));
  const others = publishers.length > MOST_PUBLISHERS ? [PICTURE.andOthers] : [];
  const source = PICTURE.source(
    reportsCount(outline.reports.length),
    [named.join("، "), ...others].join(" "),
  );
  const lines = [...notes, source].flatMap((note) => wrapped(note, SMALL, INNER));
  const below = lines.map((text, index) => textRight(top + 40 + index * 32, text));
  const rule: Shape = {
    kind: "line",
    from: { x: MARGIN, y: top },
    to: { x: RIGHT, y: top },
    tone: "line",
    width: 2,
  };
  return {
    width: WIDTH,
    height: Math.round(top + 40 + lines.length * 32),
    shapes: [...shapes, rule, ...below],
  };
}
