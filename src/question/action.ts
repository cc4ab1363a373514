import { alternatives } from "./glossary.ts";
import { forms } from "./word-forms.ts";

/** One word of each set of the glossary that names what sides of a war do to a place or to people. */
const ACTIONS = "دخل سيطر خرج حصار هجوم قصف قتل اعدم اختطف نزح".split(" ");

/** For each action that a question names, all forms of the words that tell of it; empty where it names none. */
export function askedActions(topic: readonly string[]): ReadonlySet<string>[] {
  return topic.flatMap((word) => {
    const known = alternatives(word);
    return ACTIONS.some((action) => known.includes(action)) ? [new Set(known.flatMap(forms))] : [];
  });
}
