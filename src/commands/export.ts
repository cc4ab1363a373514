import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { Sources } from "../answer/asked.ts";
import { answerText } from "../answer/text.ts";
import { type Config, readConfig } from "../config.ts";
import { historyOf, type LedgerEntry } from "../ledger/ledger.ts";
import { type CitedReport, makePacket, type PacketAnswer, sha256 } from "../packet/packet.ts";
import { answerQuestion } from "../pipeline.ts";
import type { Report } from "../report/report.ts";
import { versionKey } from "../telegram/callback.ts";
import { isDay } from "../text/day.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { openStateBeside } from "./bot-state.ts";
import { COLLECTION_OPTIONS, collectionLedger, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { openModel } from "./model.ts";
import { todayInDamascus } from "./today.ts";

const OPTIONS = {
  answer: { type: "string", value: "ID", help: "an answer that was sent in Telegram" },
  question: { type: "string", value: "TEXT", help: "ask this now, and prove the answer" },
  "with-question": { type: "boolean", help: "put the question into the packet; without it it is left out" },
  out: { type: "string", value: "FILE", help: "where the packet goes (default: packet-HASH.zip here)" },
  today: { type: "string", value: "YYYY-MM-DD", help: "the reader's day in Asia/Damascus (default: now)" },
  ...COLLECTION_OPTIONS,
} as const;

const sentSchema = z.array(
  z.object({
    n: z.number().int(),
    report: z.string(),
    version: z.string(),
    start: z.number().int(),
    end: z.number().int(),
  }),
);

/** Why no packet can be made, as one English line with the remedy. */
class NothingToProve extends Error {}

type Proven = Omit<PacketAnswer, "format" | "madeAt">;

const citationOf = (n: number, report: Report, start: number, end: number): Proven["citations"][number] => ({
  n,
  report: report.id,
  publisher: report.publisher,
  title: report.title,
  published: { ...report.published },
  quote: report.body.slice(start, end),
  start,
  end,
});

/** Asks the question now. */
async function answeredNow(
  { question, today, withQuestion }: { question: string; today: string; withQuestion: boolean },
  sources: Sources,
  context: CommandContext,
): Promise<Proven> {
  const config = readConfig({ env: context.env, root: context.root });
  const model = openModel(config, { now: () => context.now().getTime() })(null);
  const request = { text: question, today, memory: null, signal: context.signal };
  const { answer } = await answerQuestion(request, { ...sources, model });
  if (answer.kind !== "answer")
    throw new NothingToProve(
      `the question gives no answer with quotations (${answer.kind}); npm run ask shows what it gives`,
    );
  return {
    question: withQuestion ? question : null,
    text: answerText(answer),
    mode: answer.mode,
    claims: answer.claims.map(({ text, citations }) => ({ text, citations: [...citations] })),
    citations: await Promise.all(
      answer.citations.map(async ({ n, report: id, start, end }) =>
        citationOf(n, await reportOf(id, sources), start, end),
      ),
    ),
  };
}

/** The quotations of an answer that was sent; its text and its question are not kept. */
async function sentBefore(id: string, sources: Sources, config: Config): Promise<Proven> {
  const opened = await openStateBeside(config);
  try {
    const sent = (await opened?.state.answer(id)) ?? null;
    if (sent === null) {
      const where = config.DATABASE_URL === null ? config.STATE_DIR : "DATABASE_URL";
      throw new NothingToProve(`there is no answer ${id} in ${where}; answers are kept for thirty days`);
    }
    const citations: Proven["citations"] = [];
    for (const { n, report: reportId, version, start, end } of sentSchema.parse(JSON.parse(sent.citations))) {
      const report = await reportOf(reportId, sources);
      if (versionKey(report.sha256) !== version)
        throw new NothingToProve(
          `the report ${reportId} has changed since the answer was sent; ask again with --question`,
        );
      citations.push(citationOf(n, report, start, end));
    }
    return { question: null, text: null, mode: null, claims: [], citations };
  } finally {
    await opened?.close();
  }
}

async function reportOf(id: string, { store }: Sources): Promise<Report> {
  const report = await store.report(id);
  if (report === null) throw new NothingToProve(`the report ${id} is no longer in the collection`);
  return report;
}

async function citedReports(
  { citations }: Proven,
  { store, copies: known }: Sources,
  entries: readonly LedgerEntry[],
): Promise<CitedReport[]> {
  const ids = [...new Set(citations.map(({ report }) => report))];
  const cited: CitedReport[] = [];
  for (const id of ids) {
    const [report, bytes] = [await store.report(id), await store.source(id)];
    if (report === null || bytes === null)
      throw new NothingToProve(`the report ${id} is no longer in the collection`);
    const history = historyOf(entries, id).map(({ at, event, sha256: hash }) => ({
      at,
      event,
      sha256: hash,
    }));
    const others = await Promise.all((known?.others(id) ?? []).map((other) => store.report(other)));
    cited.push({ report, bytes, history, copies: others.filter((other) => other !== null) });
  }
  return cited;
}

export const command: Command = {
  name: "export",
  summary:
    "Writes an evidence packet: an answer with its sources as received, their hashes and the quotations' places",
  usage: 'npm run export -- --question "question" | --answer ID',
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const { answer: id, question, today = todayInDamascus(context.now()) } = values;
    if ((id === undefined) === (question === undefined))
      throw new UsageError("takes either --answer or --question");
    if (id !== undefined && values["with-question"])
      throw new UsageError("--with-question needs --question: the question of a sent answer is not kept");
    if (!isDay(today))
      throw new UsageError(`--today holds "${today}"; it may hold an existing day as YYYY-MM-DD`);
    const choice = { data: values.data, index: values.index };
    const sources = await openCurrentCollection(context, choice);
    try {
      const withQuestion = values["with-question"] ?? false;
      const config = readConfig({ env: context.env, root: context.root });
      const proven =
        question === undefined
          ? await sentBefore(id ?? "", sources, config)
          : await answeredNow({ question, today, withQuestion }, sources, context);
      const { entries } = await collectionLedger(context, choice);
      const packet = makePacket({
        answer: { ...proven, madeAt: context.now().toISOString() },
        reports: await citedReports(proven, sources, entries),
      });
      const digest = sha256(packet);
      const file = resolve(context.cwd, values.out ?? `packet-${digest.slice(0, 16)}.zip`);
      await writeFile(file, packet, { mode: 0o600 });
      context.stdout.write(`${digest}  ${file}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof NothingToProve)) throw error;
      context.stderr.write(`isnad export: ${error.message}\n`);
      return 1;
    } finally {
      await sources.store.close();
      await sources.embedder.close();
    }
  },
};
