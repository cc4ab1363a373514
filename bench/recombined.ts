/**
 * A large made-up collection: clauses of the public sets put together anew at random. Its vectors are the normalised
 * means of their clauses' vectors, because embedding 100,000 passages takes hours on a small machine.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
/** Days over which the reports are spread. */
const DAYS = 1000;
const FIRST_DAY = "2015-01-01";

export const hasSets = FILES.every((file) => existsSync(file));

export interface PublicSets {
  readonly clauses: readonly string[];
  readonly questions: readonly string[];
}

/** Clauses and questions of the public sets, each once. */
export function readPublicSets(): PublicSets {
  const sets = FILES.map((file) => parseSquad(JSON.parse(readFileSync(file, "utf8"))));
  const clauses = sets
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap((text) => splitClauses(text).map(([start, end]) => text.slice(start, end)))
    .map((clause) =>
      withoutVowelSigns(clause)
        .replace(/\s+/g, " ")
        .replace(/^[\s،,.]+|[\s،,.]+$/g, ""),
    )
    .filter(({ length }) => length >= CLAUSE_LENGTH.least && length <= CLAUSE_LENGTH.most)
    .filter((clause) => !clause.includes(JOINT));
  return {
    clauses: [...new Set(clauses)],
    questions: sets.flatMap(({ questions }) => questions.map(({ text }) => text)),
  };
}

/**
 * An embedder whose passages are made of known clauses; questions are embedded by the model itself. The clauses'
 * vectors are kept in `file` for the next collection of the same run.
 */
export async function recombiningEmbedder(
  model: Embedder,
  clauses: readonly string[],
  file: string,
): Promise<Embedder> {
  if (!existsSync(file)) {
    const vectors = await model.embed(clauses, "passage");
    writeFileSync(file, Buffer.concat(vectors.map((vector) => new Uint8Array(vector.buffer))));
  }
  const { buffer } = new Uint8Array(readFileSync(file));
  const { dimension } = model.model;
  const known = new Map(
    clauses.map((clause, index) => [clause, new Float32Array(buffer, index * dimension * 4, dimension)]),
  );
  const vectorOf = (text: string): Float32Array => {
    const pieces = text.split(/؛\s*/).flatMap((clause) => known.get(clause) ?? []);
    if (pieces.length === 0) throw new Error(`no known clause in "${text.slice(0, 80)}"`);
    return meanOfPieces(pieces.map((vector) => ({ vector, weight: 1 })));
  };
  return {
    model: model.model,
    close: () => model.close(),
    embed: async (texts: readonly string[], role: EmbeddedRole, options) =>
      role === "query" ? model.embed(texts, role, options) : texts.map(vectorOf),
  };
}

/** The day of the n-th report. */
export function dayOf(report: number): string {
  return dayFromNumber(dayNumber(FIRST_DAY) + (report % DAYS));
}

/** One report of a few passages, each of two or three clauses drawn at random, on a day and at a place. */
export function recombinedReport(
  number: number,
  clauses: readonly string[],
  random: () => number,
): { report: Report; bytes: Uint8Array } {
  const draw = (): string => clauses[Math.floor(random() * clauses.length)] ?? "";
  const passages = Array.from({ length: PASSAGES_IN_A_REPORT }, () =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => draw() + JOINT).join(" "),
  );
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
