import { readConfig } from "../config.ts";
import type { State } from "../state/state.ts";
import { type IndexPlace, openStoreAt } from "../store/anywhere.ts";
import { type Store, StoreError } from "../store/store.ts";
import { readSent, type SentCitation } from "../telegram/sent.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { openStateBeside } from "./bot-state.ts";
import { COLLECTION_OPTIONS, collectionFolders } from "./collection.ts";
import type { Command } from "./command.ts";

const OPTIONS = {
  json: { type: "boolean", help: "print {feedback: [...], corrections: [...]}" },
  ...COLLECTION_OPTIONS,
} as const;

interface ReviewedCitation {
  readonly n: number;
  readonly report: string;
  readonly start: number;
  readonly end: number;
  /** As the report holds it now; null when the report or its bytes are no longer those that were quoted. */
  readonly quote: string | null;
}

/** What readers said, for review. Never a question, never who asked. */
interface Review {
  readonly feedback: readonly {
    readonly at: string;
    readonly verdict: string;
    readonly answer: string;
    readonly citations: readonly ReviewedCitation[];
  }[];
  readonly corrections: readonly {
    readonly at: string;
    readonly text: string;
    readonly reports: readonly string[];
  }[];
}

const NOTHING: Review = { feedback: [], corrections: [] };

async function review(state: State, store: Store | null): Promise<Review> {
  const feedback: Review["feedback"][number][] = [];
  for (const { answer, verdict, givenAt } of await state.feedback()) {
    const sent = await state.answer(answer);
    const citations: ReviewedCitation[] = [];
    for (const each of sent ? readSent(sent) : []) citations.push(await reviewed(each, store));
    feedback.push({ at: timeOf(givenAt), verdict, answer, citations });
  }
  const corrections = (await state.corrections.list()).map(({ sentAt, text, reports }) => {
    return { at: timeOf(sentAt), text, reports };
  });
  return { feedback, corrections };
}

async function reviewed(sent: SentCitation, store: Store | null): Promise<ReviewedCitation> {
  const { n, report: id, start, end, version } = sent;
  const report = await store?.report(id);
  const isSame = report?.sha256.startsWith(version) ?? false;
  return { n, report: id, start, end, quote: isSame && report ? report.body.slice(start, end) : null };
}

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

async function openIndex(place: IndexPlace): Promise<Store | null> {
  try {
    return await openStoreAt(place);
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

function table({ feedback, corrections }: Review): string {
  const verdicts = feedback.flatMap(({ at, verdict, answer, citations }) => [
    `${at}  ${verdict}  answer ${answer}`,
    ...citations.map(({ n, report, start, end, quote }) => {
      return `    [${n}] ${report} ${start}-${end} ${quote === null ? "(the report has changed or is gone)" : `«${oneLine(quote)}»`}`;
    }),
  ]);
  const texts = corrections.flatMap(({ at, text, reports }) => [
    `${at}  after an answer from ${reports.length === 0 ? "no report" : reports.join(", ")}`,
    ...text.split(/\r?\n/).map((each) => `    ${printable(each)}`),
  ]);
  return [
    `Verdicts of readers: ${feedback.length}`,
    ...verdicts,
    `Corrections and testimonies: ${corrections.length}`,
    ...texts,
    "",
  ].join("\n");
}

/** What people sent must not steer the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "");
const oneLine = (text: string): string => printable(text.replace(/\s+/g, " "));

export const command: Command = {
  name: "feedback",
  summary: "Shows what readers said of answers, and the corrections that they sent",
  usage: "npm run -s feedback -- [--json]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: context.env, root: context.root });
    const place = collectionFolders({ data: values.data, index: values.index }, config, context.cwd);
    const opened = await openStateBeside(config);
    const found = opened === null ? NOTHING : await readFrom(opened, place);
    context.stdout.write(values.json ? `${JSON.stringify(found)}\n` : table(found));
    return 0;
  },
};

async function readFrom(
  { state, close }: { readonly state: State; close(): Promise<void> },
  place: IndexPlace,
): Promise<Review> {
  const store = await openIndex(place);
  try {
    return await review(state, store);
  } finally {
    await store?.close();
    await close();
  }
}
