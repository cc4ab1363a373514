/**
 * Which lines of a body are title, byline, date, noise and text. A line is judged by its own words and by where it
 * stands: only the lines before the first paragraph can be the title, only those at either end a byline. Every rule
 * is general; none names a report.
 */
import type { BodyPart, PartRole } from "./report.ts";

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly words: number;
}

/** A headline is at most this long, in words. */
const MAX_TITLE_WORDS = 60;
/** A headline of more words must be clearly shorter than the paragraph after it. */
const SHORT_TITLE_WORDS = 15;
const MAX_SUBTITLE_WORDS = 25;
const MAX_BYLINE_WORDS = 8;
const MAX_SIGNATURE_WORDS = 5;
/** Dates, bylines and noise stand on lines of at most this many UTF-16 units; longer ones are not looked at. */
const MAX_SHORT_LINE = 160;

const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u;
const SITE =
  /(?:^|[\s(@/])(?:www\.)?[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.(?:com|net|org|info|news|co|tv|me|sy|iq|lb|uk|eu)(?=$|[\s)/،,])/iu;
const BYLINE_OPENING =
  /^(?:\(?خاص(?![\p{L}])|بقلم|إعداد|اعداد|تحرير|كتبه?ا?(?=[\s:])|كاتب|الكاتب|تقرير\s*[:：]|متابعات?(?![\p{L}])|مراسلنا|مراسل|ترجمة\s*[:：]?|المصدر\s*[:：]|المحرر|by\s|source\s*:)/iu;
const ORGANISATION = /(?:وكالات?|شبكة|صحيفة|جريدة|مركز|مرصد|موقع|مكتب|إذاعة|قناة|سانا|رويترز|الأناضول)/u;
const SIGNATURE =
  /^(?:ال)?(?:وكالة|شبكة|صحيفة|جريدة|مركز|مرصد|موقع|مكتب|إذاعة|قناة|تنسيقية|فريق|مراسلة?)(?!\p{L})(?!.*(?<!\p{L})(?:في|على|من|إلى|عن|أن)(?!\p{L}))/u;
const READING_TIME =
  /^(?:(?:مدة|وقت|زمن)\s+القراءة\s*[:：]?\s*)?(?:أقل من\s+)?\p{Nd}*\s*(?:minutes?|mins?|seconds?|دقيقة|دقائق|ثانية|ثوان|دقيقتان|دقيقتين)(?:\s+(?:read|قراءة|للقراءة))?$/iu;
const PAGE_WORDS = new Set(
  (
    "share shares tweet facebook twitter whatsapp telegram email print comments comment views likes like read more " +
    "advertisement ads minutes مشاركة شارك شاركها المشاركة مشاركات تغريد طباعة إعلان إعلانات تعليق تعليقات مشاهدة " +
    "مشاهدات إعجاب فيسبوك تويتر واتساب تلغرام تيليجرام بريد نسخ الرابط اقرأ المزيد أيضا أيضاً على عبر"
  ).split(" "),
);
const DATE_WORDS = new Set(
  (
    "كانون الثاني الأول الاول ثاني أول شباط آذار اذار نيسان أيار ايار حزيران تموز آب اب أيلول ايلول تشرين يناير فبراير مارس " +
    "أبريل ابريل إبريل مايو ماي يونيو يونيه يوليو يوليه أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر جانفي فيفري أفريل " +
    "جوان جويلية أوت غشت شتنبر نونبر دجنبر السبت الأحد الاحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة " +
    "محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي القعدة الحجة هـ م من في عام سنة العام يوم تاريخ التاريخ بتاريخ النشر نشر نُشر الموافق لـ ل ال الـ " +
    "آخر تحديث اخر الساعة مساء صباحا صباحاً مساءً ص د بتوقيت دمشق am pm updated published on at last " +
    "january february march april may june july august september october november december " +
    "jan feb mar apr jun jul aug sep sept oct nov dec sunday monday tuesday wednesday thursday friday saturday"
  ).split(" "),
);
const MONTH =
  /(?:كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|(?<!\p{L})[آا]ب(?!\p{L})|[أا]يلول|تشرين|يناير|فبراير|مارس|[أإا]بريل|مايو|يوني[وه]|يولي[وه]|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|القعدة|الحجة|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;
const NUMERIC_DATE = /\p{Nd}{1,4}\s*[/.\-\u2010-\u2015]\s*\p{Nd}{1,2}\s*[/.\-\u2010-\u2015]\s*\p{Nd}{2,4}/u;

function linesOf(body: string): Line[] {
  const lines: Line[] = [];
  for (const match of body.matchAll(/[^\n]+/g)) {
    const text = match[0].trim();
    if (text === "") continue;
    const start = match.index + match[0].indexOf(text);
    lines.push({ text, start, end: start + text.length, words: text.split(/\s+/).length });
  }
  return lines;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}ـ]+|\p{Nd}+/gu) ?? [];
}

/** A line that is only a date, with or without weekday, hour and a label: "4 أيار (مايو - ماي)، 2017". */
function isDateLine(line: Line): boolean {
  if (line.words > 14 || line.text.length > MAX_SHORT_LINE || !/\p{Nd}/u.test(line.text)) return false;
  if (!MONTH.test(line.text) && !NUMERIC_DATE.test(line.text)) return false;
  return wordsIn(line.text).every((word) => /^\p{Nd}{1,4}$/u.test(word) || DATE_WORDS.has(word));
}

/** Counters, reading times and buttons that a page leaves behind: "25", "• 4", "3 minutes", "مشاركة 12". */
function isNoiseLine(line: Line): boolean {
  if (!LETTER_OR_DIGIT.test(line.text)) return true;
  if (line.text.length > MAX_SHORT_LINE) return false;
  if (READING_TIME.test(line.text)) return true;
  const words = wordsIn(line.text);
  return line.words <= 8 && words.every((word) => /^\p{Nd}{1,6}k?$/u.test(word) || PAGE_WORDS.has(word));
}

/** A line that says who wrote or published: a site's name, "خاص", "بقلم", or an agency beside a dash. */
function isBylineLine(line: Line, publishers: readonly string[]): boolean {
  if (line.words > MAX_BYLINE_WORDS || line.text.length > MAX_SHORT_LINE || /[.؟!…]$/u.test(line.text))
    return false;
  if (SITE.test(line.text) || BYLINE_OPENING.test(line.text)) return true;
  if (line.words <= MAX_SIGNATURE_WORDS && SIGNATURE.test(line.text)) return true;
  const bare = line.text.replace(/[\s:–—\-|/()[\]"“”«»]+/gu, " ").trim();
  if (publishers.includes(bare)) return true;
  const halves = line.text.split(/\s[–—\-|/]\s|[:：]\s*/u);
  const named = publishers.some((name) => halves.includes(name));
  return halves.length === 2 && line.words <= 7 && (named || ORGANISATION.test(line.text));
}

/** A first line reads as a headline when it does not close like a sentence and a longer paragraph follows. */
function isTitleLine(line: Line, next: Line | undefined): boolean {
  if (next === undefined || line.words > MAX_TITLE_WORDS || /[.،,؛:]$/u.test(line.text)) return false;
  if (/[.؟!]\s+\S/u.test(line.text)) return false;
  return next.words > (line.words > SHORT_TITLE_WORDS ? line.words * 1.3 : line.words);
}

/** What `markParts` may know beside the body. */
export interface PartHints {
  /** The title when a field of the file gives it; then no other line is taken for one. */
  readonly title?: string | null | undefined;
  /** Names under which publishers sign. */
  readonly publishers?: readonly string[] | undefined;
}

/**
 * Marks every line of a body. Parts are in order, do not overlap, and only white space lies between them; each text
 * part is one paragraph. A body that would be nothing but noise is text.
 */
export function markParts(body: string, hints: PartHints = {}): BodyPart[] {
  const lines = linesOf(body);
  const publishers = hints.publishers ?? [];
  const roles = lines.map((line): PartRole => {
    if (isDateLine(line)) return "date";
    return isNoiseLine(line) ? "noise" : "text";
  });
  const texts = lines.flatMap((_, index) => (roles[index] === "text" ? [index] : []));
  markBylines(lines, roles, texts, publishers);
  markTitle(lines, roles, hints.title ?? null);
  if (!roles.some((role) => role === "text" || role === "title")) {
    roles.forEach((role, index) => {
      if (role === "noise" || role === "byline") roles[index] = "text";
    });
  }
  return lines.map(({ start, end }, index) => ({ role: roles[index] ?? "text", start, end }));
}

/** Bylines among the first three and the last two lines that are not noise or dates; one line always stays text. */
function markBylines(
  lines: readonly Line[],
  roles: PartRole[],
  texts: readonly number[],
  publishers: readonly string[],
): void {
  const candidates = new Set([...texts.slice(0, 3), ...texts.slice(-2)]);
  for (const index of candidates) {
    const line = lines[index];
    if (line !== undefined && isBylineLine(line, publishers)) roles[index] = "byline";
  }
}

/** The first line of text that reads as a headline, with a second such line after it (headline and subtitle). */
function markTitle(lines: readonly Line[], roles: PartRole[], known: string | null): void {
  const first = roles.indexOf("text");
  const line = lines[first];
  if (line === undefined) return;
  if (known !== null) {
    if (line.text === known.trim()) roles[first] = "title";
    return;
  }
  const second = roles.indexOf("text", first + 1);
  const third = roles.indexOf("text", second + 1);
  const next = lines[second];
  const afterNext = second < 0 || third < 0 ? undefined : lines[third];
  const subtitle = next !== undefined && next.words <= MAX_SUBTITLE_WORDS && isTitleLine(next, afterNext);
  if (!isTitleLine(line, subtitle ? afterNext : next)) return;
  roles[first] = "title";
  if (subtitle) roles[second] = "title";
}
