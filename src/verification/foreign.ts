/** What no claim may hold, whoever wrote it: links, names of accounts, commands, markup, instructions, other languages. */
import { searchKey } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";

const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ["a link", /[a-z][a-z0-9+.-]*:\/\/|www\.|\bt\.me\b|\b(?:tel|mailto|javascript|data):/iu],
  ["an address", /[\p{L}\p{N}_-]{2,}\.(?:[a-z]{2,})(?![\p{L}])|\S+@\S+/iu],
  ["the name of an account", /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}_]{2,}/u],
  ["a command", /(?:^|[\s(«"'،.])\/[a-z][a-z0-9_]*/iu],
  ["a tag", /#[\p{L}_]{2,}/u],
  ["markup", /<\s*[/!]?\s*[a-z]|\]\s*\(|\*\*|__|`|~~|\{\{|\{"|&[a-z]+;|&#/iu],
  ["a mark of a citation", /[[【(]\s*(?:المصدر|مصدر|المرجع|source|\d)[^\]】)]{0,12}[\]】]/iu],
  ["invisible signs", /[\u{e0000}-\u{e007f}\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/u],
];

/** Words by which a text speaks to its reader or to a model. Normalised. */
const INSTRUCTION =
  /(?<!\p{L})(?:و|ف)?(?:تجاهل|تجاهلوا|انس|اجب|اجيبوا|اضغط|اضغطوا|انقر|انقروا|تابعوا|تابعونا|تابعنا|اشترك|اشتركوا|اكتب|اكتبوا|اطبع|انسخ|ترجم|زوروا|تواصلوا|تبرع|تبرعوا|اعتبر نفسك|تصرف ك\p{L}*|انت الان|انت مساعد|من الان فصاعدا|التعليمات السابقه|تعليماتك|تعليمات النظام|موجه النظام|رساله النظام|قل ان|قل لي|لا تذكر|لا تخبر|لا تستخدم|يجب عليك|يرجي|الرجاء|للمزيد|لمزيد من المعلومات|لمزيد من التفاصيل|لمزيد من الاخبار|اقرا ايضا|اقرا المزيد|المساعد الذكي|نموذج لغوي|كنموذج|البرومبت)(?!\p{L})/u;

/** Verbs that may tell of the past as well: what they ask for decides. */
const AMBIGUOUS =
  /(?<!\p{L})(?:و|ف)?(?:انضموا|انضم|حملوا|حمل|اتصلوا|اتصل|شاركوا|شارك|انشروا|انشر|ارسلوا|ارسل) (?:\S+ ){0,2}?(?:قناتنا|القناه|قناه|التطبيق|تطبيقنا|الرابط|رابط|مجموعتنا|المجموعه|الملف|الخبر|رساله|الرساله|الينا|بنا|لنا|لي|صفحتنا|هذا|هذه|رقم|الرقم|اصدقا\S*|الي عشره)(?!\p{L})/u;

const LATIN_WORD = /\p{Script=Latin}{2,}/gu;
const OTHER_SCRIPT = /(?=\p{L})[^\p{Script=Arabic}\p{Script=Latin}\p{Script=Common}]/u;
const ARABIC = /(?=\p{L})\p{Script=Arabic}/u;

/** The rule of foreign content. `known` are texts whose Latin words a claim may repeat: the quotations. */
export function checkForeign(claim: string, known: readonly string[]): Finding {
  for (const [name, pattern] of FORBIDDEN) {
    const match = pattern.exec(claim);
    if (match !== null) return `the claim holds ${name}: "${match[0].trim().slice(0, 40)}"`;
  }
  const key = searchKey(claim);
  const instruction = INSTRUCTION.exec(key) ?? AMBIGUOUS.exec(key);
  if (instruction !== null) return `the claim speaks to its reader: "${instruction[0]}"`;
  if (!ARABIC.test(claim) || OTHER_SCRIPT.test(claim)) return "the claim is not in Arabic";
  const quoted = new Set(known.flatMap((text) => text.toLowerCase().match(LATIN_WORD) ?? []));
  const foreign = claim.match(LATIN_WORD)?.find((word) => !quoted.has(word.toLowerCase()));
  return foreign === undefined ? null : `the claim has a foreign word: "${foreign}"`;
}
