/** What a quotation tells of a part is not told of the whole. */
import { searchKey } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import type { QuoteReading, Reading } from "./reading.ts";

/** "كل من حمص ودير الزور" only lists. */
const WHOLE =
  /(?<!\p{L})[وفبل]?(?:جميع|كافة|كافه|كامل|كامله|كاملا|بالكامل|كليا|تماما|كل(?= ال| هذه| هذا| انحاء)|كلها|كله|جميعها|جميعهم|باكمله|باكملها|الكامله|الكامل)(?!\p{L})/u;

/** Part of the degree rule: "all" stands in no claim whose quotations do not say it. */
export function checkWhole(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const said = WHOLE.exec(searchKey(claim.text));
  if (said === null) return null;
  const told = quotes.some(({ evidence }) => WHOLE.test(searchKey(evidence.text)));
  return told ? null : `no quotation says "${said[0]}"`;
}
