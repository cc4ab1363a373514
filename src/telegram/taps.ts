/** What a tap on a button does. */
import { offers } from "../phrases/answer.ts";
import type { CommandName } from "../phrases/commands.ts";
import { ANSWER_GONE, TOAST, UNKNOWN_COMMAND, withdrawnReport } from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import { formatDay } from "../text/dates/format.ts";
import { type AddingContext, amendReport, isAdmin, tapDraft } from "./adding.ts";
import { alertsCommand, tapAlert } from "./alerts.ts";
import { withAmending, wrongQuotation } from "./amending.ts";
import { type Asking, ask, type Job } from "./ask.ts";
import type { Call } from "./call.ts";
import { decodeTap, personKey, type StartLink, type Tap } from "./callback.ts";
import { conversationOf, documentCall, editCall, say, textCalls, viewCalls } from "./calls.ts";
import { commandNamed } from "./command.ts";
import { cancelCorrection, promptCorrection, sendKept } from "./correct.ts";
import { dayQuestion, daysView, placeQuestion, placesView } from "./coverage.ts";
import { amendName, namesCommand } from "./names.ts";
import { type CommandContext, commandReply } from "./replies.ts";
import { reportListView } from "./report-list.ts";
import { evidenceViews } from "./sent.ts";
import { type ReportFinder, withdrawnOn } from "./sources.ts";
import { timelineFile, timelinePage } from "./timeline.ts";
import type { Origin } from "./update.ts";
import { aboutView, type KnownBeside, quotationView, textPageView } from "./viewer.ts";

export interface Tapping extends Asking, CommandContext, AddingContext {
  readonly finder: ReportFinder;
  /** Users who may invite others, and who are told of corrections. */
  readonly admins: readonly string[];
  /** Address of the web page, when it is open to others. */
  readonly page?: string | null | undefined;
}

export async function handleTap(
  job: Job,
  { origin, data }: { origin: Origin; data: string },
  context: Tapping,
): Promise<Call[]> {
  const tap = decodeTap(data);
  if (tap === null) return unknownButton(job);
  switch (tap.kind) {
    case "offer":
      return tapOffer(job, { origin, id: tap.id }, context);
    case "verdict": {
      const notices =
        tap.verdict === "wrong_quotation" ? await wrongQuotation(tap.answer, origin, context) : [];
      job.acknowledge(await saveVerdict(tap, origin, context));
      return notices;
    }
    case "correction":
      return sendKept({ origin, id: tap.id }, context);
    case "alert": {
      const { calls, toast } = await tapAlert({ origin, tap }, context);
      if (toast !== undefined) job.acknowledge(toast);
      return calls;
    }
    case "draft": {
      const { calls, toast } = await tapDraft({ origin, tap }, context);
      if (toast !== undefined) job.acknowledge(toast);
      return calls;
    }
    case "name":
      return isAdmin(origin, context) ? amendName({ origin, name: tap.name }, context) : unknownButton(job);
    case "amend":
      return amend(job, { origin, tap }, context);
    case "command": {
      const name = tap.name === "clear" ? "clear" : commandNamed(tap.name);
      if (name === "clear") return askTapped(job, { origin, text: offers.clearScope.question }, context);
      return name === null ? unknownButton(job) : runCommand(job, { origin, name, rest: "" }, context);
    }
    case "reports":
      return [editCall(origin, await reportListView(context.sources, tap.page))];
    case "days":
      return [editCall(origin, daysView(await context.sources.covered(), tap.under, tap.page))];
    case "timeline": {
      const shown = await timelinePage(tap.about, tap.page, context);
      return shown === null ? unknownButton(job) : [editCall(origin, shown)];
    }
    case "timeline_file": {
      const made = await timelineFile(tap.about, tap.form, { origin, sources: context.sources });
      if (made.length === 0) return unknownButton(job);
      job.acknowledge(TOAST.making);
      return made;
    }
    case "places":
      return [editCall(origin, placesView(await context.sources.covered(), tap.page))];
    case "day":
      return askTapped(job, { origin, text: dayQuestion(tap.day) }, context);
    case "place": {
      const text = placeQuestion(tap.place, await context.sources.covered());
      return text === null ? unknownButton(job) : askTapped(job, { origin, text }, context);
    }
    default:
      return tapSource(job, { origin, tap }, context);
  }
}

/** Admins only; anybody else's tap is one on a button that is not there. */
async function amend(
  job: Job,
  { origin, tap }: { origin: Origin; tap: Extract<Tap, { kind: "amend" }> },
  context: Tapping,
): Promise<Call[]> {
  if (!isAdmin(origin, context)) return unknownButton(job);
  const report = await context.finder.byKey(tap.report);
  if (report === null) return say(origin, TOAST.unknownReport);
  return amendReport({ origin, report: report.id, withdraws: tap.withdraws }, context);
}

function unknownButton(job: Job): Call[] {
  job.acknowledge(TOAST.unknownButton);
  return [];
}

/** A question behind a button; whoever was asked for a correction has gone on to something else. */
async function askTapped(
  job: Job,
  asked: { origin: Origin; text: string },
  context: Tapping,
): Promise<Call[]> {
  job.acknowledge(TOAST.asked);
  await context.state.corrections.cancel(conversationOf(asked.origin));
  return ask(job, asked, context);
}

async function tapSource(
  job: Job,
  { origin, tap }: { origin: Origin; tap: SourceTap },
  context: Tapping,
): Promise<Call[]> {
  const key = "quotation" in tap ? tap.quotation.report : tap.report;
  const report = await context.finder.byKey(key);
  if (report === null) {
    const day = await withdrawnOn(key, context.sources);
    job.acknowledge(day === null ? TOAST.unknownReport : withdrawnReport(formatDay(day)));
    return [];
  }
  return sourceCalls(tap, { origin, report, context });
}

/** A command, typed or tapped: any but the ones about a correction call off one that was asked for. */
export async function runCommand(
  job: Job,
  asked: { origin: Origin; name: CommandName; rest: string },
  context: Tapping,
): Promise<Call[]> {
  const { origin, name } = asked;
  const isForAdmins = name === "invite" || name === "names";
  if (isForAdmins && !context.admins.includes(origin.user)) return say(origin, UNKNOWN_COMMAND);
  if (name !== "correct" && name !== "cancel") await context.state.corrections.cancel(conversationOf(origin));
  if (name === "names") return namesCommand(asked, context);
  const reply = await commandReply({ ...asked, name }, context);
  switch (reply.kind) {
    case "views":
      return viewCalls(origin, reply.views);
    case "question":
      return ask(job, { origin, text: reply.text }, context);
    case "open":
      return openLink(reply.link, origin, context);
    case "correct":
      return promptCorrection(origin, context, reply.text === "" ? null : reply.text);
    case "cancel":
      return cancelCorrection(origin, context);
    case "alerts":
      return alertsCommand({ origin, rest: reply.text }, context);
  }
}

/** What the reader is told. A verdict counts only on an answer that was sent. */
async function saveVerdict(
  { answer, verdict }: Extract<Tap, { kind: "verdict" }>,
  origin: Origin,
  { state, now }: Tapping,
): Promise<string> {
  if ((await state.answer(answer)) === null) return TOAST.unknownButton;
  await state.saveFeedback({ answer, person: personKey(origin.user), verdict, givenAt: now() });
  return verdict === "good" ? TOAST.thanks : TOAST.thanksForDoubt;
}

async function tapOffer(
  job: Job,
  { origin, id }: { origin: Origin; id: string },
  context: Tapping,
): Promise<Call[]> {
  const question = await context.state.offer(id, origin.chat);
  if (question === null) return unknownButton(job);
  return askTapped(job, { origin, text: question }, context);
}

/** What a link of this bot opens, in the private chat of whoever followed it. */
async function openLink(link: StartLink, origin: Origin, context: Tapping): Promise<Call[]> {
  if (link.kind === "correct") return promptCorrection(origin, context);
  if (link.kind === "alerts") return alertsCommand({ origin, rest: "" }, context);
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
      const { page, me } = context;
      const copies = await copiesOf(report, context);
      const about = { report, quotation: tap.quotation, passage, paragraph: number, copies };
      const view = withAmending(quotationView({ ...about, bot: me.username, page }), report, origin, context);
      return tap.kind === "quotation" ? viewCalls(origin, [view]) : [editCall(origin, view)];
    }
    case "text":
      return textCalls(origin, report);
    case "page":
      return [editCall(origin, textPageView(report, tap.page))];
    case "document":
      return [documentCall(origin, report)];
    case "about":
      return viewCalls(origin, [
        withAmending(aboutView(report, await knownBeside(report, context)), report, origin, context),
      ]);
  }
}

async function knownBeside(report: Report, context: Tapping): Promise<KnownBeside> {
  const history = (await context.sources.history?.(report.id)) ?? [];
  return { copies: await copiesOf(report, context), history };
}

async function copiesOf(report: Report, { sources }: Tapping): Promise<readonly Report[]> {
  return (await sources.copies?.(report.id)) ?? [];
}
