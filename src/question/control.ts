import { words } from "../text/tokens.ts";

const CONTROL =
  /^(?:[وفبل]?(?:ال)?)?(?:سيطر\p{L}*|تسيطر|يسيطر|سيطره\p{L}*|اقتحم\p{L}*|اقتحام\p{L}*|توغل\p{L}*|دخل\p{L}*|دخول\p{L}*|اخرج\p{L}*|خرج\p{L}*|خروج\p{L}*|طرد\p{L}*|تراجع\p{L}*|انسحب\p{L}*|انسحاب\p{L}*|استعاد\p{L}*|خاضعه|الخاضعه)$/u;

/** Whether a text tells who holds, takes, enters or leaves ground. */
export function tellsOfControl(text: string): boolean {
  return words(text).some((word) => CONTROL.test(word));
}
