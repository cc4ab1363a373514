import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, CitedAnswer } from "../../src/answer/answer.ts";
import type { Sources } from "../../src/answer/asked.ts";
import { answerText } from "../../src/answer/text.ts";
import { answerQuestion } from "../../src/pipeline.ts";
import { type Memory, memorySchema } from "../../src/question/scope.ts";
import { searchKey } from "../../src/text/normalize.ts";
import { openFiveReports } from "../five-reports.ts";
import { type Dialogue, readDialogues } from "./dialogue.ts";

const TODAY = "2026-11-22";
const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".txt"));

let sources: Sources;
beforeAll(async () => {
  sources = await openFiveReports();
});
afterAll(async () => {
  await sources.store.close();
  await sources.embedder.close();
});

const holds = (text: string, part: string): boolean => searchKey(text).includes(searchKey(part));
const split = (value: string): string[] => value.split("|").map((part) => part.trim());

function cited(answer: Answer): CitedAnswer | null {
  return answer.kind === "answer" ? answer : null;
}

function reportsOf(answer: Answer): string[] {
  return [...new Set(cited(answer)?.citations.map(({ report }) => report.slice(0, 3)) ?? [])].sort();
}

/** Whether a reply meets a condition; the alternatives of a value stand between "|". */
function meets(answer: Answer, name: string, value: string): boolean {
  const text = answerText(answer);
  const quotes = cited(answer)?.citations.map(({ quote }) => quote) ?? [];
  switch (name) {
    case "kind":
      return split(value).includes(answer.kind);
    case "reason":
      return answer.kind === "refusal" && split(value).includes(answer.reason);
    case "cites":
      return value.split(/,\s*/).every((id) => reportsOf(answer).includes(id));
    case "only":
      return reportsOf(answer).join(", ") === value;
    case "quote":
      return split(value).some((part) => quotes.some((quote) => quote.includes(part)));
    case "first":
      return split(value).some((part) => text.startsWith(part));
    case "lead":
      return split(value).some((part) => holds(cited(answer)?.lead ?? "", part));
    case "says":
      return split(value).some((part) => holds(text, part));
    case "not":
      return split(value).every((part) => !holds(text, part));
    case "scope": {
      const { dates, places } = answer.scope;
      const shown = [
        ...dates.map(({ start, end }) => (start === end ? start : `${start}/${end}`)),
        ...places.map((p) => p.name),
      ];
      return split(value).includes(shown.join(", "));
    }
    case "disagree":
      return value
        .split("|")
        .every((part) =>
          cited(answer)?.disagreements.some((d) => d.values.some((v) => holds(v.text, part.trim()))),
        );
    case "source":
      return answer.kind === "source" && answer.report.id.startsWith(value);
    default:
      return false;
  }
}

async function faults({ turns }: Dialogue): Promise<string[]> {
  const found: string[] = [];
  let memory: Memory | null = null;
  for (const { question, line, expected } of turns) {
    const answered = await answerQuestion({ text: question, today: TODAY, memory }, sources);
    // What is kept goes through JSON, as in the state file.
    memory = answered.memory ? memorySchema.parse(JSON.parse(JSON.stringify(answered.memory))) : memory;
    for (const { n, report, start, end, quote } of cited(answered.answer)?.citations ?? []) {
      if ((await sources.store.report(report))?.body.slice(start, end) !== quote)
        found.push(`line ${line}: [${n}] does not stand`);
    }
    const missed = expected.filter(({ name, value }) => !meets(answered.answer, name, value));
    for (const { name, value } of missed)
      found.push(`line ${line}: ${question}\n  ${name}: ${value}\n${answerText(answered.answer)}\n`);
  }
  return found;
}

it("there are sixty dialogues at least, each of two to six messages", () => {
  const all = FILES.flatMap((file) => readDialogues(readFileSync(join(import.meta.dirname, file), "utf8")));
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(all.filter(({ turns }) => turns.length < 2 || turns.length > 6)).toEqual([]);
});

describe.each(FILES)("%s", (file) => {
  const dialogues = readDialogues(readFileSync(join(import.meta.dirname, file), "utf8"));
  it.each(dialogues)("$title", async (dialogue) => {
    expect(await faults(dialogue)).toEqual([]);
  });
});
