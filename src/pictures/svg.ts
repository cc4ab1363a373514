/** A drawing as SVG text, right to left, in the one font that goes with it. */
import { cleanForDisplay, isolateLeftToRight } from "../text/bidi.ts";
import type { Drawing, Palette, Shape, TextShape } from "./drawing.ts";

export const FONT_FAMILY = "Vazirmatn";
/** The renderer takes every line for left to right (resvg has no `direction`): an embedding turns it (UAX #9). */
const RIGHT_TO_LEFT = "\u202b";
const END_EMBEDDING = "\u202c";
const ANCHORS = { left: "start", middle: "middle", right: "end" } as const;
/** What XML 1.0 may not hold. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function toSvg({ width, height, shapes }: Drawing, palette: Palette): string {
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const paper = `<rect width="${width}" height="${height}" fill="${palette.paper}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${paper}${shapes.map((shape) => element(shape, palette)).join("")}</svg>`;
}

function element(shape: Shape, palette: Palette): string {
  switch (shape.kind) {
    case "rect": {
      const { x, y, width, height, radius = 0 } = shape;
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" fill="${palette[shape.tone]}"/>`;
    }
    case "circle":
      return `<circle cx="${n(shape.x)}" cy="${n(shape.y)}" r="${n(shape.radius)}" fill="${palette[shape.tone]}" fill-opacity="0.75" stroke="${palette[shape.edge]}" stroke-width="2"/>`;
    case "line": {
      const { from, to, width, dashed } = shape;
      const dashes = dashed ? ' stroke-dasharray="2 6" stroke-linecap="round"' : "";
      return `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke="${palette[shape.tone]}" stroke-width="${width}"${dashes}/>`;
    }
    case "text":
      return textElement(shape, palette);
  }
}

function textElement({ x, y, size, text, anchor, tone, bold }: TextShape, palette: Palette): string {
  const weight = bold ? ' font-weight="700"' : "";
  return `<text x="${n(x)}" y="${n(y)}" font-family="${FONT_FAMILY}" font-size="${size}"${weight} text-anchor="${ANCHORS[anchor]}" fill="${palette[tone]}">${RIGHT_TO_LEFT}${escaped(text)}${END_EMBEDDING}</text>`;
}

function escaped(text: string): string {
  const clean = isolateLeftToRight(cleanForDisplay(text).replace(NO_XML, "").replace(/\s+/gu, " "));
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
