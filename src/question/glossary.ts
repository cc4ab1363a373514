import { searchKey } from "../text/normalize.ts";
import { core } from "./word-forms.ts";

/**
 * Words that reports may have in place of a question's own: other forms and near synonyms of what reports of war
 * tell, the Levantine word, the English word. Each line is one set; a word of it stands for all of them.
 */
const SETS = `
قتل مقتل راح قتلى قتيل قتيلا قتلوا استشهد استشهدوا شهيد شهداء شهيدا ضحايا مصرع مات ماتوا انقتل انقتلوا سقط سقوط en2atal 2atal maat killed dead died deaths death kill martyrs
جريح جرحى اصيب اصابة اصابات جراح مصاب مصابين انجرح wounded injured injuries
اختطف اختطاف خطف خطفهن خطفوا مخطوف مخطوفين المخطوفين مختطف انخطف انخطفوا kidnap kidnapped abducted abduct
اعدم اعدام اعدموا executed execute execution
معركة معارك اشتباك اشتباكات قتال مواجهات clashes clash battle battles fighting fights
قصف غارة غارات ضربة ضربات جوية استهدف استهدفت استهداف ضرب ضربوا airstrikes airstrike strikes strike raids shelling bombing bombed bombardment
دخل دخلت دخول فات فاتوا اقتحم اقتحام اقتحامها توغل توغلت enter entered entry storm stormed
سيطر سيطرت سيطرة السيطرة خاضع الخاضعة استعادة استعاد اخذ اخذوا مسيطر حررت حرر تحرير saytar control controlled captured capture seized seize took taken held
بدا بدء بدات اندلع اندلعت انطلق بلش بلشت began begin started start
انتهى انتهت انتهاء خلص ended end finished
خرج خرجت خروج اخرج اخرجت انسحب انسحاب ينسحب انسحابات طلع طلعوا withdraw withdrew left withdrawn
فك كسر رفع حصار الحصار حاصر حصارها تحاصر يحاصر محاصرة المحاصرة siege besieged lift lifted break broke
هجوم هجمات هاجم يهاجم هجومه attack attacks attacked offensive assault
عنصر عناصر مقاتل مقاتلين مقاتلي مسلح مسلحين واحد fighters fighter militants soldiers soldier
مدني مدنيا مدنيين المدنيين مواطن مواطنين civilians civilian
شخص شخصا اشخاص people persons person
سكان اهالي ناس الناس residents population inhabitants
بقي بقيت يزال متبقية المتبقية ضل ظل ضلوا remained remain remaining stayed
مضى مضت منذ
وصف سمى تسمى يسمى اسم يعد عد يعتبر
وزع وزعت توزيع توزيعها
مجاور المجاور محاذي المحاذية
شن شنت نفذ نفذت ينفذ تنفيذ
معه مع
اول اولى اولا first
داخل جوا inside within
وصل وصلت وصول وصلوا يصل تصل لتصل بلغ بلغت reach reached arrive arrived
قال قالت صرح صرحت بيان ذكر ذكرت افاد say said says statement stated
تقود يقود قاد قيادة leads led leading
كمين كمائن ambush ambushes
خسائر خسارات خسارة خسر خسرها losses loss lost
تقدم تقدما احرز احرزت advance advanced gains progress
طائرات طيران طيارات مقاتلات طائرة planes aircraft warplanes
مدفعية مدفعي قذائف هاون artillery mortar shells
مدينة city
حي احياء neighborhood neighborhoods neighbourhood neighbourhoods district districts quarter
قرية قرى village villages
بلدة town
شرق شرقي الشرقي الشرقية east eastern
غرب غربي الغربي الغربية west western
شمال شمالي north northern
جنوب جنوبي south southern
ضفة ضفاف الضفاف bank banks
عملية عمليات operation operations
قاعدة القاعدة base
روسية روسيا الروسية الروسي الروس russian russia
نظام النظام الحكومة regime government
قوات القوات الجيش جيش forces force army troops
مليشيات ميليشيات militias militia
مطار airport
مشفى مستشفى hospital
مدرسة school
شارع street
جبل الجبل mountain
جسر bridge
نفط خام oil crude
اطارات tires tyres
كهرباء الكهرباء electricity
شركة company
موظف موظفين الموظفين الموظفون موظفيين employees employee
طفل طفلا اطفال طفلان children child
امراة سيدة مواطنة مواطنتان نساء women woman
ساعة ساعات hours hour
يوم يوما ايام days
سنة سنوات عام اعوام years
اسبوع اسابيع اسبوعين weeks
اهمية مهم مهما المهمة اكبر الاكبر استراتيجي الاستراتيجي importance important
محاولة تحاول حاولت سعت try tried attempt
نزح نزوح نازح نازحين displaced fled
تعزيزات استقدام reinforcements
طقس الاحوال الجوية weather
تلغرام تليغرام تطبيق telegram
`;

function readSets(): ReadonlyMap<string, readonly string[]> {
  const byWord = new Map<string, string[]>();
  for (const line of SETS.trim().split("\n")) {
    const set = line.split(/\s+/).map(searchKey);
    for (const word of set) {
      for (const key of new Set([word, core(word)])) byWord.set(key, [...(byWord.get(key) ?? []), ...set]);
    }
  }
  return byWord;
}

const BY_WORD = readSets();

/** Words that may stand for a normalised word, itself first. */
export function alternatives(word: string): readonly string[] {
  const known = BY_WORD.get(word) ?? BY_WORD.get(core(word)) ?? [];
  return [word, ...known.filter((other) => other !== word)];
}

/** Levantine words that no report uses: what reports say stands in their set. */
const DIALECT = new Set(
  "انخطف انخطفوا مات ماتوا انقتل انقتلوا انجرح خطفهن اخذوا فات فاتوا بلش بلشت خلص طلع طلعوا ضل ضلوا جوا طيارات ناس الناس ضربوا المخطوفين".split(
    " ",
  ),
);
const WORDS_ADDED = 4;

/** Words that reports use for the English and Levantine words of a question; empty when it has none that are known. */
export function reportWords(words: readonly string[]): string {
  const foreign = words.filter((word) => /^[a-z]/.test(word) || DIALECT.has(word));
  const found = foreign.flatMap((word) =>
    (BY_WORD.get(word) ?? [])
      .filter((other) => !/^[a-z]/.test(other) && !DIALECT.has(other))
      .slice(0, WORDS_ADDED),
  );
  return [...new Set(found)].join(" ");
}
