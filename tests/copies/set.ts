/**
 * A set for the grouping of copies: texts edited as editors of wire copy do, in several ways and strengths, against
 * different reports that look alike (one day and place, one form, one publisher's set paragraphs). Deterministic.
 */
import { readFileSync } from "node:fs";
import { type Compared, comparedReport } from "../../src/copies/similarity.ts";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { sketchOf } from "../../src/report/sketch.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";

const gazetteer = buildGazetteer((await readGazetteer("data")).places);

export interface Text {
  readonly publisher: string | null;
  readonly day: string | null;
  readonly body: string;
}

let made = 0;

export function compared({ publisher, day, body }: Text, id?: string): Compared {
  const published = { start: day, end: day, confidence: "stated" as const, why: "" };
  const report = { body, parts: [], published, eventDates: null, places: [] };
  made += 1;
  return comparedReport(id ?? `r${made}`, publisher, sketchOf(report, gazetteer));
}

/** A report of some paragraphs by which wire copy is edited: those of the collection, and short ones. */
export const WIRE: readonly string[] = [
  ...["000_3c5f58a11287295c", "002_9e121b45a6439d02", "003_68158fa51ebf8193", "004_4609ec8d4135fa32"].map(
    (id) => readFileSync(`data/reports/${id}.txt`, "utf8").split("\n").slice(1).join("\n"),
  ),
  "قُتل سبعة مدنيين بينهم طفلان وأصيب نحو عشرين آخرين بجروح متفاوتة، مساء أمس الأول، جراء غارات شنتها طائرات حربية على سوق شعبي وسط مدينة الميادين في ريف دير الزور الشرقي. وقال ناشطون إن الغارات استهدفت السوق في وقت الذروة، وإن فرق الإسعاف نقلت المصابين إلى مشافٍ ميدانية تعاني نقصاً حاداً في الأدوية. وتشهد المدينة قصفاً متواصلاً منذ أسبوعين أدى إلى نزوح مئات العائلات نحو القرى المجاورة.",
  "أعلن مجلس محلي في بلدة الشحيل توقف محطة المياه عن العمل بعد نفاد الوقود، محذراً من أزمة تطال أكثر من خمسة عشر ألف نسمة. وأوضح المجلس أن المحطة تحتاج إلى ألفي لتر من المازوت يومياً، وأن آخر كمية وصلت قبل تسعة أيام. وطالب السكان المنظمات بالتدخل قبل انتشار الأمراض المنقولة بالمياه الملوثة التي يلجأ إليها الأهالي من نهر الفرات.",
];

/** Different news of one day and place, by different hands. */
export const SAME_DAY: readonly string[] = [
  "سيطرت قوات النظام على حي الحميدية في مدينة دير الزور يوم 29 تشرين الأول 2017 بعد معارك عنيفة مع تنظيم الدولة، وفق ما أفادت وكالة سانا التي قالت إن وحدات الهندسة بدأت تفكيك الألغام التي زرعها التنظيم في الشوارع والأبنية السكنية وإن عشرات المدنيين خرجوا من الحي نحو مناطق آمنة.",
  "قال سكان من حي الحميدية في مدينة دير الزور إن القصف الجوي لم يتوقف يوم 29 تشرين الأول 2017، وإن عائلات كثيرة ما زالت عالقة في الأقبية بلا ماء ولا كهرباء، فيما منع التنظيم خروج الرجال من الحي وأجبر شباناً على حفر الخنادق قرب مدرسة خديجة الكبرى.",
  "أحصى ناشطون مقتل ثلاثة عشر مدنياً في حي الحميدية بمدينة دير الزور يوم 29 تشرين الأول 2017، قضوا تحت أنقاض بناء استهدفته طائرة حربية، وقالوا إن فرق الإنقاذ لم تستطع الوصول إلى المكان بسبب الاشتباكات الدائرة في محيط الفرن الآلي ومؤسسة المياه.",
  "دخلت قافلة مساعدات إلى أحياء مدينة دير الزور الخاضعة للنظام يوم 29 تشرين الأول 2017، بالتزامن مع معارك حي الحميدية، وضمت القافلة سلالاً غذائية وأدوية ومعدات طبية أرسلتها منظمة الهلال الأحمر، وجرى توزيعها على أحياء الجورة والقصور.",
];

/** Records by one form: another place, day or number is another event. */
export function records(): Text[] {
  const places = ["الميادين", "البوكمال", "موحسن", "الشحيل", "القورية", "العشارة", "هجين", "البصيرة"];
  return places.flatMap((place, index) =>
    [3, 17].map((day) => ({
      publisher: "شبكة التوثيق",
      day: `2017-05-${String(day + 1).padStart(2, "0")}`,
      body: `وثقت الشبكة مقتل ${index + day} مدنيين بينهم ${1 + (index % 3)} أطفال في ${place} بريف دير الزور يوم ${day} أيار 2017، جراء قصف من طائرات حربية يرجح أنها روسية استهدف الأحياء السكنية، وتعرضت منازل عدة لدمار كبير، ولم يتسن للشبكة التحقق من أسماء جميع الضحايا وقت إعداد هذا البيان.`,
    })),
  );
}

/** Two bulletins of one publisher that share set paragraphs; `share` of each is of its own day. */
export function bulletins(share: number): [Text, Text] {
  const own = [WIRE[4] ?? "", WIRE[5] ?? ""].map((text) => text.split(" "));
  const set = (WIRE[3] ?? "").split(/\s+/);
  const [first, second] = own.map((words, index) => {
    const setWords = set.slice(0, Math.round((words.length * (1 - share)) / share));
    return {
      publisher: "المرصد",
      day: `2017-05-0${index + 3}`,
      body: `${words.join(" ")}\n${setWords.join(" ")}`,
    };
  });
  return [first, second] as [Text, Text];
}

const POOL = "المصادر أكد مساء عدد خلال المنطقة بحسب الأهالي جديد بعد أنباء سابق محلية إلى تجدد واسع".split(
  " ",
);

/** Numbers 0 ≤ x < 1, the same for one seed. */
function random(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) / 2 ** 32;
  };
}

const sentences = (text: string): string[] =>
  text.split(/(?<=[.،؛])\s+|\n+/).filter((each) => each.trim() !== "");

export type Edit = (text: string, strength: number, seed: number) => string;

/** The ways of editing; `strength` is the share of words or sentences that they touch. */
export const EDITS: Readonly<Record<string, Edit>> = {
  /** Words put in place of others, here and there. */
  words: (text, strength, seed) => {
    const next = random(seed);
    return text.replace(
      /(?<!(?:في|من|على|إلى|مدينة|بلدة|حي|قرية|ريف|نحو|قرب) )(?<=\s)[^\s]+(?=\s)/g,
      (word) =>
        next() < strength / 2 && !/\d|^(?:مدينة|بلدة|حي|ريف|دير|الزور|في|من|على|إلى)$/.test(word)
          ? (POOL[Math.floor(next() * POOL.length)] ?? word)
          : word,
    );
  },
  /** Sentences left out. */
  cut: (text, strength, seed) => {
    const next = random(seed);
    const all = sentences(text);
    const kept = all.filter(() => next() >= strength);
    return (kept.length > 0 ? kept : all).join(" ");
  },
  /** Sentences of the editor's own put between. */
  added: (text, strength, seed) => {
    const next = random(seed);
    const own = sentences(`${SAME_DAY[3]} ${WIRE[seed % 2 === 0 ? 4 : 5]}`).filter(
      (each) => !text.includes(each),
    );
    return sentences(text)
      .flatMap((each) => (next() < strength ? [each, own[Math.floor(next() * own.length)] ?? ""] : [each]))
      .join(" ");
  },
  /** Sentences in another order, and another opening. */
  order: (text, strength, seed) => {
    const next = random(seed);
    const all = sentences(text);
    for (let at = 1; at < all.length; at += 1)
      if (next() < strength) all.splice(at - 1, 2, all[at] ?? "", all[at - 1] ?? "");
    return `أفادت مصادر محلية لمراسلنا اليوم بما يلي: ${all.join(" ")}`;
  },
  /** Numbers brought up to date, and a few words. */
  numbers: (text, strength, seed) =>
    EDITS.words?.(text, strength / 3, seed).replace(
      /(?<![\d/])\d{1,3}(?![\d/])(?! (?:تشرين|أيلول|كانون|أيار))/g,
      (n) => String(Number(n) + 1 + (seed % 3)),
    ) ?? text,
  /** All of it: cut, reworded and added to. */
  all: (text, strength, seed) =>
    ["cut", "words", "added"].reduce((now, kind) => EDITS[kind]?.(now, strength / 2, seed) ?? now, text),
};

export const STRENGTHS = [0.1, 0.2, 0.3, 0.4] as const;

export interface Pair {
  readonly kind: string;
  readonly a: Compared;
  readonly b: Compared;
  readonly copy: boolean;
}

/** All pairs of the set. */
export function pairs(): Pair[] {
  const list: Pair[] = [];
  const push = (kind: string, copy: boolean, a: Text, b: Text): void =>
    void list.push({ kind, copy, a: compared(a), b: compared(b) });
  const day = "2017-10-29";
  for (const [index, body] of WIRE.entries()) {
    for (const [kind, edit] of Object.entries(EDITS))
      for (const strength of STRENGTHS)
        for (const seed of [1, 2]) {
          const edited = edit(body, strength, seed * 31 + index);
          push(
            `${kind} ${strength}`,
            true,
            { publisher: "أ", day, body },
            { publisher: "ب", day, body: edited },
          );
        }
    for (const [other, text] of WIRE.entries())
      if (other > index)
        push(
          "other news of one day",
          false,
          { publisher: "أ", day, body },
          { publisher: "ب", day, body: text },
        );
  }
  for (const [index, body] of SAME_DAY.entries())
    for (const text of [...SAME_DAY.slice(index + 1), WIRE[0] ?? "", WIRE[2] ?? ""])
      push("one day and place", false, { publisher: "أ", day, body }, { publisher: "ب", day, body: text });
  const forms = records();
  for (const [index, one] of forms.entries())
    for (const other of forms.slice(index + 1)) {
      push("one form, one publisher", false, one, other);
      push("one form, two publishers", false, one, { ...other, publisher: "شبكة أخرى" });
    }
  // One paragraph of two in common: background that both took over, under other news.
  for (const [index, body] of WIRE.slice(0, 4).entries())
    for (const [other, text] of WIRE.slice(0, 4).entries()) {
      if (other === index) continue;
      const half = (whole: string, from: number): string => {
        const all = whole.split(/\s+/);
        return all.slice(from * 150, from * 150 + 150).join(" ");
      };
      const shared = half(body, 1);
      const own = (publisher: string, news: string): Text => ({ publisher, day, body: `${news}\n${shared}` });
      push("one background", false, own("أ", half(body, 0)), own("ب", half(text, 0)));
    }
  for (const share of [0.4, 0.5, 0.6, 0.8]) push(`set paragraphs ${share}`, false, ...bulletins(share));
  return list;
}
