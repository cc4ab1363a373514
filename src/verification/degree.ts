/** What a quotation tells of a part is not told of the whole. */
import { searchKey } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import type { QuoteReading, Reading } from "./reading.ts";

/** "كل من حمص ودير الزور" only lists. */
const WHOLE =
  /(?<!\p{L})[وفبل]?(?:جميع|جميعا|كافة|كافه|كامل|كامله|كاملا|بالكامل|كليا|تماما|كل(?= ال| هذه| هذا| انحاء| من \p{L}+وا(?!\p{L})| \p{L}{3,}(?:ها|هم|ه)(?!\p{L}))|كلها|كله|جميعها|جميعهم|باكمله|باكملها|برمته|برمتها|باسره|باسرها|قاطبه|الكامله|الكامل)(?!\p{L})/u;

/** "لا يفوت فرصة واحدة", "لم يبق أحد": a denial that leaves nothing out says all of it. */
const NONE_LEFT = /(?<!\p{L})(?:لا|لم|لن|ما) (?:\S+ ){1,4}?(?:واحده|واحد|احد|اي|ايه|شيء|شييا)(?!\p{L})/u;

/** "العمال والعرفي، كلها أصبحت", "المؤسسة والفرن تقع كلها": all that was listed. */
const LISTED =
  /(?:[،,]|(?<!\p{L})(?:[يت]قع|وقعت|تقعان|باتت|اصبحت|صارت|كانت)) (?:و?كلها|و?كلهم|و?جميعها|و?جميعهم)(?!\p{L})/gu;

/** "الفرن ومؤسسة المياه ومديرية العمل تقع كلها": all of those just listed. */
const OF_LIST = /^(?:كلها|كلهم|جميعها|جميعهم)$/;
const LIST = /^\s*(?:\p{L}+\s+){1,4}و\p{L}{2,}(?:\s+\p{L}+){0,4}\s+و\p{L}{2,}/u;

/** "وحدها": nobody else. */
const ALONE =
  /(?<!\p{L})[وف]?(?:وحده|وحدها|وحدهم|بمفرده|بمفردها|حصرا|حصريا|دون غيره|دون غيرها|دون سواه|دون سواها)(?!\p{L})/u;
/** "لم تكن الغارات وحدها". */
const NOT_ALONE = /(?<!\p{L})(?:لم|ليس|ليست|لا) [^،,.]{0,30}وحد\p{L}+\s*$/u;
const TOLD_ALONE =
  /(?<!\p{L})[وف]?(?:وحد\p{L}{1,3}|بمفرد\p{L}+|حصر\p{L}*|فقط|سوي|الا|لا غير|دون غير\p{L}*)(?!\p{L})/u;

/** Part of the degree rule: "all" stands in no claim whose quotations do not say it. */
export function checkWhole(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const only = ALONE.exec(searchKey(claim.text));
  const denied = only !== null && NOT_ALONE.test(searchKey(claim.text).slice(0, only.index + only[0].length));
  if (only !== null && !denied && !quotes.some(({ evidence }) => TOLD_ALONE.test(searchKey(evidence.text))))
    return `no quotation says "${only[0].trim()}"`;
  // "العمال والعرفي، كلها أصبحت": what was listed.
  const key = searchKey(claim.text).replace(LISTED, " ");
  const said = WHOLE.exec(key);
  if (said === null || (OF_LIST.test(said[0]) && LIST.test(key.slice(0, said.index)))) return null;
  const told = quotes.some(({ evidence }) => {
    const text = searchKey(evidence.text);
    return WHOLE.test(text) || NONE_LEFT.test(text);
  });
  return told ? null : `no quotation says "${said[0]}"`;
}
