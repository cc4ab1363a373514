/** What admins are offered to do about a report: to correct it, or to take it out of the collection. */
import { ADDING_BUTTON, adding } from "../phrases/adding.ts";
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import { type AddingContext, isAdmin } from "./adding.ts";
import { wordView } from "./addition-view.ts";
import type { Button, Call, Keyboard } from "./call.ts";
import { personKey, reportKey } from "./callback.ts";
import { rowOf, tapButton } from "./keyboard.ts";
import { evidenceViews, readSent } from "./sent.ts";
import type { Sources } from "./sources.ts";
import type { BotIdentity, Origin } from "./update.ts";
import type { View } from "./viewer.ts";

/** Words of readers about quotations that one person can send to the admins in a day. */
const MOST_A_DAY = 20;
const DAY_MS = 24 * 3_600_000;

/** The view with a button to correct the report, for an admin; as it is for anybody else. */
export function withAmending(view: View, report: Report, origin: Origin, context: AddingContext): View {
  if (!context.adding || !isAdmin(origin, context)) return view;
  return { ...view, keyboard: [...view.keyboard, [correctButton(ADDING_BUTTON.correct, report.id)]] };
}

function correctButton(label: string, report: string): Button {
  return tapButton(label, { kind: "amend", report: reportKey(report), withdraws: false });
}

function withdrawButton(label: string, report: string): Button {
  return tapButton(label, { kind: "amend", report: reportKey(report), withdraws: true });
}

/** What admins read when a reader says that a quotation is wrong, once for each reader and answer: never who says so. */
export async function wrongQuotation(
  answerId: string,
  origin: Origin,
  context: AddingContext & { readonly sources: Sources; readonly me: BotIdentity },
): Promise<Call[]> {
  const { adding: on, state, admins, sources, me, now } = context;
  const answer = admins.length > 0 ? await state.answer(answerId) : null;
  if (answer === null || !(await isNews(answerId, personKey(origin.user), { state, now: now() }))) return [];
  const views = await evidenceViews(answer, sources, me.username);
  const cited = new Map(
    readSent(answer)
      .map(({ report, n }) => [report, n] as const)
      .reverse(),
  );
  const rows: Keyboard = [...cited]
    .sort((a, b) => a[1] - b[1])
    .map(([report, n]) =>
      rowOf(
        correctButton(ADDING_BUTTON.correctNumber(n), report),
        withdrawButton(ADDING_BUTTON.withdrawNumber(n), report),
      ),
    );
  const heading = wordView(adding.wrongQuotation, ...(on ? [adding.whatToDo] : []));
  const shown = views.map((view, index) =>
    index === views.length - 1 ? { ...view, keyboard: [...view.keyboard, ...(on ? rows : [])] } : view,
  );
  return admins.flatMap((admin) => [heading, ...shown].map((view) => toAdmin(admin, view)));
}

async function isNews(
  answer: string,
  person: string,
  { state, now }: { state: State; now: number },
): Promise<boolean> {
  const theirs = (await state.feedback()).filter(
    (each) => each.person === person && each.verdict === "wrong_quotation",
  );
  const today = theirs.filter(({ givenAt }) => givenAt > now - DAY_MS);
  return today.length < MOST_A_DAY && !theirs.some((each) => each.answer === answer);
}

function toAdmin(chat: string, { message: { html, plain }, keyboard }: View): Call {
  const to = { chat, thread: null, replyTo: null };
  return { kind: "message", to, html, plain, keyboard: keyboard.map((row) => [...row]), answers: null };
}
