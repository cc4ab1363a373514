/** Sentences about what the operator has corrected. */

/** For a publisher of whom the operator has told no more than the name. */
export const publisherCard = (name: string): string => `${name}: ناشر لتقارير في هذه المجموعة.`;

/** Why a day of publication is believed that the operator has set. */
export const dayByOperator = "حدّده القائم على هذه المجموعة";

export const CORRECTED_FIELDS = {
  published: "تاريخ النشر",
  publisher: "الناشر",
  title: "العنوان",
  eventDates: "أيام الحدث",
  places: "الأماكن",
} as const;

/** What of a report's data is not the report's own word. */
export const correctedLine = (fields: string, who: string): string =>
  `حدّده القائم على هذه المجموعة: ${fields} (${who})`;
