import { searchKey } from "../text/normalize.ts";
import { core } from "./word-forms.ts";

/**
 * Words that reports may have in place of a question's own: other forms and near synonyms of what reports of war
 * tell, the Levantine word, the English word. Each line is one set; a word of it stands for all of them. Behind "|"
 * stand Levantine words that no report uses.
 */
const SETS = `
قتل مقتل راح قتلى قتيل قتيلا قتلوا استشهد استشهدوا شهيد شهداء شهيدا ضحايا مصرع سقط سقوط en2atal 2atal maat killed dead died deaths death kill martyrs ضحية لقوا لقي | مات ماتوا انقتل انقتلوا
جريح جرحى اصيب اصابة اصابات جراح مصاب مصابين wounded injured injuries | انجرح
اختطف اختطاف خطف خطفوا مخطوف مخطوفين مختطف kidnap kidnapped abducted abduct | خطفهن المخطوفين انخطف انخطفوا
اعدم اعدام اعدموا executed execute execution صفوا تصفية
معركة معارك اشتباك اشتباكات قتال مواجهات clashes clash battle battles fighting fights
قصف غارة غارات ضربة ضربات جوية استهدف استهدفت استهداف ضرب airstrikes airstrike strikes strike raids shelling bombing bombed bombardment طال طالت | ضربوا انقصف نقصف انضرب انضربت
دخل دخلت دخول اقتحم اقتحام اقتحامها توغل توغلت enter entered entry storm stormed | فات فاتوا
سيطر سيطرت سيطرة السيطرة خاضع الخاضعة استعادة استعاد اخذ مسيطر حررت حرر تحرير saytar control controlled captured capture seized seize took taken held استرداد استرد استردت | اخذوا اخد اخدت اخدوا اخدوها اخدتها تاخدها
بدا بدء بدات اندلع اندلعت انطلق began begin started start اشتعل اشتعلت نشب نشبت | بلش بلشت
انتهى انتهت انتهاء ended end finished | خلص
خرج خرجت خروج اخرج اخرجت انسحب انسحاب ينسحب انسحابات withdraw withdrew left withdrawn تراجع تراجعت يتراجع انكفاء انكفات تقهقر | طلع طلعوا فل فلوا فلت
فك كسر رفع حصار الحصار حاصر حصارها تحاصر يحاصر محاصرة المحاصرة siege besieged lift lifted break broke طوق تطويق طوقت مطوقة
هجوم هجمات هاجم يهاجم هجومه attack attacks attacked offensive assault
عنصر عناصر مقاتل مقاتلين مقاتلي مسلح مسلحين واحد fighters fighter militants soldiers soldier جندي جنود عسكري عسكريين | عساكر
مدني مدنيا مدنيين المدنيين مواطن مواطنين civilians civilian
شخص شخصا اشخاص people persons person
سكان اهالي residents population inhabitants قاطنين قاطنون القاطنين | ناس الناس
بقي بقيت يزال متبقية المتبقية ظل remained remain remaining stayed مازال لايزال | ضل ضلوا لسا لسه
مضى مضت منذ
وصف سمى تسمى يسمى اسم يعد عد يعتبر
وزع وزعت توزيع توزيعها
مجاور المجاور محاذي المحاذية
شن شنت نفذ نفذت ينفذ تنفيذ
معه مع
اول اولى اولا first
داخل inside within | جوا
وصل وصلت وصول وصلوا يصل تصل لتصل بلغ بلغت reach reached arrive arrived
قال قالت صرح صرحت بيان ذكر ذكرت افاد say said says statement stated
تقود يقود قاد قيادة leads led leading
كمين كمائن ambush ambushes
خسائر خسارات خسارة خسر خسرها losses loss lost فقد فقدت فقدوا فقدان
تقدم تقدما احرز احرزت advance advanced gains progress زحف
طائرات طيران مقاتلات طائرة planes aircraft warplanes | طيارات
مدفعية مدفعي قذائف هاون artillery mortar shells
مدينة city
حي احياء neighborhood neighborhoods neighbourhood neighbourhoods district districts quarter
قرية قرى village villages | ضيعة ضيع
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
نفط خام oil crude وقود محروقات
اطارات tires tyres عجلات | دواليب
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
تعزيزات استقدام reinforcements امدادات حشود حشد تحشدات
طقس الاحوال الجوية weather
تلغرام تليغرام تطبيق telegram
جبهة جبهات تماس محور محاور
اجبر اجبرت اجبار ارغم ارغمت ارغام
ادخل ادخال جلب احضر نقل | جاب جابت جابوا
دعم اسناد مساندة يساند تساند المدعمة مدعومة
هرب هارب فر فروا فرار
سجن حبس حبسوا
فصل طرد اقالة
رفض يرفض امتنع
اغلب معظم غالبية اكثرية اغلبية
محاصر محاصرين عالق عالقين | علقانين علقان
عائلة عائلات عوائل اسرة ذوي اقارب
فشل فشلت اخفق اخفقت اخفاق جدوى
ايقاف صد تصدى منع
بغية هدف غاية غرض اهداف
رجح رجحت ترجيح توقع توقعت
متزامن بالتزامن تزامن
تجدد تجددت استئناف عادت | رجعت رجع ترجع
استمر استمرت دام دامت تواصل تواصلت
استكمال اكتمل اكتملت كامل
عنيف عنيفة اعنف شرس شديد ضراوة
موقع مواقع مركز مراكز نقطة نقاط مقر مقرات
نشر نشرت اذاع اذاعت بث بثت اعلن اعلنت
انتصار انتصارات نصر مكسب مكاسب
صمد صمود قاوم مقاوم مقاومة
فرن مخبز bakery
`;

function readSets(): ReadonlyMap<string, readonly string[]> {
  const byWord = new Map<string, string[]>();
  for (const line of SETS.trim().split("\n")) {
    const set = line.replace("|", "").trim().split(/\s+/).map(searchKey);
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

const DIALECT = new Set(
  SETS.split("\n").flatMap((line) => (line.split("|")[1] ?? "").split(/\s+/).filter(Boolean).map(searchKey)),
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
