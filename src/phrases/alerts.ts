/** What the bot says of alerts: who is told of what, and the news itself. */
import { counted, list } from "./answer.ts";

const alertsCount = (n: number): string =>
  counted(n, { one: "تنبيه واحد", two: "تنبيهان", few: "تنبيهات", many: "تنبيهاً" });
const quotationsCount = (n: number): string =>
  counted(n, { one: "اقتباس واحد", two: "اقتباسان", few: "اقتباسات", many: "اقتباساً" });

export const alerts = {
  none: "لا تنبيهات لديك الآن.",
  how: "اكتب مثلاً: «أخبرني بكل جديد عن حي الحميدية»، أو /alerts ثم مكان أو يوم أو جهة أو عبارة بين قوسين «…». وتحت الأجوبة زر «نبّهني بالجديد».",
  what: "حين يُضاف إلى المجموعة تقرير عمّا طلبت، أرسل إليك ما قاله بحروفه مع مصدره. هذا أرشيف: الجديد فيه ما أُضيف إليه، لا ما حدث الآن.",
  heading: (n: number, most: number): string => `لديك ${alertsCount(n)} من ${most} على الأكثر:`,
  listed: (n: number, about: string, daily: boolean): string =>
    `${n}. ${about} · ${daily ? "كل صباح" : "فور وصوله"}`,
  added: (about: string, daily: boolean): string =>
    daily ? `سأرسل إليك كل صباح ما يجدّ في التقارير عن: ${about}.` : `سأخبرك بكل تقرير جديد عن: ${about}.`,
  lasts: "يبقى التنبيه ستة أشهر. قائمة تنبيهاتك: /alerts",
  known: (about: string): string => `لديك هذا التنبيه من قبل: ${about}. قائمة تنبيهاتك: /alerts`,
  tooMany: (most: number): string =>
    `لديك ${alertsCount(most)}، وهو الحد الأعلى. أنهِ واحداً منها أولاً: /alerts`,
  unclear: "لم أفهم عمّ تريد التنبيه. اذكر مكاناً أو يوماً أو جهة، أو عبارة بين قوسين «…».",
  inGroup: "التنبيهات تصل إلى محادثتك الخاصة وحدها، كي لا يرى أحد ما تتابعه. افتحها:",
  off: "لا تنبيهات في هذا البوت.",
  ended: "أُنهي التنبيه.",
  gone: "هذا التنبيه لم يعد قائماً.",
  nowDaily: "سيصلك الجديد كل صباح.",
  nowAtOnce: "سيصلك الجديد فور وصوله.",
  phrase: (words: string): string => `عبارة «${words}»`,
  about: (parts: readonly string[]): string => list(parts),
  news: (about: string): string => `جديد في التقارير عن: ${about}`,
  digest: "جديد التقارير في تنبيهاتك",
  more: (n: number): string => `وغيرها في التقارير الجديدة: ${quotationsCount(n)}.`,
} as const;

export const ALERT_BUTTON = {
  make: "نبّهني بالجديد",
  end: "إنهاء التنبيه",
  endNumber: (n: number): string => `إنهاء ${n}`,
  daily: "كل صباح",
  dailyNumber: (n: number): string => `اجعل ${n} كل صباح`,
  atOnce: "فور وصوله",
  atOnceNumber: (n: number): string => `اجعل ${n} فورياً`,
} as const;
