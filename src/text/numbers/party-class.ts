import { normalize } from "../normalize.ts";
import { lookUp } from "./lex.ts";
import { COUNTED_NOUNS, PEOPLE } from "./nouns.ts";
import type { CountedClass, Quantity } from "./quantity.ts";
import { wordSet } from "./vocabulary.ts";

const ARMED = wordSet(
  `قوات تنظيم النظام التنظيم داعش قسد جيش حزب حركة جبهة هيئة فصائل فصيل ميليشيا ميليشيات مليشيا مليشيات لواء فيلق كتائب كتيبة فرقة حرس حزب الحرس
  طرفي الطرفين الجانبين صفوف isis regime`,
);
const WORDS = /\p{L}+/gu;
/** Words of a party that are read; the head of its name is among the first. */
const READ = 4;

/** The class that a party's words prove: "المدنيين" civilians, "عناصر …" and "قوات …" fighters; null for others. */
export function classOfParty(party: string | null): CountedClass | null {
  if (party === null) return null;
  for (const [word] of [...normalize(party).matchAll(WORDS)].slice(0, READ)) {
    const noun = lookUp(COUNTED_NOUNS, word);
    const known = noun !== null && noun.value.event === null && PEOPLE.has(noun.value.counted);
    if (known && noun.value.counted !== "people") return noun.value.counted;
    if (lookUp(ARMED, word) !== null) return "fighters";
  }
  return null;
}

/** Of what class the people of a figure are, by its noun or else by its party. */
export function classOfPeople({ nounClass, event, counted, party, noun }: Quantity): CountedClass | null {
  // "العشرات من الطرفين": the sides stand where the noun does.
  if (noun != null && /^(?:ال)?(?:طرف|جانب)/.test(normalize(noun))) return "fighters";
  const own = nounClass !== undefined ? nounClass : event ? null : counted;
  return own === null || own === "people" ? (classOfParty(party) ?? own) : own;
}
