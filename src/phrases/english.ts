/** Lines for a person who asks in English. What is quoted stays in the original. */

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** "29 October 2017". */
export function englishDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;
}

const BOUNDS: Readonly<Record<string, string>> = {
  exactly: "",
  about: "about ",
  more_than: "more than ",
  at_least: "at least ",
  less_than: "fewer than ",
  at_most: "at most ",
};

/** "more than 50"; null for a figure without a number. */
export function englishFigure(bound: string, min: number | null): string | null {
  const words = BOUNDS[bound];
  return min === null || words === undefined ? null : `${words}${min}`;
}

export const english = {
  answer: (publishers: string): string =>
    `From the reports of ${publishers} (quoted in the original Arabic):`,
  figure: (figure: string, publishers: string): string =>
    `${figure}, according to ${publishers} (quoted in the original Arabic):`,
  noFigure: (publishers: string): string =>
    `No number is given; this is what ${publishers} says (quoted in the original Arabic):`,
  disagreement: (publishers: string): string =>
    `The figures differ; this is what ${publishers} says (quoted in the original Arabic):`,
  refusal: "The reports do not answer this question.",
  badInput: "This message could not be read as a question.",
  clarification: "Which one do you mean?",
  greeting:
    "Hello. Ask about a day, a district or a figure; every statement comes with its quotation and source.",
} as const;
