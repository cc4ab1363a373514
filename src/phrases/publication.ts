/** Why a report is believed to be of its day: short sentences shown beside a citation. */

export const publicationPhrases = {
  field: "التاريخ من بيانات التقرير",
  dateLine: (words: string): string => `تاريخ مكتوب في التقرير: «${words}»`,
  today: (words: string): string => `ذكر النص: «${words}»`,
  latestDay: (words: string): string => `لا تاريخ للنشر في التقرير؛ أحدث يوم يذكره النص: «${words}»`,
  sameMonth: (words: string): string => `لا تاريخ للنشر في التقرير؛ ذكر النص الشهر الجاري: «${words}»`,
  andWords: (words: string): string => ` و«${words}»`,
  unknown: "لا تاريخ للنشر في التقرير",
  onlyWeekday: (words: string): string => `لا تاريخ للنشر في التقرير؛ ذكر النص «${words}» فقط`,
  contradiction: (words: string): string => `؛ لكن النص يناقض نفسه في «${words}»`,
} as const;
