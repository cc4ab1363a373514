import type { Token } from "./lex.ts";
import { isOneOf, lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import { CONNECTORS, FUNCTION_WORDS, wordSet } from "./vocabulary.ts";

/** Tokens [from, to) that say of whom a figure is; `offset` units of the first are a preposition ("لقوات"). */
export interface PartyWords {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const MAX_WORDS = 24;
const GROUPS = wordSet(
  `قوات تنظيم التنظيم النظام جيش الجيش داعش قسد حزب حركة جبهة هيئة فصائل فصيل ميليشيا ميليشيات مليشيا مليشيات الميليشيات لواء فيلق كتائب كتيبة فرقة حرس الحرس
  الدفاع مسلحي مقاتلي عناصر عناصره أفراد جنود ضباط قادة أبناء أهالي سكان عوائل عائلات أفرادها الطرفين طرفي الجانبين التحالف الطيران صفوف تحرير مجلس وحدات المدنيين
  مدنيين النازحين المقاتلين المسلحين الروس القوات الميليشيا الفصائل المعارضة الأكراد العشائر عشيرة مدنيي مواطنين المواطنين الأطفال النساء نساء`,
);
/** After "من" they tell where, when, why or of what kind, not of whom. */
const NOT_A_PARTY = wordSet(
  `جنسيات جنسية حي الحي أحياء مدينة المدينة بلدة البلدة قرية القرية قرى ريف الريف محافظة المحافظة منطقة المنطقة شمال جنوب شرق غرب وسط محيط ضفة جهة جراء قبل خلال جانب
  بين أصل نوع طراز أجل ثم حيث دون بعد تحت داخل خارج العام الشهر اليوم عام شهر الآن ذلك هذا هذه تلك المنازل المنطقتين البلاد سوريا دير حمص حلب الرقة دمشق إدلب درعا تدمر العراق
  مواقع سجن سجون مشفى مخيم حاجز مطار بادية حقل معبر منازلهم مناطق أماكن معتقلات مناطقهم الجو البر جديد الجديد مختلف القصف الطيران الطائرات طائرات الجرحى`,
);
/** They tell how or where it happened and end a party. */
const CIRCUMSTANCES = wordSet(
  `بقصف بغارات بغارة بانفجار برصاص بنيران بهجوم بغية بهدف بريف بمدينة ببلدة بقرية بمحيط باشتباكات بكمين بعملية بعبوة بلغم بضربات بتفجير بمنطقة بأطراف
  بالتزامن بينما بإطلاق بضربة بالقرب بصواريخ بقذائف بمعارك بمواجهات بواسطة باستهداف بمفخخة بسيارة بالمدينة بالمنطقة ببادية بمحافظة بحي وسط شرق غرب شمال جنوب لقوا
  عام العام شهر سنة مطلع أواخر منتصف أوائل نهاية أمس اليوم صباح مساء ليلة فجر يوم الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت`,
);
const INTRODUCES = wordSet("كانوا جميعهم كلهم وهم هم كانت");

function isGroup(token: Token | undefined): boolean {
  return token?.kind === "word" && lookUp(GROUPS, token.text) !== null;
}

/**
 * Of whom a figure is, from the words after its noun: "من قوات النظام والمسلحين الموالين لها", "في صفوف التنظيم",
 * "لقوات النظام", "تنظيم …" right after "عناصر", "المدنيين" right after "الشهداء".
 */
export function findParty(
  tokens: readonly Token[],
  nounEnd: number,
  constructNoun: boolean,
): PartyWords | null {
  const next = tokens[nounEnd];
  if (next?.kind !== "word") return null;
  const group = lookUp(GROUPS, next.text);
  if (constructNoun && group !== null && (group.offset === 0 || next.text.startsWith("ال")))
    return taken(tokens, nounEnd, 0);
  const adjective = lookUp(COUNTED_NOUNS, next.text);
  const civil =
    adjective !== null &&
    !adjective.conjoined &&
    adjective.value.event === null &&
    /^(?:ال)?مدني/.test(next.text);
  for (let at = nounEnd; at < nounEnd + 4; at += 1) {
    const found = partyAt(tokens, at);
    if (found !== null) return found;
    const token = tokens[at];
    if (token?.kind !== "word" || FUNCTION_WORDS.has(token.text) || /^و/.test(token.text)) break;
  }
  if (civil) return { from: nounEnd, to: nounEnd + 1, offset: 0 };
  return introduced(tokens, nounEnd);
}

const BARE = wordSet(
  "عناصر مقاتلين مسلحين أشخاص أفراد شخص الأشخاص العناصر المقاتلين المسلحين الجنود جنود رجال",
);

/** "50 من عناصر تنظيم …": the noun after "من" opens the party, unless more of it is said ("من العناصر في صفوف الطرفين"). */
export function partyOfPartitive(tokens: readonly Token[], nounAt: number): PartyWords | null {
  const further = partyAt(tokens, nounAt + 1);
  if (further !== null) return further;
  const party = taken(tokens, nounAt, 0);
  const bare = party !== null && party.to - party.from === 1 && BARE.has(tokens[nounAt]?.text ?? "");
  return bare ? null : party;
}

function partyAt(tokens: readonly Token[], at: number): PartyWords | null {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.kind !== "word") return null;
  const text = token.text;
  if (text === "من" && next?.text === "صفوف") return taken(tokens, at + 2, 0);
  const quoted = next?.kind === "mark" && /^["“«]$/.test(next.text) && tokens[at + 2]?.kind === "word";
  if (text === "من" && quoted) return taken(tokens, at + 1, 0);
  if (text === "من" && next !== undefined && next.kind === "word" && !isOneOf(NOT_A_PARTY, next.text)) {
    return FUNCTION_WORDS.has(next.text) ? null : taken(tokens, at + 1, 0);
  }
  if ((text === "في" || text === "بين") && next?.text === "صفوف") return taken(tokens, at + 2, 0);
  if (text === "بصفوف") return taken(tokens, at + 1, 0);
  if (text === "لدي" && isGroup(next)) return taken(tokens, at + 1, 0);
  const owned = /^ل(?!ل)/.test(text) && GROUPS.has(text.slice(1));
  if (owned) return taken(tokens, at, 1);
  return /^لل/.test(text) && GROUPS.has(`ال${text.slice(2)}`) ? taken(tokens, at, 0) : null;
}

/** "… 400 شخص حينها من الحي، كانوا من المدنيين وعوائل المسلحين". */
function introduced(tokens: readonly Token[], from: number): PartyWords | null {
  for (let at = from; at < Math.min(tokens.length - 2, from + 14); at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "break" || token.kind === "number" || token.text === ".")
      return null;
    if (INTRODUCES.has(token.text) && tokens[at + 1]?.text === "من") return partyAt(tokens, at + 1);
  }
  return null;
}

/** The words of a party from its first token to the first that leads elsewhere. */
function taken(tokens: readonly Token[], from: number, offset: number): PartyWords | null {
  let to = from;
  for (; to < Math.min(tokens.length, from + MAX_WORDS); to += 1) {
    const token = tokens[to];
    if (token === undefined || token.kind === "number" || token.kind === "break") break;
    if (token.kind === "mark") {
      if (/^["“”«»'‘’]$/.test(token.text)) continue;
      break;
    }
    if (to > from && (endsParty(tokens, to) || /^(?:الطرفين|الجانبين)$/.test(tokens[to - 1]?.text ?? "")))
      break;
  }
  while (to > from && endsOpen(tokens, from, to)) to -= 1;
  return to === from ? null : { from, to, offset };
}

/** A last "و", or a quotation mark that opens what was left out. */
function endsOpen(tokens: readonly Token[], from: number, to: number): boolean {
  const last = tokens[to - 1]?.text ?? "";
  if (last === "و" || /^[“«‘]$/.test(last)) return true;
  return last === '"' && tokens.slice(from, to).filter((token) => token.text === '"').length % 2 === 1;
}

const LOSES = wordSet("خسر خسرت خسائر فقد فقدت تكبد تكبدت خسارة");
const FALLS = wordSet("سقط سقطت سقوط قتل قتلت مقتل أصيب إصابة جرح استشهد اعتقل");

/** "خسرت قوات النظام نحو 40 قتيلاً", "سقط من قوات النظام 23 قتيلاً": whose they are, told right before the figure. */
export function partyBefore(tokens: readonly Token[], figureFrom: number): PartyWords | null {
  for (let at = figureFrom - 2; at >= Math.max(0, figureFrom - 10); at -= 1) {
    const token = tokens[at];
    if (token?.kind !== "word") return null;
    const loses = isOneOf(LOSES, token.text);
    const falls = token.text === "من" && isOneOf(FALLS, tokens[at - 1]?.text);
    if (!(loses || falls) || !isGroup(tokens[at + 1])) continue;
    const party = taken(tokens, at + 1, 0);
    return party !== null && party.to <= figureFrom && figureFrom - party.to <= 2 ? party : null;
  }
  return null;
}

/** "والمسلحين" goes on, "وشيع" is another statement: a verb cannot be told but by what it is not. */
function joinsParty(text: string): boolean {
  if (/^و(?:ال|لل)/.test(text)) return true;
  const rest = text.slice(1);
  return (
    GROUPS.has(rest) || COUNTED_NOUNS.get(rest)?.number === "plural" || /^(?:.{2,}(?:يه|يها|يهم))$/.test(rest)
  );
}

function endsParty(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text ?? "";
  const next = tokens[at + 1];
  if (text === "من" || text === "ومن") return !isGroup(next);
  if (text === "في") return !isGroup(next) || next?.text === "صفوف";
  if (text === "واحده" || text === "واحد") return false;
  if (text === "لها" || text === "له" || text === "لهم") return false;
  const connector = lookUp(CONNECTORS, text);
  if (connector !== null && (connector.offset === 0 || connector.conjoined)) return true;
  if (FUNCTION_WORDS.has(text) || CIRCUMSTANCES.has(text.replace(/^و/, ""))) return true;
  if (/^و/.test(text) && text !== "ومن" && !joinsParty(text)) return true;
  const stem = text.replace(/^و/, "");
  return (
    (stem !== text && FUNCTION_WORDS.has(stem) && stem !== "من") ||
    /^(?:و?[يت](?:م|تم)|تم|جرت|وقع|وقعت|واصيب|وقتل|واصابه|وجرح|واسر|والعشرات|والعديد|وعشرات|وعدد)$/.test(text)
  );
}
