/** What the bot's own commands reply. */
import type { Offer } from "../answer/answer.ts";
import { list, offers, reportsCount } from "../phrases/answer.ts";
import {
  about,
  type CommandName,
  forgotten,
  HELP,
  holdings,
  PRIVACY,
  PRIVACY_MODEL,
  scope,
  timelineUsage,
  welcome,
} from "../phrases/commands.ts";
import { BUTTON, INVITATION, SOURCE_USAGE } from "../phrases/telegram.ts";
import { memorySchema } from "../question/scope.ts";
import type { State } from "../state/state.ts";
import { formatDay, formatInterval } from "../text/dates/format.ts";
import { invite } from "./access.ts";
import type { Button, Keyboard } from "./call.ts";
import { decodeStart, offerKey, personKey, type StartLink } from "./callback.ts";
import { conversationOf } from "./calls.ts";
import { daysView, placesView } from "./coverage.ts";
import { dayText, oneLine } from "./describe.ts";
import { offerButton, rowOf, tapButton } from "./keyboard.ts";
import { line, ours, paragraph, renderBlocks } from "./markup.ts";
import { reportListView } from "./report-list.ts";
import type { Covered, Sources } from "./sources.ts";
import { timelineNamed } from "./timeline.ts";
import type { BotIdentity, Origin } from "./update.ts";
import type { View } from "./viewer.ts";

export interface CommandRequest {
  readonly origin: Origin;
  /** Any but the one about names (names.ts). */
  readonly name: Exclude<CommandName, "names">;
  readonly rest: string;
}

export type CommandReply =
  | { readonly kind: "views"; readonly views: readonly View[] }
  /** A question to be answered as if it had been asked. */
  | { readonly kind: "question"; readonly text: string }
  /** What a link of this bot opens. */
  | { readonly kind: "open"; readonly link: StartLink }
  | { readonly kind: "correct"; readonly text: string }
  | { readonly kind: "alerts"; readonly text: string }
  | { readonly kind: "cancel" };

/** Who answers for the bot. */
export interface Operator {
  readonly name: string | null;
  /** An address, a link or a name at Telegram. */
  readonly contact: string | null;
  /** Whether a model writes answers. */
  readonly model: boolean;
}

export interface CommandContext {
  readonly sources: Sources;
  readonly state: State;
  readonly examples: readonly Offer[];
  readonly operator: Operator;
  readonly me: BotIdentity;
  now(): number;
}

const MOST_EXAMPLES = 3;
const PUBLISHERS_SHOWN = 6;

export async function commandReply(asking: CommandRequest, context: CommandContext): Promise<CommandReply> {
  const { origin, name, rest } = asking;
  const { sources, state, now, operator } = context;
  switch (name) {
    case "start":
      return start(origin, rest, context);
    case "help":
      return lines(HELP, [coverageRow(), [commandButton(BUTTON.about, "about")]]);
    case "reports":
      return view(await reportListView(sources, 0));
    case "dates":
      return view(daysView(await sources.covered(), "", 0));
    case "places":
      return view(placesView(await sources.covered(), 0));
    case "timeline": {
      const shown = await timelineNamed(rest, context);
      return shown === null ? lines([timelineUsage]) : view(shown);
    }
    case "scope":
      return scopeNow(await state.recall(conversationOf(origin), now()));
    case "source":
      return rest === "" ? lines([SOURCE_USAGE]) : { kind: "question", text: `نص المصدر ${rest}` };
    case "correct":
      return { kind: "correct", text: rest };
    case "cancel":
      return { kind: "cancel" };
    case "alerts":
      return { kind: "alerts", text: rest };
    case "about":
      return aboutLines(await sources.covered(), operator);
    case "privacy":
      return lines(operator.model ? [...PRIVACY, PRIVACY_MODEL] : PRIVACY);
    case "invite": {
      const code = await invite({ state, now: now() });
      return lines([INVITATION, `https://t.me/${context.me.username}?start=${code}`, code]);
    }
    case "forget":
      // A private chat has its person's id; what a group shares stays.
      return lines(forgotten(await state.forget({ chat: origin.user, person: personKey(origin.user) })));
  }
}

function view(shown: View): CommandReply {
  return { kind: "views", views: [shown] };
}

function lines(texts: readonly string[], keyboard: Keyboard = []): CommandReply {
  return view({ message: renderBlocks(texts.map((text) => paragraph(ours(text)))), keyboard });
}

const commandButton = (label: string, name: CommandName): Button =>
  tapButton(label, { kind: "command", name });

function coverageRow(): Button[] {
  return rowOf(
    commandButton(BUTTON.reports, "reports"),
    commandButton(BUTTON.dates, "dates"),
    commandButton(BUTTON.places, "places"),
  );
}

async function start(origin: Origin, payload: string, context: CommandContext): Promise<CommandReply> {
  const { state, examples, now, sources } = context;
  const link = decodeStart(payload);
  if (link !== null) return { kind: "open", link };
  const offered = examples.slice(0, MOST_EXAMPLES);
  const conversation = conversationOf(origin);
  for (const { question } of offered) {
    await state.saveOffer({ id: offerKey(question), chat: origin.chat, conversation, question, now: now() });
  }
  const keyboard = [...offered.map((offer) => [offerButton(offer)]), coverageRow()];
  return lines(welcome(heldIn(await sources.covered())), keyboard);
}

function heldIn({ reports, days, changed }: Covered): string {
  return holdings({
    reports: reportsCount(reports),
    days: formatInterval({ start: days[0] ?? null, end: days.at(-1) ?? null }),
    changed: changed === null ? null : formatDay(changed),
  });
}

function aboutLines(covered: Covered, operator: Operator): CommandReply {
  const publishers = covered.publishers.map((publisher) => oneLine(publisher, 60));
  const facts = {
    operator: operator.name,
    contact: operator.contact,
    holdings: heldIn(covered),
    publishers: publishers.slice(0, PUBLISHERS_SHOWN),
    morePublishers: Math.max(0, publishers.length - PUBLISHERS_SHOWN),
    inferred: covered.inferred,
    undated: covered.undated,
    model: operator.model,
  };
  return lines(about(facts), [coverageRow(), [commandButton(BUTTON.correct, "correct")]]);
}

/** Days and places that a question without any inherits, with a button that drops them. */
function scopeNow(stored: string | null): CommandReply {
  const memory = stored === null ? null : memorySchema.safeParse(JSON.parse(stored));
  const { dates, places } = memory?.success ? memory.data : { dates: [], places: [] };
  const what = [...places.map(({ name }) => name), ...dates.map((day) => dayText(day))].filter(
    (part) => part !== "",
  );
  if (what.length === 0) return lines([scope.none]);
  const message = renderBlocks([
    paragraph(line({ text: scope.now(list(what)), style: "bold" })),
    paragraph(ours(scope.means)),
  ]);
  return view({
    message,
    keyboard: [[tapButton(offers.clearScope.label, { kind: "command", name: "clear" })]],
  });
}
