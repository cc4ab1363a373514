import { normalize } from "../normalize.ts";

/** A set of normalised words, for lookUp. */
export function wordSet(words: string): ReadonlyMap<string, true> {
  return new Map(words.split(/\s+/).map((word) => [normalize(word), true] as const));
}

export const MONTHS = wordSet(
  `كانون شباط آذار اذار نيسان أيار حزيران تموز آب أيلول تشرين يناير فبراير مارس أبريل ابريل إبريل مايو ماي يونيو يونية يوليو
  يوليوز أغسطس اغسطس غشت سبتمبر شتنبر أكتوبر اكتوبر نوفمبر نونبر ديسمبر دجنبر جانفي فيفري أفريل جوان جويلية أوت محرم صفر
  ربيع جمادى جمادي رجب شعبان رمضان شوال january february march april may june july august september october november
  december jan feb mar apr jun jul aug sep sept oct nov dec ت1 ت2 ك1 ك2`,
);
export const WEEKDAYS = wordSet(
  "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أحد ثلاثاء أربعاء خميس جمعة سبت",
);

/** After "من" they make the number before it a day: "الـ 8 من الشهر ذاته", "5 من الجاري". */
export const DAY_OWNERS = wordSet("الشهر الجاري الحالي الفائت المنصرم الماضي المقبل شهر ذات هذا");
export const YEAR_HEADS = wordSet("عام سنة العام السنة year in since");
export const DAY_PARTS = wordSet("صباحا مساء فجرا ظهرا عصرا ليلا الصبح المسا العصر الظهر الفجر am pm");
export const CLOCK_HEADS = wordSet("الساعة");

/** What a number after them names instead of counting: "اللواء 137", "القرار 2254", "عيار 23", "ميغ 23". */
export const NAMED_BY_NUMBER = wordSet(
  `لواء لواءين ألوية فرقة فرقتين فرقتي فوج كتيبة سرية فصيلة قرار قرارين مادة مواد رقم أرقام فصل بند طراز عيار عيارين أعيرة قطعة
  غرفة قناة جنيف أستانا أستانة سوتشي صفحة ص مرحلة رحلة شارع طريق أوتوستراد فرع حقل محطة ملحق ميغ ميج سوخوي سو إف إس تي غراد
  هاون مدفع رشاش رشاشات مدافع دوشكا طيران طائرة منطقة قطاع مجموعة دفعة حلقة جزء باب سورة آية ساتر نموذج خط إحداثية نقطة فيلق جيش كيلو مرتبة نسخة إصدار مركز طابق بوابة موسم
  brigade division resolution unit regiment battalion number no article page figure chapter mig su channel`,
);
export const MILLIMETRES = wordSet("ملم مم ميليمتر مليمتر ملليمتر مليمترا ميليمترا mm");

export const ORDINALS = wordSet(
  `أول أولى ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة حادي حادية`,
);

/** Words that end the search for a noun or an event: what follows or precedes them is another statement. */
export const CONNECTORS = wordSet(
  `حيث فيما بينما كما إذ إذا حين لكن بيد التي الذي الذين اللواتي اللاتي اللتين اللذين علما مشيرا مؤكدا موضحا مضيفا أنه أنها إلا while whereas
  ثم بحسب`,
);

/** Words that are never the counted noun. */
export const FUNCTION_WORDS = wordSet(
  `من في على عن إلى الى حتى مع بين بينهم بينهن بينها منهم منهن منها منه ضمنهم هم هن هي هو كانوا كان كانت و أو او ثم قد لا لم لن ما ليس غير سوى بعد قبل خلال عند
  عقب جراء إثر أثر نتيجة بسبب أثناء منذ ضمن داخل خارج قرب لدى حول ضد عبر نحو دون تحت فوق أمام خلف كل بعض جميع أي هذا هذه ذلك تلك هناك هنا
  حيث فيما بينما كما إذ إذا حين لكن التي الذي الذين أن إن أنه أنها إلا بحسب وفق وفقا جاء جاؤوا أكثر أقل تقريبا فقط أيضا حاليا حينها آنذاك اليوم أمس غدا
  لهم له لها فيها فيه عليها عليه إليها لكل بهم بها به كحد بحد آخرون آخرين أخرى أخريات استشهدوا قتلوا أصيبوا جرحوا قضوا اختطفوا اعتقلوا نزحوا نحو استهدفت استهدف
  معظمهم أغلبهم غالبيتهم جميعهم كلهم بجروح بجراح وذلك إضافة بالإضافة فضلا ونيف نيف وهو وهي وهم كانون والباقي البقية الجاري الماضي الماضية الفائتة الفائت المنصرم الأخيرة القادمة
  واحد واحدة حدا بل
  of in on at from to and or by with the were was are is have had been among including who that during after before since killed wounded`,
);

/** Verbs whose object is no victim of an event told further left. */
export const OTHER_VERBS = wordSet(
  `استهدف استهدفت تستهدف يستهدف يضم تضم دمر دمرت تدمير حاصر حاصرت يحاصر شارك شاركت أرسل أرسلت إرسال وصل وصلت وصول سيطر سيطرت هاجم هاجمت يقطنها يسكنها يقيم
  يعيش يعيشون بقي يبقى أطلق أطلقت نفذ نفذت شن شنت استقدم بحاجة تحرير أفرج إفراج الإفراج عودة عاد`,
);
