import { normalize } from "../text/normalize.ts";

/** Whether two names differ at most in signs that no reader tells apart (vowel signs, tatweel, hamza seats). */
export function sameSpelling(one: string, other: string): boolean {
  return normalize(one).trim() === normalize(other).trim();
}
