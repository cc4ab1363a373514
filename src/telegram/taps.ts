/** What a tap on a button does. */
import { ANSWER_GONE, TOAST } from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import { type Asking, ask, type Job } from "./ask.ts";
import type { Call } from "./call.ts";
import { decodeTap, personKey, type StartLink, type Tap } from "./callback.ts";
import { documentCall, editCall, say, textCalls, viewCalls } from "./calls.ts";
import { evidenceViews } from "./sent.ts";
import { type ReportFinder, sortedReports } from "./sources.ts";
import type { Origin } from "./update.ts";
import { aboutView, quotationView, reportListView, textPageView } from "./viewer.ts";

export interface Tapping extends Asking {
  readonly finder: ReportFinder;
}

export async function handleTap(
  job: Job,
  { origin, data }: { origin: Origin; data: string },
  context: Tapping,
): Promise<Call[]> {
  const tap = decodeTap(data);
  if (tap === null) {
    job.acknowledge(TOAST.unknownButton);
    return [];
  }
  if (tap.kind === "offer") return tapOffer(job, { origin, id: tap.id }, context);
  if (tap.kind === "verdict") {
    job.acknowledge(await saveVerdict(tap, origin, context));
    return [];
  }
  if (tap.kind === "reports") {
    return [editCall(origin, reportListView(await sortedReports(context.sources), tap.page))];
  }
  const report = await context.finder.byKey("quotation" in tap ? tap.quotation.report : tap.report);
  if (report === null) {
    job.acknowledge(TOAST.unknownReport);
    return [];
  }
  return sourceCalls(tap, { origin, report, context });
}

/** What the reader is told. A verdict counts only on an answer that was sent. */
async function saveVerdict(
  { answer, verdict }: Extract<Tap, { kind: "verdict" }>,
  origin: Origin,
  { state, now }: Tapping,
): Promise<string> {
  if ((await state.answer(answer)) === null) return TOAST.unknownButton;
  await state.saveFeedback({ answer, person: personKey(origin.user), verdict, givenAt: now() });
  return TOAST.thanks;
}

async function tapOffer(
  job: Job,
  { origin, id }: { origin: Origin; id: string },
  context: Tapping,
): Promise<Call[]> {
  const question = await context.state.offer(id, origin.chat);
  if (question === null) {
    job.acknowledge(TOAST.unknownButton);
    return [];
  }
  job.acknowledge(TOAST.asked);
  return ask(job, { origin, text: question }, context);
}

/** What a link of this bot opens, in the private chat of whoever followed it. */
export async function openLink(link: StartLink, origin: Origin, context: Tapping): Promise<Call[]> {
  if (link.kind === "answer") {
    const answer = await context.state.answer(link.answer);
    if (answer === null) return say(origin, ANSWER_GONE);
    return viewCalls(origin, await evidenceViews(answer, context.sources, context.me.username));
  }
  const report = await context.finder.byKey(link.kind === "text" ? link.report : link.quotation.report);
  return report ? sourceCalls(link, { origin, report, context }) : say(origin, TOAST.unknownReport);
}

type SourceTap = Extract<Tap, { kind: "quotation" | "paragraph" | "text" | "page" | "document" | "about" }>;

async function sourceCalls(
  tap: SourceTap,
  { origin, report, context }: { origin: Origin; report: Report; context: Tapping },
): Promise<Call[]> {
  switch (tap.kind) {
    case "quotation":
    case "paragraph": {
      const passage = await context.sources.passageById(tap.quotation.passage);
      const number = tap.kind === "paragraph" ? tap.paragraph : undefined;
      const bot = context.me.username;
      const view = quotationView({ report, quotation: tap.quotation, passage, paragraph: number, bot });
      return tap.kind === "quotation" ? viewCalls(origin, [view]) : [editCall(origin, view)];
    }
    case "text":
      return textCalls(origin, report);
    case "page":
      return [editCall(origin, textPageView(report, tap.page))];
    case "document":
      return [documentCall(origin, report)];
    case "about":
      return viewCalls(origin, [aboutView(report)]);
  }
}
