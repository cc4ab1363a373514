const CONTROLS = /[\p{Cc}\p{Cf}]/gu;
const KEPT_AS_SPACE = /[\t\n\v\f\r\u0085]/u;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * A text as the tokenizer may see it: without control, bidi and zero-width characters (they change the pieces
 * of a word that looks the same), line breaks and tabs as spaces, lone surrogates as U+FFFD.
 */
export function cleanForEmbedding(text: string): string {
  return text
    .replace(CONTROLS, (character) => (KEPT_AS_SPACE.test(character) ? " " : ""))
    .replace(LONE_SURROGATE, "\ufffd");
}
