import { normalize } from "../normalize.ts";
import type { CountedClass, QuantityEvent } from "./quantity.ts";

/** What a counted noun is. `dual`: the word itself counts two ("قتيلان"). `adverbial`: a tamyiz or singular form. */
export interface CountedNoun {
  readonly counted: CountedClass;
  readonly event: QuantityEvent | null;
  readonly number: "singular" | "dual" | "plural";
}

/**
 * One line a class and event: "singular plural plural, …". A plural "+ون" is the sound masculine (ون، ين and the
 * construct و، ي), "+ات" the sound feminine.
 */
const LEXICON: readonly (readonly [CountedClass, QuantityEvent | null, string])[] = [
  [
    "dead",
    "killed",
    "قتيل قتلى, قتيلة +ات, شهيد شهداء, شهيدة +ات, جثة جثث, جثمان جثامين, متوفى متوفين, ميت موتى أموات, وفاة وفيات",
  ],
  ["wounded", "wounded", "جريح جرحى, جريحة +ات, مصاب +ون, مصابة +ات, إصابة +ات"],
  ["casualties", "casualties", "ضحية ضحايا, خسائر خسائر"],
  ["kidnapped", "kidnapped", "مختطف +ون, مختطفة +ات, مخطوف +ون, مخطوفة +ات, رهينة رهائن"],
  ["detained", "detained", "معتقل +ون, معتقلة +ات, محتجز +ون, موقوف +ون, أسير أسرى, سجين سجناء, أسيرة +ات"],
  ["displaced", "displaced", "نازح +ون, نازحة +ات, مهجر +ون, لاجئ +ون, مشرد +ون"],
  ["civilians", null, "مدني +ون, مدنية +ات, مواطن +ون"],
  [
    "fighters",
    null,
    "عنصر عناصر, مقاتل +ون, مقاتلة +ات, مسلح +ون, جندي جنود, عسكري +ون, ضابط ضباط, قيادي +ون, قائد قادة, " +
      "إرهابي +ون, جهادي +ون, متطرف +ون, متشدد +ون, مجند +ون, داعشي دواعش, انتحاري +ون, انغماسي +ون, مرتزق مرتزقة, " +
      "أمير أمراء, مهاجم +ون, شرطي +ون",
  ],
  ["children", null, "طفل أطفال, طفلة +ات, رضيع رضع, رضيعة +ات, قاصر +ون قصر, صبي صبية صبيان"],
  ["women", null, "امرأة نساء نسوة, سيدة +ات, مواطنة +ات, فتاة فتيات, أنثى إناث, مرأة نسوان"],
  ["men", null, "رجل رجال, شاب شبان شباب"],
  [
    "people",
    null,
    "شخص أشخاص, فرد أفراد, إنسان ناس, نسمة نسمات, ساكن سكان, مسن +ون, عامل عمال, طالب طلاب, طالبة +ات, صحفي +ون, " +
      "صحافي +ون, ناشط +ون نشطاء, إعلامي +ون, مسعف +ون, طبيب أطباء, معلم +ون, معلمة +ات, موظف +ون, متطوع +ون, راكب ركاب, " +
      "ممرض +ون, ممرضة +ات, سائق +ون, مزارع +ون, متظاهر +ون, مصل +ون, روح أرواح, زلمة زلم",
  ],
  ["families", null, "عائلة عائلات عوائل عيل, أسرة أسر"],
  ["strikes", null, "غارة +ات, ضربة +ات, طلعة +ات"],
  ["shells", null, "قذيفة قذائف, صاروخ صواريخ, برميل براميل, قنبلة قنابل, لغم ألغام, عبوة +ات"],
  ["houses", null, "منزل منازل, بيت بيوت, مبنى مبان مباني, بناء أبنية, بناية +ات, شقة شقق"],
  ["villages", null, "قرية قرى, بلدة +ات, ضيعة ضيع"],
  [
    "vehicles",
    null,
    "سيارة +ات, آلية +ات, عربة +ات, دبابة +ات, مدرعة +ات, شاحنة +ات, حافلة +ات, دراجة +ات, مركبة +ات, صهريج صهاريج",
  ],
  ["hours", null, "ساعة +ات"],
  ["days", null, "يوم أيام تيام, ليلة ليالي ليال"],
  ["weeks", null, "أسبوع أسابيع"],
  ["months", null, "شهر أشهر شهور"],
  ["years", null, "سنة سنوات سنين, عام أعوام"],
  ["kilometres", null, "كيلومتر +ات, كيلومترا كم, كيلو كيلوات"],
  [
    "other",
    null,
    "دقيقة دقائق, متر أمتار, دولار +ات, ليرة +ات, طن أطنان, نقطة نقاط, موقع مواقع, حي أحياء, محور محاور, جبهة +ات, " +
      "حاجز حواجز, مقر +ات, مدرسة مدارس, مشفى مشافي, مستشفى مستشفيات, هجوم هجمات, عملية +ات, منطقة مناطق, مصدر مصادر, " +
      "مرة +ات, انفجار +ات, مجزرة مجازر, طائرة +ات, زورق زوارق, مفخخة +ات, محافظة +ات, معركة معارك, حالة +ات, حادثة حوادث, " +
      "جنسية +ات, كيلوغرام +ات, بئر آبار, مسجد مساجد, جسر جسور, فصيل فصائل, مجموعة +ات, دولة دول, جولة +ات, بالمئة بالمائة",
  ],
];

const ENGLISH: readonly (readonly [CountedClass, QuantityEvent | null, string])[] = [
  ["dead", "killed", "dead death deaths fatality fatalities martyr martyrs bodies"],
  ["wounded", "wounded", "wounded injured"],
  ["casualties", "casualties", "casualties victims"],
  ["kidnapped", "kidnapped", "hostage hostages abductees"],
  ["detained", "detained", "prisoners detainees"],
  ["displaced", "displaced", "refugees idps displaced"],
  ["civilians", null, "civilian civilians citizens"],
  [
    "fighters",
    null,
    "fighter fighters soldier soldiers militant militants troops members gunmen militiamen terrorists",
  ],
  ["children", null, "child children"],
  ["women", null, "woman women"],
  ["men", null, "man men"],
  ["people", null, "person people residents inhabitants persons"],
  ["families", null, "family families"],
  ["strikes", null, "strike strikes airstrikes airstrike raids"],
  ["shells", null, "shell shells rockets missiles bombs"],
  ["houses", null, "house houses homes buildings"],
  ["villages", null, "village villages"],
  ["vehicles", null, "vehicle vehicles cars tanks trucks"],
  ["hours", null, "hour hours"],
  ["days", null, "day days"],
  ["weeks", null, "week weeks"],
  ["months", null, "month months"],
  ["years", null, "year years"],
  ["kilometres", null, "km kilometres kilometers"],
  ["other", null, "minute minutes percent dollars metres meters"],
];

type Add = (form: string, number: CountedNoun["number"]) => void;

function addForms(add: Add, singular: string, plurals: readonly string[]): void {
  const feminine = singular.endsWith("ة");
  const stem = feminine ? `${singular.slice(0, -1)}ت` : singular;
  add(singular, "singular");
  if (!feminine && !/[اىء]$/.test(singular)) add(`${singular}ا`, "singular");
  for (const plural of plurals) {
    const base = singular.replace(/ة$/, "");
    const forms =
      plural === "+ون"
        ? ["ون", "ين", "و", "ي"].map((end) => singular + end)
        : [plural === "+ات" ? `${base}ات` : plural];
    // "مدني" is the singular and "عسكري" too: only مقاتلي-like constructs differ from it, and are no figure of their own.
    for (const form of forms) add(form, "plural");
    for (const form of forms)
      for (const owner of ["ه", "ها", "هم", "هما", "نا"]) if (!/ا$/.test(form)) add(form + owner, "plural");
  }
  add(`${stem}ان`, "dual");
  add(`${stem}ين`, "dual");
}

function buildNouns(): ReadonlyMap<string, CountedNoun> {
  const table = new Map<string, CountedNoun>();
  for (const [counted, event, words] of LEXICON)
    for (const entry of words.split(", ")) {
      const [singular = "", ...plurals] = entry.split(" ");
      // The first reading of a form stays: a sound plural in ين is no dual.
      addForms(
        (form, number) => {
          const key = normalize(form);
          if (!table.has(key)) table.set(key, { counted, event, number });
        },
        singular,
        plurals,
      );
    }
  for (const [counted, event, words] of ENGLISH)
    for (const word of words.split(" ")) table.set(word, { counted, event, number: "plural" });
  return table;
}

/** Counted nouns by their normalised form, without proclitics. */
export const COUNTED_NOUNS: ReadonlyMap<string, CountedNoun> = buildNouns();

/** Classes of which people are the members: only of these can an event of death or injury be told. */
export const PEOPLE: ReadonlySet<CountedClass> = new Set<CountedClass>([
  "dead",
  "wounded",
  "casualties",
  "kidnapped",
  "detained",
  "displaced",
  "civilians",
  "fighters",
  "children",
  "women",
  "men",
  "people",
  "families",
]);
