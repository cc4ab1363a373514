/** The text of a PDF. Lists what is drawn with unpdf (pdf.js) and hands the glyphs to the layout. */
import type { Extracted } from "./format.ts";
import { type Glyph, isLegible, layoutText } from "./pdf-layout.ts";

export const PDF_READER = "pdf/1";

const MAX_PAGES = 2000;
const MAX_GLYPHS = 4_000_000;

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** What drawing text depends on; the names are those of the PDF reference (section 9.3). */
interface State {
  readonly transform: Matrix;
  readonly size: number;
  readonly charSpacing: number;
  readonly wordSpacing: number;
  readonly scale: number;
  readonly leading: number;
  readonly rise: number;
}

const START: State = {
  transform: IDENTITY,
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
};

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    b[0] * a[0] + b[1] * a[2],
    b[0] * a[1] + b[1] * a[3],
    b[2] * a[0] + b[3] * a[2],
    b[2] * a[1] + b[3] * a[3],
    b[4] * a[0] + b[5] * a[2] + a[4],
    b[4] * a[1] + b[5] * a[3] + a[5],
  ];
}

/** Reads a PDF whole in memory. A wrong, locked or scanned one is a problem with its remedy. */
export async function readPdf(bytes: Uint8Array): Promise<Extracted> {
  const { getDocumentProxy, getResolvedPDFJS } = await import("unpdf");
  completeRuntime();
  let document: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // The library takes the bytes away; the caller keeps its own.
    document = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      maxImageSize: 1,
      isEvalSupported: false,
      disableFontFace: true,
    });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return {
      problem: locked
        ? "is locked with a password; save it without one"
        : "is not a PDF that can be read; save it anew or as .docx or .txt",
      tag: locked ? "locked" : "damaged",
    };
  }
  try {
    if (document.numPages > MAX_PAGES)
      return {
        problem: `has ${document.numPages} pages, at most ${MAX_PAGES} are read; split it`,
        tag: "too_large",
      };
    const { OPS } = await getResolvedPDFJS();
    const pages: Glyph[][] = [];
    let total = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const glyphs = drawnGlyphs(await page.getOperatorList(), OPS);
      page.cleanup();
      total += glyphs.length;
      if (total > MAX_GLYPHS) return { problem: "holds too much text; split it", tag: "too_large" };
      pages.push(glyphs);
    }
    const text = layoutText(pages);
    if (text.trim() === "")
      return {
        problem: "holds no text (a scan?); recognise its text (OCR) and save that as .txt or .docx",
        tag: "picture",
      };
    if (!isLegible(text))
      return {
        problem:
          "draws letters without saying which they are; recognise its text (OCR), or save the original as .docx",
        tag: "unknown_letters",
      };
    return { body: text, fields: fieldsOf(await document.getMetadata().catch(() => null)) };
  } catch {
    return { problem: "is damaged; save it anew or as .docx or .txt", tag: "damaged" };
  } finally {
    await document.destroy();
  }
}

function fieldsOf(metadata: { readonly info: object } | null): Readonly<Record<string, unknown>> {
  const info: Readonly<Record<string, unknown>> = { ...metadata?.info };
  return typeof info.Title === "string" ? { document_title: info.Title } : {};
}

interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** Runs the text operators of one page. */
function drawnGlyphs(list: Operators, ops: Readonly<Record<string, number>>): Glyph[] {
  const names = new Map(Object.entries(ops).map(([name, code]) => [code, name]));
  const glyphs: Glyph[] = [];
  const stack: State[] = [];
  let state = START;
  let line = IDENTITY;
  let text = IDENTITY;
  const moveLine = (x: number, y: number): void => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    text = line;
  };
  // Writers that draw in reading order put each piece of one direction into a text object of its own.
  let operation = 0;
  let font = "";
  const show = (items: readonly unknown[]): void => {
    for (const item of items) {
      const [advance, glyph] = advanceOf(item, state);
      if (glyph !== null) {
        const at = multiply(multiply(state.transform, text), [1, 0, 0, 1, 0, state.rise]);
        const size = state.size * Math.hypot(at[2], at[3]);
        const width = advance * Math.hypot(at[0], at[1]);
        glyphs.push({ text: glyph, x: at[4], y: at[5], width, size, operation, font });
      }
      text = multiply(text, [1, 0, 0, 1, advance, 0]);
    }
  };
  list.fnArray.forEach((code, index) => {
    const args: readonly unknown[] = toArray(list.argsArray[index]);
    const [a = 0, b = 0] = args.map(Number);
    switch (names.get(code)) {
      case "save":
        stack.push(state);
        break;
      case "paintFormXObjectBegin":
        stack.push(state);
        state = { ...state, transform: multiply(state.transform, toMatrix(args[0])) };
        break;
      case "restore":
      case "paintFormXObjectEnd":
        state = stack.pop() ?? state;
        break;
      case "transform":
        state = { ...state, transform: multiply(state.transform, toMatrix(args)) };
        break;
      case "beginText":
        operation += 1;
        line = IDENTITY;
        text = IDENTITY;
        break;
      case "setTextMatrix":
        line = toMatrix(args.length === 1 ? args[0] : args);
        text = line;
        break;
      case "setFont":
        state = { ...state, size: b };
        font = String(args[0]);
        break;
      case "setCharSpacing":
        state = { ...state, charSpacing: a };
        break;
      case "setWordSpacing":
        state = { ...state, wordSpacing: a };
        break;
      case "setHScale":
        state = { ...state, scale: a / 100 };
        break;
      case "setLeading":
        state = { ...state, leading: -a };
        break;
      case "setTextRise":
        state = { ...state, rise: a };
        break;
      case "setLeadingMoveText":
        state = { ...state, leading: b };
        moveLine(a, b);
        break;
      case "moveText":
        moveLine(a, b);
        break;
      case "nextLine":
        moveLine(0, state.leading);
        break;
      case "showText":
      case "showSpacedText":
        show(toArray(args[0]));
        break;
      case "nextLineShowText":
        moveLine(0, state.leading);
        show(toArray(args[0]));
        break;
      case "nextLineSetSpacingShowText":
        state = { ...state, wordSpacing: a, charSpacing: b };
        moveLine(0, state.leading);
        show(toArray(args[2]));
        break;
    }
  });
  return glyphs;
}

/** How far an item of a text operator moves on, and the text of a glyph; a bare number moves only. */
function advanceOf(item: unknown, state: State): readonly [number, string | null] {
  if (typeof item === "number") return [(-item / 1000) * state.size * state.scale, null];
  if (typeof item !== "object" || item === null || !("unicode" in item) || !("width" in item))
    return [0, null];
  const space = "isSpace" in item && item.isSpace === true ? state.wordSpacing : 0;
  const width = ((Number(item.width) / 1000) * state.size + state.charSpacing + space) * state.scale;
  return [width, typeof item.unicode === "string" ? item.unicode : ""];
}

function toArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : [];
}

function toMatrix(value: unknown): Matrix {
  const [a, b, c, d, e, f] = toArray(value).map(Number);
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

/** pdf.js moves buffers by a method of newer JavaScript that Node 20 does not have. */
function completeRuntime(): void {
  if ("transferToFixedLength" in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, "transferToFixedLength", {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
      const moved = structuredClone(this, { transfer: [this] });
      return moved.byteLength === length ? moved : moved.slice(0, length);
    },
  });
}
