/** What kind of thing answers a question, and whether a passage holds one that the question does not itself name. */
import type { Passage } from "../passage/passage.ts";
import type { Question } from "../question/question.ts";
import { searchKey } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import { remembering } from "../text/remember.ts";
import { isFunctionWord, lightStem, words } from "../text/tokens.ts";
import { fitsAsked } from "./quantity-fit.ts";

/** How well a text holds what the kind of question asks for: 0 (no, or the kind asks for nothing special) to 1. */
export interface Expectation {
  readonly fit: number;
  /** Why, in a few words, for the trace; empty when nothing fits. */
  readonly why: string;
}

const NOTHING: Expectation = { fit: 0, why: "" };

const REASON =
  /(?:^|\s)[وف]?(?:بسبب|لان\p{L}{0,3}|نتيجه|من اجل|بهدف|بغيه|نظرا|جراء|اثر|بفضل|مما|لكي|كي|بعدما|ادي|ادت|يعود|سبب\p{L}{0,3})(?=\s|$)/u;
const MONTH =
  /(?:^|\s)[وبل]?(?:يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|شباط|اذار|نيسان|ايار|حزيران|تموز|ايلول|تشرين|كانون)(?=\s|$)/u;
const NUMBER_WORD =
  /^(?:ال|و|ب)?(?:واحد|اثن|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر|مايه|مايت|الف|الاف|مليون|مليار|نصف|ثلث|ربع)/;
const ASKS_YEAR = /(?:^|\s)(?:عام|سنه|تاريخ|قرن|العام|السنه)(?=\s|$)/;

/** Judges a text of a passage against the question's kind. */
export function expectedIn(question: Question, passage: Passage, text: string): Expectation {
  switch (question.kind) {
    case "count":
      return countIn(question, text);
    case "when":
      return timeIn(question, passage, text);
    case "where":
      return placeIn(question, passage, text);
    case "why":
      return REASON.test(wordLine(text)) ? { fit: 1, why: "gives a reason" } : NOTHING;
    default:
      return ASKS_YEAR.test(wordLine(question.text)) ? timeIn(question, passage, text) : NOTHING;
  }
}

function wordLine(text: string): string {
  return words(text).join(" ");
}

function numbersIn(text: string): Set<string> {
  return new Set(words(text).filter((word) => /^\d+$/.test(word) || NUMBER_WORD.test(word)));
}

function hasNewNumber(question: Question, text: string): boolean {
  const known = numbersIn(question.text);
  return [...numbersIn(text)].some((number) => !known.has(number));
}

function countIn(question: Question, text: string): Expectation {
  const asked = question.quantity;
  const fitting = findQuantities(text).filter((quantity) => asked !== null && fitsAsked(quantity, asked));
  if (fitting.some((quantity) => sharesParty(question, quantity)))
    return { fit: 1, why: "counts it, of this party" };
  if (fitting.some((quantity) => quantity.party === null)) return { fit: 0.9, why: "counts it" };
  if (fitting.length > 0) return { fit: 0.7, why: "counts it, of others" };
  return hasNewNumber(question, text) ? { fit: 0.6, why: "has a figure" } : NOTHING;
}

/** Whether the words that say of whom a figure is share a stem with the question. */
function sharesParty(question: Question, { party }: Quantity): boolean {
  if (party === null) return false;
  const asked = stemsOf(question.text);
  return [...stemsOf(party)].some((stem) => asked.has(stem));
}

/** Light stems of the words that carry meaning. */
export const stemsOf: (text: string) => ReadonlySet<string> = remembering(
  (text) =>
    new Set(
      words(text)
        .filter((word) => !isFunctionWord(word))
        .map(lightStem),
    ),
);

function timeIn(question: Question, passage: Passage, text: string): Expectation {
  const asked = searchKey(question.text);
  const dated = passage.dates.some(
    (date) => date.basis === "passage" && text.includes(date.words) && !asked.includes(searchKey(date.words)),
  );
  if (dated) return { fit: 1, why: "names a date" };
  const known = numbersIn(question.text);
  const line = wordLine(text);
  const year = words(text).some((word) => /^\d{3,4}$/.test(word) && !known.has(word));
  if (year || (MONTH.test(line) && !MONTH.test(wordLine(question.text))))
    return { fit: 1, why: "names a date" };
  return hasNewNumber(question, text) ? { fit: 0.5, why: "has a figure" } : NOTHING;
}

function placeIn(question: Question, passage: Passage, text: string): Expectation {
  const asked = new Set(question.places.map(({ id }) => id));
  const place = passage.places.find(
    ({ id, basis, words: named }) => basis === "passage" && !asked.has(id) && text.includes(named),
  );
  return place ? { fit: 1, why: `names ${place.id}` } : NOTHING;
}
