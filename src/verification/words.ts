/** Content words of claims and quotations, and when one stands for another. */
import { alternatives } from "../question/glossary.ts";
import { core } from "../question/word-forms.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import { isFunctionWord } from "../text/tokens.ts";
import { type EventClass, triggerOf } from "./events/lexicon.ts";

export interface ContentWord {
  readonly key: string;
  readonly span: Span;
}

const WORD = /[\p{L}\p{M}ـ]+/gu;

/** Words that carry a sentence and say nothing that a source must say. Normalised. */
const LIGHT = new Set(
  `كان كانت كانوا قد لقد تم تمت جري جرت يذكر ان انه انها انهم بان بانه بانها وان وانه وانها بعد قبل منذ خلال عند عقب اثر حتي ثم فيما بينما كما حين حيث اذ اذا لو لكن
  وذلك ذلك هذه هذا تلك هناك هنا عليه عليها فيه فيها منه منها منهم منهن بينهم بينها بينهن له لها لهم به بها هو هي هم كل بعض اي غير سوي الا نحو حوالي قرابه زهاء اكثر اقل ازيد يزيد
  يقل تقل لا لم لن ليس ما مما عدد عده عدد العدد واحد يوم اليوم صباح مساء فجر ليل ظهر شهر عام سنه تاريخ الماضي الماضيه الفايت الفايته السابق نفسه نفسها ذاته ذاتها ايضا الاقل
  بشكل بصوره بصفه ضمن داخل حول عبر لدي ضد وسط قرب القريبه القريب المحاذيه من الي في علي عن مع بين او ام بل وقد فقد اما تمكن تمكنت استطاع استطاعت نجحت نجح قام قامت قيام عمليه عمليات
  بحسب حسب وفق وفقا لوفق قال قالت افاد افادت ذكر ذكرت وثق رصد اكد اكدت اعلن اعلنت نقل تقرير تقول يقول تتحدث يتحدث المصادر مصادر مصدر معلومات انباء ترجيح رجح رجحت
  هجوم مدينه المدينه حي الحي احياء حيي بلده قريه قري قريتا منطقه مناطق محافظه محافظتي ريف الريف جهه جانب طرف حالي حاليا قوات عناصر عنصر عنصرا باقي سايره اخر اخري اخره
  مزيد امام مثل نقلت نشر نشرت وصفت وصف ورد ورود العنوان عنوان المتن النص اكثرها اكبرها اولها اخرها بلغ بلغت ارتفع ارتفعت تجاوز تجاوزت تقع يقع سبقت سبق طوال الطرفين للطرفين الجانبين الطرفان فقط كذلك يوجد توجد وجود مطلع بدايه نهايه اواخر اوايل فور مباشره تدور دارت شملت تشمل ترافق ترافقت تزامن تزامنت معها معه معهم لاول لاولي مره المره للمره عملت عمل شهدت شهد جاء جاءت ياتي تاتي يعد تعد يعتبر وقع وقعت اصبح اصبحت ظل ظلت بقي بقيت زال زالت يزال تزال مازال تزالت مازالت`
    .split(/\s+/)
    .map(searchKey),
);

/** Words of claims for words of reports, beyond the glossary of questions. Each line is one set. */
const SETS = `
اوقع اوقعت اسفر اسفرت خلف خلفت ادي ادت تسبب تسببت سبب بسبب نتيجه جراء بفعل اثر سقط سقوط
معارك معركه اشتباكات اشتباك قتال مواجهات المعارك القتال اشتبكت
غاره غارات ضربه ضربات قصف قصفت قصفا جويه جوي مقاتلات طايرات طيران استهدف استهدفت طالت تعرضت غارات
مدفعيه مدفعي قذايف هاون صاروخي صواريخ قصف
هجوم هجمات هجوما شن شنت نفذ نفذت تنفيذ هاجم هاجمت مباغت مباغتا بدا بدات بدء انطلق اطلق كماين كمين
خسر خسرت خساره خسارت خسارات خساير فقد فقدت افقدته تكبدت تكبد
خرج خرجت خروج اخرج اخرجت اخرجته انسحب انسحبت انسحاب انسحابات تراجع تراجعت التراجع طرد فقد
اختطف اختطفت خطف خطفت اختطاف اختطف
نزح نزحت نزوح غادر فر
اجبر اجبرت ارغم ارغمت اجبار الزم
استقدم استقدام تعزيزات حشد حشدت بحشد جلب
ادخل ادخلت ادخال بادخال وزع وزعت توزيع توزيعها
سيء السييه سوء رديء
بدعم مساند مساند مسانده دعم دعما بدعم مدعوم مدعومه المدعومه المدعمه باسناد اسناد ساند لمسانده بمساندته
كثف كثفت تكثف مكثف مكثفه المكثف تكثيف
عنيف عنيفه العنيف العنيفه بعنف عنفا اعنف الاعنف ضاريه شرس شرسا
نجح تمكن استطاع
ارتفع ارتفعت بلغ بلغت وصل وصلت حصيله حصيلتهم
قضي قضوا استشهد استشهدوا قتل مقتل قتلي لقي مصرعهم حتفهم مصرع سقط شهداء شهيد شهيدا ضحايا ارواح بحياه اودي
سعي سعت سعيها حاول حاولت محاوله محاولات يحاول تحاول محاولته
اخر اخرت تاخير تعطيل
حافظ محافظا لحفاظه حفاظ احتفظ يحتفظ محافظ ما زال سيطره
اكبر الاكبر اضخم
يضم تضم فيه يحوي تحوي
سكان سكانها الاهالي اهالي
كامل كامله الكامله كليا بالكامل
حليف حليفه حلفاء حلفاوها متحالف متحالفه موالي موالين موالون مليشيات ميليشيات
خسر خسرت قتل مقتل قتيل قتلي قتيلا
قاوم مقاوما تصدي صمد
خلو تخلو خالي خاليه
متتاليه متتالي متكرره متلاحقه المتتاليه
تجدد تجددت تجددا عاد استونفت
مقابل المقابله قباله مواجهه
محاذيه المحاذيه القريبه قريبه قرب مجاور المجاور
مطل المطل المشرف
اوقف ايقاف لايقاف وقف لوقف صد
نفع تنفع تفد افاد افادت يفد جدوي
رجح رجحت ترجيح يرجح مرجح
تحضير يتحضر يحضر تحضيرا يعد يستعد استعداد يجهز
اول اولي الاول الاولي
معظم اغلب غالبيه اكثر
متبقي المتبقيه الباقيه تبقي بقي الباقي
خاضع الخاضعه خاضعه تحت سيطره بيد
حوصر حوصرت حصار حصارها محاصره حاصر يحاصر تحاصر المحاصره
هدوء هادي
دام استمر استمرت استمرار لساعات متواصله تواصل يتواصل
ضيق ضيقت تضييق التضييق الخناق
استغل استغلال استغلت
هز هزت تهز انفجارات الانفجارات
شيع شيعت تشييع جنازه
هدد قرار القرار
فصل وفصل بفصل
مواقع مواقعه مواقعها مناطق اماكن نقاط
مختلفه متفاوته
امراه امراتان سيده مواطنه مواطنتان نساء
ابن طفل طفلها طفلان اطفال
`;

const FAMILY = new Map<string, Set<number>>();
for (const [index, line] of SETS.trim().split("\n").entries())
  for (const word of line.split(/\s+/))
    for (const key of new Set([searchKey(word), root(searchKey(word))]))
      FAMILY.set(key, (FAMILY.get(key) ?? new Set()).add(index));

/** A word's consonants without what inflection adds: what broken plurals and verbs of one root share. */
export function root(word: string): string {
  const stem = core(word.replace(/^[وف](?=\p{L}{4,})/u, "").replace(/^[بل](?=\p{L}{4,})/u, ""));
  const bare = stem.replace(/^(?:است|مت|ال|م|ت|ي|ن)(?=\p{L}{3,})/u, "").replace(/[اويه]/g, "");
  return bare.length >= 2 ? bare : stem;
}

function families(word: string): readonly number[] {
  const bare = word.replace(/^[وفبل](?=\p{L}{3,})/u, "");
  return [word, bare, core(word), core(bare), root(word)].flatMap((key) => [...(FAMILY.get(key) ?? [])]);
}

/** The content words of a text outside some spans. */
export function contentWords(text: string, without: readonly Span[]): readonly ContentWord[] {
  return [...text.matchAll(WORD)].flatMap((match): ContentWord[] => {
    const span: Span = [match.index, match.index + match[0].length];
    const key = searchKey(match[0]);
    const bare = key.replace(/^[وف](?=\p{L}{2,})/u, "");
    if (bare.length < 2 || without.some((other) => other[0] < span[1] && span[0] < other[1])) return [];
    const light = [key, bare, bare.replace(/^[بل](?=\p{L}{3,})/u, ""), bare.replace(/^لل|^بال/, "ال")];
    return light.some((form) => LIGHT.has(form) || isFunctionWord(form)) ? [] : [{ key, span }];
  });
}

/** What the words of quotations stand for. */
export interface Vocabulary {
  readonly keys: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  readonly families: ReadonlySet<number>;
  readonly events: ReadonlySet<string>;
}

export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const words = texts.flatMap((text) => (text.match(WORD) ?? []).map(searchKey));
  const keys = new Set(words.flatMap((word) => [word, core(word)]));
  return {
    keys,
    roots: new Set(words.map(root)),
    families: new Set(words.flatMap(families)),
    events: new Set(words.flatMap((word) => triggerOf(word)?.cls ?? [])),
  };
}

/** Deeds that tell another one along with them. */
const NEAR: Readonly<Partial<Record<EventClass, readonly EventClass[]>>> = {
  advance: ["push", "storm", "enter", "control"],
  shell: ["attack"],
  attack: ["shell"],
  withdraw: ["force", "lose"],
  force: ["withdraw"],
  lose: ["withdraw", "force", "kill"],
};

/** Whether quotations have a word, a form of it, or another word for the same. */
export function covers({ keys, roots, families: known, events }: Vocabulary, word: string): boolean {
  const bare = word.replace(/^[وفبل](?=\p{L}{3,})/u, "");
  const forms = [word, bare, core(word), core(bare), core(bare.replace(/ا$/, ""))];
  if (forms.some((form) => keys.has(form))) return true;
  const stem = root(word);
  if (stem.length >= 3 && roots.has(stem)) return true;
  if (families(word).some((family) => known.has(family))) return true;
  const event = triggerOf(word)?.cls;
  if (event !== undefined && [event, ...(NEAR[event] ?? [])].some((cls) => events.has(cls))) return true;
  return forms.some((form) => alternatives(form).some((other) => keys.has(other) || keys.has(core(other))));
}
