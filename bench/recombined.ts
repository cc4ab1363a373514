/**
 * A large made-up collection: clauses of the public sets put together anew at random. Its vectors are the normalised
 * means of their clauses' vectors, because embedding 100,000 passages takes hours on a small machine.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MAX_QUOTE_LENGTH } from "../src/answer/answer.ts";
import { parseSquad } from "../src/commands/squad.ts";
import type { EmbeddedRole, Embedder } from "../src/embedding/embedder.ts";
import { meanOfPieces } from "../src/embedding/vectors.ts";
import type { Passage, PassagePlace } from "../src/passage/passage.ts";
import { passageId } from "../src/passage/passage-id.ts";
import type { Report } from "../src/report/report.ts";
import { splitClauses } from "../src/text/clauses.ts";
import { dayFromNumber, dayNumber } from "../src/text/day.ts";
import { withoutVowelSigns } from "../src/text/vowel-signs.ts";

const SETS = join(process.env.SHARED_DIR ?? "../shared", "data");
const FILES = [join(SETS, "xquad-ar", "xquad.ar.json"), join(SETS, "arcd", "arcd.json")];

/** Stands after every clause and in none, so that a text can be taken apart again. */
const JOINT = "؛";
const CLAUSE_LENGTH = { least: 30, most: 140 };
export const PASSAGES_IN_A_REPORT = 5;
/** Neighbouring clauses from which a report is drawn: some six paragraphs. */
const STRETCH = 40;
/** Days over which the reports are spread. */
const DAYS = 1000;
const FIRST_DAY = "2015-01-01";

export const hasSets = FILES.every((file) => existsSync(file));

/** A question with the places in `PublicSets.clauses` of the clauses of its own paragraphs that hold its answer. */
export interface SetQuestion {
  readonly text: string;
  readonly held: ReadonlySet<number>;
}

export interface PublicSets {
  readonly clauses: readonly string[];
  readonly questions: readonly SetQuestion[];
}

/** A stretch of a paragraph as it stands in a recombined passage. */
function tidy(text: string): string {
  return withoutVowelSigns(text)
    .replace(/\s+/g, " ")
    .replace(/^[\s،,.]+|[\s،,.]+$/g, "");
}

function clausesIn(paragraph: string): string[] {
  return splitClauses(paragraph)
    .map(([start, end]) => tidy(paragraph.slice(start, end)))
    .filter(({ length }) => length >= CLAUSE_LENGTH.least && length <= CLAUSE_LENGTH.most)
    .filter((clause) => !clause.includes(JOINT));
}

/** The paragraphs of the public sets. */
export function readParagraphs(): string[] {
  return FILES.flatMap((file) => parseSquad(JSON.parse(readFileSync(file, "utf8"))).paragraphs);
}

/** Clauses of the public sets, each once, and the questions whose answer stands in one of them. */
export function readPublicSets(): PublicSets {
  const sets = FILES.map((file) => parseSquad(JSON.parse(readFileSync(file, "utf8"))));
  const places = new Map<string, number>();
  for (const clause of sets.flatMap(({ paragraphs }) => paragraphs).flatMap(clausesIn))
    if (!places.has(clause)) places.set(clause, places.size);
  const questions = sets.flatMap(({ paragraphs, questions }) =>
    questions.map(({ text, relevant, answers }): SetQuestion => {
      const wanted = [...answers].map(tidy).filter((answer) => answer !== "");
      const own = [...relevant].flatMap((at) => clausesIn(paragraphs[at] ?? ""));
      const held = own.filter((clause) => wanted.some((answer) => clause.includes(answer)));
      return { text, held: new Set(held.map((clause) => places.get(clause) ?? -1)) };
    }),
  );
  return { clauses: [...places.keys()], questions: questions.filter(({ held }) => held.size > 0) };
}

/** So many questions at even distances through the sets. */
export function someQuestions({ questions }: PublicSets, count: number): SetQuestion[] {
  const step = questions.length / count;
  return Array.from(
    { length: Math.min(count, questions.length) },
    (_, n) => questions[Math.floor(n * step)],
  ).filter((question) => question !== undefined);
}

/** The clauses of which a recombined text is made, in order. */
export function clausesOf(text: string): string[] {
  return text.split(/؛\s*/).filter((clause) => clause !== "");
}

/** Vectors of all clauses by the model, kept in `folder` for the next run with the same model and clauses. */
export async function clauseVectors(
  model: Embedder,
  clauses: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, Float32Array>> {
  const key = createHash("sha256")
    .update(JSON.stringify([model.model.fingerprint, clauses]))
    .digest("hex");
  const file = join(folder, `clauses-${key.slice(0, 16)}.f32`);
  if (!existsSync(file)) {
    const vectors = await model.embed(clauses, "passage");
    writeFileSync(`${file}.new`, Buffer.concat(vectors.map((vector) => new Uint8Array(vector.buffer))));
    renameSync(`${file}.new`, file);
  }
  const { buffer } = new Uint8Array(readFileSync(file));
  const { dimension } = model.model;
  return new Map(
    clauses.map((clause, index) => [clause, new Float32Array(buffer, index * dimension * 4, dimension)]),
  );
}

/** The vector of a recombined text: the mean of its clauses' vectors, of length 1. */
export function recombinedVector(text: string, known: ReadonlyMap<string, Float32Array>): Float32Array {
  const pieces = clausesOf(text).flatMap((clause) => known.get(clause) ?? []);
  if (pieces.length === 0) throw new Error(`no known clause in "${text.slice(0, 80)}"`);
  return meanOfPieces(pieces.map((vector) => ({ vector, weight: 1 })));
}

/** An embedder whose passages are made of known clauses; questions are embedded by the model itself. */
export function recombiningEmbedder(model: Embedder, known: ReadonlyMap<string, Float32Array>): Embedder {
  return {
    model: model.model,
    close: () => model.close(),
    embed: async (texts: readonly string[], role: EmbeddedRole, options) =>
      role === "query"
        ? model.embed(texts, role, options)
        : texts.map((text) => recombinedVector(text, known)),
  };
}

/** The day of the n-th report. */
export function dayOf(report: number): string {
  return dayFromNumber(dayNumber(FIRST_DAY) + (report % DAYS));
}

/**
 * One report of a few passages, each of two or three clauses drawn at random from one stretch of the sets: as in a real
 * report, its passages are about related things. It has a day and, by its number, a place.
 */
export function recombinedReport(
  number: number,
  clauses: readonly string[],
  random: () => number,
): { report: Report; bytes: Uint8Array } {
  const first = Math.floor(random() * (clauses.length - STRETCH));
  const draw = (): string => clauses[first + Math.floor(random() * STRETCH)] ?? "";
  const passages = Array.from({ length: PASSAGES_IN_A_REPORT }, () => {
    const drawn = Array.from({ length: 2 + Math.floor(random() * 2) }, () => draw() + JOINT);
    const text = drawn.join(" ");
    return text.length <= MAX_QUOTE_LENGTH ? text : drawn.slice(0, -1).join(" ");
  });
  const body = passages.join("\n");
  const id = `r${String(number).padStart(7, "0")}`;
  const report: Report = {
    id,
    publisher: null,
    title: null,
    byline: null,
    url: null,
    published: { start: dayOf(number), end: dayOf(number), confidence: "stated", why: "made up" },
    body,
    parts: [{ role: "text", start: 0, end: body.length }],
    sha256: "0".repeat(64),
    eventDates: null,
    places: [],
    warnings: [],
  };
  return { report, bytes: new TextEncoder().encode(body) };
}

/** A passage for every line of a report's body. */
export function passagesOfLines(
  report: Report,
  places: readonly { readonly id: string; readonly name: string }[],
): Passage[] {
  let start = 0;
  const number = Number(report.id.slice(1));
  const place = places[number % places.length];
  const told: PassagePlace[] = place ? [{ id: place.id, name: place.name, basis: "report", words: "" }] : [];
  const day = dayOf(number);
  return report.body.split("\n").map((text, index): Passage => {
    const from = start;
    start += text.length + 1;
    return {
      id: passageId(report.id, text, index),
      reportId: report.id,
      role: "text",
      start: from,
      end: from + text.length,
      text,
      header: "",
      dates: [
        {
          start: day,
          end: day,
          precision: "day",
          confidence: "certain",
          basis: "report",
          words: "",
          background: false,
        },
      ],
      places: told,
    };
  });
}
