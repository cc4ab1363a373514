/** What the bot's own commands reply. */
import type { Offer } from "../answer/answer.ts";
import { reportsCount } from "../phrases/answer.ts";
import {
  about,
  type CommandName,
  FORGOTTEN,
  HELP,
  INVITATION,
  PRIVACY,
  SOURCE_USAGE,
  WELCOME,
} from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import { formatInterval } from "../text/dates/format.ts";
import { invite } from "./access.ts";
import { decodeStart, offerKey, personKey, type StartLink } from "./callback.ts";
import { ours, paragraph, renderBlocks } from "./markup.ts";
import { offerButton } from "./render.ts";
import { type Sources, sortedReports } from "./sources.ts";
import type { BotIdentity } from "./update.ts";
import { reportListView, type View } from "./viewer.ts";

export interface CommandRequest {
  readonly chat: string;
  readonly user: string;
  readonly name: CommandName;
  readonly rest: string;
}

export type CommandReply =
  | { readonly kind: "views"; readonly views: readonly View[] }
  /** A question to be answered as if it had been asked. */
  | { readonly kind: "question"; readonly text: string }
  /** What a link of this bot opens. */
  | { readonly kind: "open"; readonly link: StartLink };

export interface CommandContext {
  readonly sources: Sources;
  readonly state: State;
  readonly examples: readonly Offer[];
  readonly me: BotIdentity;
  now(): number;
}

const MOST_EXAMPLES = 3;

export async function commandViews(asking: CommandRequest, context: CommandContext): Promise<CommandReply> {
  const { chat, user, name, rest } = asking;
  switch (name) {
    case "start":
      return start(chat, rest, context);
    case "help":
      return lines(HELP);
    case "reports":
      return { kind: "views", views: [reportListView(await sortedReports(context.sources), 0)] };
    case "source":
      return rest === "" ? lines([SOURCE_USAGE]) : { kind: "question", text: `نص المصدر ${rest}` };
    case "about":
      return aboutLines(await context.sources.reportList());
    case "privacy":
      return lines(PRIVACY);
    case "invite": {
      const code = await invite({ state: context.state, now: context.now() });
      return lines([INVITATION, `https://t.me/${context.me.username}?start=${code}`, code]);
    }
    case "forget":
      // A private chat has its person's id; what a group shares stays.
      await context.state.forget({ chat: user, person: personKey(user) });
      return lines([FORGOTTEN]);
  }
}

function lines(texts: readonly string[]): CommandReply {
  return {
    kind: "views",
    views: [{ message: renderBlocks(texts.map((text) => paragraph(ours(text)))), keyboard: [] }],
  };
}

async function start(
  chat: string,
  payload: string,
  { state, examples, now }: CommandContext,
): Promise<CommandReply> {
  const link = decodeStart(payload);
  if (link !== null) return { kind: "open", link };
  const offered = examples.slice(0, MOST_EXAMPLES);
  for (const { question } of offered) {
    await state.saveOffer({ id: offerKey(question), chat, question, now: now() });
  }
  const keyboard = offered.map((offer) => [offerButton(offer)]);
  const message = renderBlocks(WELCOME.map((text) => paragraph(ours(text))));
  return { kind: "views", views: [{ message, keyboard }] };
}

function aboutLines(reports: readonly Report[]): CommandReply {
  const days = reports
    .flatMap(({ published: { start, end } }) => [start, end].filter((day) => day !== null))
    .sort();
  const span = formatInterval({ start: days[0] ?? null, end: days.at(-1) ?? null });
  return lines(about(reportsCount(reports.length), span === "" ? null : span));
}
