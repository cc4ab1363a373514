/** BM25 as every store computes it: the same scores whatever holds the postings. */

/** The constants that measured best on passages (docs/retrieval.md). */
const K1 = 0.9;
const B = 0.4;

/** Lucene's idf, always above 0: ln(1 + (N - df + 0.5) / (df + 0.5)); the highest for a term that no document has. */
export function idf(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** k1 * (1 - b + b * length / mean length) of a document, as float32. */
export function lengthNorm(length: number, mean: number): number {
  return Math.fround(K1 * (1 - B + (B * length) / mean));
}

/** What a term that stands `count` times in a document adds to its score, but for the term's weight. */
export function impact(count: number, norm: number): number {
  return (count * (K1 + 1)) / (count + norm);
}

/** What a term of a question adds to a document's score. */
export function termScore(weight: number, count: number, norm: number): number {
  return (weight * count * (K1 + 1)) / (count + norm);
}

/** Occurrences of a term that are kept of one document. */
export const MOST_COUNTED = 255;
