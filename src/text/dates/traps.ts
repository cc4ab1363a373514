import { normalize } from "../normalize.ts";
import { at } from "./parts.ts";
import type { Token } from "./tokens.ts";

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" ").map((word) => normalize(word)));
}

/** What is called after a day or a month: "سد تشرين", "دوار 7 نيسان", "حرب تشرين", "سيارة نيسان". */
const NAMED_AFTER_DATES = words(
  "سد جريدة صحيفة جامعة حرب قرية بلدة مدينة سيارة سيارات سيارته سيارتين شاحنة شاحنات دوار شارع حي حارة مدرسة ثانوية مشفى مستشفى ساحة جسر حديقة ملعب مطار قوى فريق تحالف كتيبة لواء حركة ثورة مزرعة معمل مصنع شركة ماركة نوع طراز موديل بيكاب فان نادي مخيم سوق معسكر قاعدة مفرق محطة مجلس تجمع تيار انتفاضة مسجد جامع مبنى مبنا كلية معهد وكالة مطعم فندق مقهى خزان بحيرة منطقة ضاحية مفاعل شهداء كتائب ألوية جبهة جماعة",
);

/** Given names and titles after which a weekday or a month is a person's name. */
const PERSON_BEFORE = words(
  "السيدة الآنسة الطالبة يدعى تدعى اسمه اسمها واسمه واسمها محمد أحمد محمود حسن حسين خالد عمر عبد عبدالله إبراهيم يوسف مصطفى موسى عيسى سعيد سعد سليمان خليل فاطمة مريم عائشة زينب خديجة ياسر بشار ماهر رامي سامر فراس عمار أنس وليد جاسم حمد حمود صالح ناصر فيصل فهد طارق نواف عواد حميد حامد راشد الشيخ القيادي الدكتور السيد المدعو أبو أم ابن بنت الطفل الطفلة الشاب الشهيد الناشط الإعلامي الصحفي المقدم العقيد العميد الرائد النقيب الملازم اللواء القائد الأمير الحاج الأستاذ المهندس آل بني عشيرة كلا مجيد عبدالرحمن عبدالعزيز ماجد هاني نزار غسان زياد إياد باسل مازن عدنان هيثم وائل",
);

/** After these "الاثنين" counts two people and is no Monday: "الرجلين الاثنين", "في القتل الاثنين". */
const TWO_PEOPLE =
  /^[وفبلك]{0,2}(?:ال|لل)(?:قتل|قتلي|جرحي|ضحايا|(?:رجل|شاب|اخ|اخو|طفل|جندي|عنصر|شخص|شهيد|اسير|قتيل|جريح|صحفي|قيادي|قايد|مدني|عسكري|امرات|شقيق|ولد|ضحيت)ين)$/;

/** Whether "الاثنين" here is the number. The plural "المدنيين" has a letter more than the dual for normalised text. */
export function isTwoPeople(tokens: readonly Token[], position: number): boolean {
  const before = at(tokens, position - 1);
  return TWO_PEOPLE.test(before.text) && at(tokens, position - 2).text !== "عدد";
}

const PLACE_BEFORE = words("سوق مسجد جامع قرية بلدة شارع حي مدرسة نادي جريدة دوار ساحة مخيم تل نهر جبل وادي");

/** Whether the word before makes a name of what follows. */
export function isNamedAfterDate(tokens: readonly Token[], position: number): boolean {
  const before = at(tokens, position - 1);
  return before.kind === "word" && NAMED_AFTER_DATES.has(bare(before.text)) && !at(tokens, position).line;
}

/** Whether a weekday or month is somebody's name here, or a market's. */
export function isNameBefore(tokens: readonly Token[], position: number): boolean {
  const before = at(tokens, position - 1);
  if (before.kind !== "word" || at(tokens, position).line) return false;
  return (
    PERSON_BEFORE.has(before.text) ||
    PLACE_BEFORE.has(bare(before.text)) ||
    PERSON_BEFORE.has(before.text.replace(/^و/, ""))
  );
}

/** Without the clitics that go before a head word. */
function bare(word: string): string {
  if (NAMED_AFTER_DATES.has(word) || PLACE_BEFORE.has(word)) return word;
  return word.replace(/^[وف]?(?:بال|لل|ال|ب|ل)?/, "");
}

export function isPersonBefore(tokens: readonly Token[], position: number): boolean {
  return PERSON_BEFORE.has(at(tokens, position - 1).text);
}
