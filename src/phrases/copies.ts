/** What a person reads of one text that was published in several places. */
import { counted } from "./answer.ts";

const placesCount = (n: number): string =>
  counted(n, { one: "موضع واحد", two: "موضعين", few: "مواضع", many: "موضعاً" });

/** One source, however many published it. */
export const oneTextPublished = (places: number, numbers: readonly number[]): string =>
  `${numbers.map((n) => `[${n}]`).join(" ")} خبر واحد نُشر في ${placesCount(places)}، فهو مصدر واحد.`;

/** Behind a source: where else its words stand. */
export const alsoPublished = (sources: string): string => `والنص نفسه في: ${sources}`;

export const copiesDiffer = "نسختان من خبر واحد تختلفان في الرقم:";
export const copySays = (publisher: string, figures: readonly string[]): string =>
  `${publisher}: ${figures.map((figure) => `«${figure}»`).join(" ")}`;

/** Among what the collection holds. */
export const severalPlaces = (n: number): string =>
  n === 1
    ? "خبر واحد منها نُشر في أكثر من موضع، وعُدّ مرة واحدة."
    : `${n} من الأخبار نُشرت في أكثر من موضع، وعُدّ كل منها مرة واحدة.`;

/** Over the other places of one text, in the view of a source. */
export const copiesHeading = "الخبر نفسه نُشر أيضاً في:";
export const copyButton = (publisher: string): string => `النص في: ${publisher}`;
export const moreCopies = (n: number): string => `ومواضع أخرى عددها ${n}.`;
