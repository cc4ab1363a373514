/** Word documents. */
import { blockText, parseMarkup } from "./dom.ts";
import type { Extracted } from "./format.ts";
import { openArchive } from "./zip.ts";

export const DOCX_READER = "docx/1";

/** A document is an archive; one that unpacks to more than this is no report. */
const MAX_UNPACKED = 200 * 1024 * 1024;

/** Reads a .docx: paragraphs, lists, tables and notes; insertions that were tracked count, deletions do not. */
export async function readDocx(bytes: Uint8Array): Promise<Extracted> {
  const archive = await openArchive(bytes);
  if ("problem" in archive) {
    const locked = bytes[0] === 0xd0 && bytes[1] === 0xcf;
    return {
      problem: locked
        ? "is locked with a password or an old .doc; save it as .docx without one"
        : "is not a .docx that can be read; save it anew or as .txt",
      tag: locked ? "locked" : "damaged",
    };
  }
  archive.close();
  if (archive.entries.reduce((sum, { size }) => sum + size, 0) > MAX_UNPACKED)
    return { problem: "unpacks to more than 200 MB; save its text as .txt", tag: "too_large" };
  const { default: mammoth } = await import("mammoth");
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { convertImage: mammoth.images.imgElement(async () => ({ src: "" })), ignoreEmptyParagraphs: true },
    );
    const body = blockText(parseMarkup(value));
    return body.trim() === ""
      ? {
          problem: "holds no text; if it is a picture of a text, recognise it (OCR) and save that",
          tag: "picture",
        }
      : { body, fields: {} };
  } catch {
    return { problem: "is not a .docx that can be read; save it anew or as .txt", tag: "damaged" };
  }
}
