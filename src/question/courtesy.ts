/** The polite frame around a question ("هل يمكن أن تخبرني كم …"): taken off, so that what is asked decides its kind. */
import { searchKey } from "../text/normalize.ts";

const alternatives = (words: string): string => `(?:${words.trim().split(/\s+/).join("|")})`;

const PLEASE =
  "(?:لو سمحت(?:م|ي|وا|و)?|من فضل(?:ك|كم|كن)|اذا سمحت(?:م|ي|و)?|بعد اذن(?:ك|كم)|رجاء|الرجاء|عفوا|بليز)";
const PEOPLE = `يا ${alternatives("اخي اختي اخوتي اخوان اخوه جماعه شباب صديقي بوت عالم ناس اسناد")}`;
const GREETING =
  "(?:السلام عليكم(?: ورحمه الله)?(?: وبركاته)?|سلام عليكم|سلام|مرحبا|مرحبتين|اهلا(?: وسهلا)?|صباح الخير|مساء الخير|يعطيك(?:م)? العافيه|تحيه طيبه|تحياتي)";
const CAN = alternatives(
  "ممكن يمكن يمكنك يمكنكم يمكنني بامكانك بامكانكم بامكاني تستطيع تستطيعون تستطيعوا استطيع تقدر تقدرون تقدروا بتقدر بتقدروا اقدر بقدر فيك فيكم فيكن فيني فيي فينا هلا",
);
const WANT = alternatives(
  "اريد نريد بدي بدنا ودي اود نود ارغب احب حابب حابه عايز عاوز ابغي ابي محتاج محتاجه احتاج",
);
const TELL = `(?:${alternatives(
  "تخبرني تخبروني تخبرنا تخبرونا تقلي تقلولي تقولي تحكيلي تحكولي تجيبني تجيبوني توضح توضحوا تفيدني تفيدوني تفيدنا تعطيني تعطوني تذكر تشرح تبين تشوفلي تعرفلي تقول تقولوا تحكي تخبر اعرف نعرف اعلم اسال نسال افهم استفسر استعلم معرفه الاستفسار السوال خبرني خبروني قلي قولولي احكيلي اعطيني",
)}(?: لي| لنا)?)`;
const TELL_ME = `(?:${alternatives(
  "اخبرني اخبروني اخبرنا خبرني خبروني قلي قولي قولولي قلولي احكيلي احكولي حدثني حدثونا افدني افيدوني افيدونا وضح وضحوا اعلمني اعلموني اجبني اجيبوني",
)}|(?:قل|قولوا|اذكر|اذكروا) (?:لي|لنا))(?: لي| لنا)?`;
const KNOW = alternatives(
  "تعرف تعرفون تعرفوا تعرفين بتعرف بتعرفوا بتعرفو تعلم تعلمون تعلموا تعلمين تدري تدرون عارف عارفين",
);
/** What a person asks to be told of ("معلومات عن", "في التقارير"); after it stands what is asked. */
const NEWS =
  "(?:(?:اي|ايه|شي|بعض|كل|ما|ال|هل)? ?(?:ال)?(?:معلومات|معلومه|اخبار|خبر|تفاصيل|شيء|شي|فكره|علم|بيانات|احصاء|احصائيه|احصاءات|ارقام|رقم|تقارير|تقرير|مصادر))";
const HAVE = alternatives(
  "لديك لديكم لدي عندك عندكم عندكن معك معكم يوجد توجد هناك هنالك في فيه ورد وردت يتوفر تتوفر",
);
const REPORTS = "(?:(?:ب|في )?(?:هذه |هال)?(?:ال)?(?:تقارير|تقرير|ارشيف|مصادر)(?:كم|ك)?)";
const SAYS = alternatives("تذكر ذكرت تقول قالت تتحدث تحدثت تبين تورد اوردت تحدد حددت توضح اوضحت");
const ABOUT = "(?:عن|حول|بخصوص|بشان|بصدد)";

/** One frame each, at the head of a normalised question; what follows must ask something by itself. */
const BEFORE_QUESTION: readonly RegExp[] = [
  new RegExp(`^(?:و|ف)?(?:${PLEASE}|${PEOPLE}|${GREETING}) `),
  new RegExp(`^(?:هل )?(?:${CAN}|${WANT})(?: ${PLEASE})?(?: ان)? ${TELL}(?: ${ABOUT})? `),
  new RegExp(`^(?:هل )?${TELL_ME}(?: ${PLEASE})?(?: ${ABOUT})? `),
  new RegExp(`^(?:هل )?${KNOW}(?: لي| لنا)? `),
  new RegExp(`^هل (?:${HAVE}|${SAYS})(?: ${REPORTS})?(?: ${NEWS})?(?: ${ABOUT})? `),
  new RegExp(`^هل ${REPORTS} ${SAYS}(?: ${ABOUT})? `),
  new RegExp(`^(?:سوالي|السوال|سؤالي|عندي سوال|لدي سوال|سوال)(?: هو)?(?: ${ABOUT})? `),
];
/** Frames after which anything is a topic ("هل لديكم معلومات عن الميادين"). */
const BEFORE_TOPIC: readonly RegExp[] = [
  new RegExp(
    `^(?:هل )?(?:${CAN}|${WANT})(?: ${PLEASE})?(?: ان)? (?:${TELL}|اعطائي|تزويدي) (?:${NEWS} )?${ABOUT} `,
  ),
  new RegExp(`^(?:هل )?${TELL_ME}(?: ${PLEASE})? (?:${NEWS} )?${ABOUT} `),
  new RegExp(`^(?:هل )?(?:${HAVE})(?: ${REPORTS})? ${NEWS}(?: ${REPORTS})? ${ABOUT} `),
];
const ASKING =
  /^(?:هل|[وفبل]?(?:كم|متي|اين|وين|من|مين|ما|ماذا|شو|ايش|وش|شنو|لماذا|ليش|كيف|اي|ايه|عدد|حصيله|قديش|كام|شقد|ايمتي|امتي|علام|لمن|ممن|عم|اسم|اسماء))(?: |$)/;
/** "هل تعلم إن كان …" asks yes or no. */
const WHETHER = /^(?:ان كان|ان كانت|اذا|اذا كان|اذا ما|ما اذا)(?: كان| كانت)? /;
const AT_END = new RegExp(` (?:${PLEASE}|شكرا|شكرا جزيلا|شكرا لكم|مع الشكر|وشكرا)$`);

/** Frames are looked for among so many words at the head, and so many of them at most: a text may be nothing but frames. */
const HEAD_WORDS = 40;
const MOST_FRAMES = 5;
const TAIL_WORDS = 5;

interface Word {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{Nd}ـ]+/gu)].map(({ 0: raw, index }) => ({
    key: searchKey(raw),
    start: index,
    end: index + raw.length,
  }));
}

function lineOf(words: readonly Word[]): string {
  return words.map(({ key }) => key).join(" ");
}

/** How many words at the head of a line are polite frame. */
function frameLength(line: string): number {
  for (const [frames, goesOn] of [
    [BEFORE_TOPIC, null],
    [BEFORE_QUESTION, ASKING],
  ] as const) {
    for (const frame of frames) {
      const found = frame.exec(line)?.[0];
      if (found === undefined) continue;
      const rest = line.slice(found.length);
      if (goesOn === null || goesOn.test(rest) || WHETHER.test(rest) || frameLength(rest) > 0)
        return found.trim().split(" ").length;
    }
  }
  return 0;
}

/**
 * A question without what only asks politely for an answer. Frames may be nested ("لو سمحت، هل يمكن أن تخبرني كم …"). What
 * remains keeps its letters and marks; a text that is nothing but a frame is given back as it is. Pure, linear.
 */
export function withoutCourtesy(text: string): string {
  const words = wordsOf(text);
  let from = 0;
  let to = words.length;
  const head = (): string => lineOf(words.slice(from, from + HEAD_WORDS));
  for (let frames = 0; frames < MOST_FRAMES; frames += 1) {
    const length = frameLength(head());
    if (length === 0) break;
    from += length;
  }
  const tail = AT_END.exec(lineOf(words.slice(Math.max(from, to - TAIL_WORDS), to)))?.[0];
  if (tail !== undefined && from > 0) to -= tail.trim().split(" ").length;
  const whether = WHETHER.exec(head())?.[0];
  if (from > 0 && whether !== undefined) from += whether.trim().split(" ").length;
  const first = words[from];
  const last = words[to - 1];
  if (from === 0 || first === undefined || last === undefined) return text;
  const end = to === words.length ? text.length : last.end;
  const mark = /[?؟]\s*$/u.exec(text)?.[0] ?? "";
  const rest = text.slice(first.start, end);
  const asked = whether === undefined ? rest : `هل ${rest}`;
  return to === words.length ? asked : `${asked}${mark}`;
}
