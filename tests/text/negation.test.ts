import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClausePolarity } from "../../src/text/negation.ts";
import { polarity } from "../../src/text/negation.ts";

/** A clause as the tables write it. */
function row({ negated, negations, modality, hedges, attributions }: ClausePolarity): string {
  const star = (inherited: boolean) => (inherited ? "*" : "");
  return [
    negated ? "negated" : "affirmed",
    negations.map(({ kind, text }) => `${kind} ${text}`).join(", ") || "-",
    modality,
    hedges.map(({ text, inherited }) => text + star(inherited)).join(", ") || "-",
    attributions
      .map(
        ({ kind, text, speaker, inherited }) => `${kind} ${text}: ${speaker?.text ?? "?"}${star(inherited)}`,
      )
      .join(", ") || "-",
  ].join(" | ");
}

function table(name: string): readonly (readonly [head: string, rows: readonly string[]])[] {
  const file = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const blocks: [string, string[]][] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("  ")) blocks.at(-1)?.[1].push(line.trim());
    else blocks.push([line, []]);
  }
  return blocks.map(([head, rows]) => [head, rows.filter((line) => line !== "none")]);
}

function isPlain({ negations, hedges, attributions, modality }: ClausePolarity): boolean {
  return negations.length + hedges.length + attributions.length === 0 && modality === "certain";
}

describe("how a sentence is meant", () => {
  it.each(table("polarity.txt"))("%s", (text, rows) => {
    expect(
      polarity(text)
        .filter((clause) => !isPlain(clause))
        .map(row),
    ).toEqual(rows);
  });
});

const REPORTS = fileURLToPath(new URL("../../data/reports", import.meta.url));

describe("how the five reports mean what they tell", () => {
  it.each(table("polarity-reports.txt"))("%s", (id, rows) => {
    const name = readdirSync(REPORTS).find((file) => file.startsWith(id)) ?? id;
    const own = polarity(readFileSync(`${REPORTS}/${name}`, "utf8")).filter(
      ({ negations, hedges, attributions }) =>
        negations.length + hedges.length > 0 || attributions.some(({ inherited }) => !inherited),
    );
    expect(own.map(row)).toEqual(rows);
  });
});

describe("a sentence of several clauses", () => {
  it("carries who speaks to the clauses after, until another speaks", () => {
    const text =
      "قال المرصد السوري إن القوات سيطرت على الحي، فيما تواصل قصفها للمدينة، وأكدت مصادر محلية أن التنظيم انسحب من الحي";
    const speakers = polarity(text).map(({ attributions }) =>
      attributions.map(({ speaker }) => speaker?.text),
    );
    expect(speakers).toEqual([["المرصد السوري"], ["المرصد السوري"], ["مصادر محلية"]]);
  });

  it("gives the whole sentence to a source named at its end, and nothing to the next", () => {
    const text =
      "سيطرت القوات على الحي، فيما انسحب التنظيم من المدينة، بحسب المرصد السوري. وانفجرت سيارة في السوق.";
    const named = polarity(text).map(({ attributions }) =>
      attributions.map(({ speaker }) => speaker?.text).join(),
    );
    expect(named.slice(0, -1).every((name) => name === "المرصد السوري")).toBe(true);
    expect(named.at(-1)).toBe("");
  });

  it("does not negate one clause by the negation of another", () => {
    const clauses = polarity("لم تتقدم القوات في الحي، فيما سيطرت على الملعب البلدي");
    expect(clauses.map(({ negated }) => negated)).toEqual([true, false]);
  });
});

describe("on any text", () => {
  const words = fc.constantFrom(
    ..."لم لا سوى ما قد زعم قال المرصد أن بحسب وفق أنباء عن هل إذا ، . : “ ” ؟ سيطرت دون 18 نفى غير".split(
      " ",
    ),
    "\n",
    "🙂",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.array(words, { maxLength: 40 }).map((list) => list.join(" ")),
  );

  it("never throws; clauses tile the text, and every cue quotes it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const clauses = polarity(text);
        expect(clauses.map(({ span }) => text.slice(...span)).join("")).toBe(text);
        for (const { negations, hedges, attributions } of clauses) {
          const speakers = attributions.flatMap(({ speaker }) => speaker ?? []);
          for (const cue of [...negations, ...hedges, ...attributions, ...speakers]) {
            expect(cue.text).not.toBe("");
            expect(text.slice(...cue.span)).toBe(cue.text);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is linear: a megabyte, even without a full stop, in a time that is printed", () => {
    for (const piece of [
      "زعم التنظيم أنه قتل عشرة عناصر، ودمر ثلاث آليات، ",
      "لم يقتل أحد في القصف. قال المرصد إن الحي آمن.\n",
    ]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const begin = performance.now();
      const found = polarity(text).length;
      console.info(`${text.length} units, ${found} clauses: ${Math.round(performance.now() - begin)} ms`);
      expect(found).toBeGreaterThan(1000);
    }
  });
});
