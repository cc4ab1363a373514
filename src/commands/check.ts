import { z } from "zod";
import type { Sources } from "../answer/asked.ts";
import type { CitedReport, Claim, VerificationSources } from "../verification/claim.ts";
import { verifyClaim } from "../verification/verify.ts";
import { parseArguments } from "./arguments.ts";
import { batchLines, runBatch } from "./batch.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, UsageError } from "./command.ts";

/** Longest claim, in UTF-16 units: what one Telegram message holds. */
const MAX_CLAIM_LENGTH = 4096;

const OPTIONS = {
  batch: {
    type: "boolean",
    help: 'read lines {"id","claim","citations":[{"report","quote"}]} and print one JSON line each',
  },
  ...COLLECTION_OPTIONS,
} as const;

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  claim: z.string(),
  citations: z.array(z.object({ report: z.string(), quote: z.string() })),
});

/** The id that a unique prefix means; what is no prefix, or that of several, stays as it is and is unknown. */
function fullId(given: string, ids: readonly string[]): string {
  if (ids.includes(given) || given === "") return given;
  const [only, ...more] = ids.filter((id) => id.startsWith(given));
  return only !== undefined && more.length === 0 ? only : given;
}

/** Reads the reports that claims cite, each once. */
function reportReader({ store }: Sources): (id: string) => Promise<CitedReport | null> {
  const known = new Map<string, Promise<CitedReport | null>>();
  const readReport = async (id: string): Promise<CitedReport | null> => {
    const report = await store.report(id);
    if (report === null) return null;
    return { report, passages: await store.passages(await store.select({ reports: [id] })) };
  };
  return (id) => {
    const reading = known.get(id) ?? readReport(id);
    known.set(id, reading);
    return reading;
  };
}

export const command: Command = {
  name: "check",
  summary: "Holds claims against the quotations that they cite",
  usage: "npm run -s check -- --batch [options]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    if (!values.batch || positionals.length > 0)
      throw new UsageError("reads claims from standard input; call it with --batch");
    const collection = await openCurrentCollection(context, { data: values.data, index: values.index });
    const { gazetteer, actors, region, reportIds } = collection;
    const reportOf = reportReader(collection);
    try {
      return await runBatch(batchLines(context.stdin), context.stdout, {
        schema: lineSchema,
        tooLong: ({ claim }) => claim.length > MAX_CLAIM_LENGTH,
        answer: async (line) => {
          const citations = line.citations.map((citation) => ({
            ...citation,
            report: fullId(citation.report, reportIds),
          }));
          const claim: Claim = { text: line.claim, citations };
          const reports = new Map<string, CitedReport>();
          for (const { report } of citations) {
            const cited = await reportOf(report);
            if (cited !== null) reports.set(report, cited);
          }
          const sources: VerificationSources = { reports, gazetteer, actors, region };
          return { id: line.id ?? null, ...verifyClaim(claim, sources) };
        },
      });
    } finally {
      await collection.store.close();
      await collection.embedder.close();
    }
  },
};
