/** A picture as plain shapes: made by chart.ts and map.ts, written as SVG by svg.ts. Units are pixels. */

export type Tone = keyof Palette;

export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  /** What is stated. */
  readonly strong: string;
  /** What is inferred. */
  readonly weak: string;
  readonly soft: string;
}

export type Shape =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
      readonly radius?: number;
    }
  | {
      readonly kind: "circle";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly tone: Tone;
      readonly edge: Tone;
    }
  | {
      readonly kind: "line";
      readonly from: Point;
      readonly to: Point;
      readonly tone: Tone;
      readonly width: number;
      readonly dashed?: boolean;
    }
  | TextShape;

/** One line of text; `y` is its baseline, and `x` its side or middle by `anchor`. */
export interface TextShape {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
  readonly anchor: "left" | "middle" | "right";
  readonly tone: Tone;
  readonly bold?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Colours of the web page. */
export const PALETTES: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    paper: "#fbfaf7",
    ink: "#16211f",
    faint: "#55625f",
    line: "#dcd9d0",
    strong: "#0f5c52",
    weak: "#8fc0b8",
    soft: "#e6f0ee",
  },
  dark: {
    paper: "#101615",
    ink: "#e9eeec",
    faint: "#a3b1ad",
    line: "#2f3b38",
    strong: "#6cc9b9",
    weak: "#2f6f66",
    soft: "#1d2e2b",
  },
};
