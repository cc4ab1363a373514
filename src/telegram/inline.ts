/**
 * Inline mode: `@bot question` in any chat. Answered from retrieval alone, at once, and never stored: a query lives for
 * seconds, and every few letters bring a new one.
 */
import { z } from "zod";
import type { Answer } from "../answer/answer.ts";
import { INLINE_BUTTON } from "../phrases/inline.ts";
import type { State } from "../state/state.ts";
import { searchKey } from "../text/normalize.ts";
import { type Access, admit } from "./access.ts";
import { type Clock, deadlineWithin } from "./clock.ts";
import { type Card, inlineCards } from "./inline-cards.ts";
import { Lanes } from "./lanes.ts";
import { loggable } from "./loggable.ts";
import { buttonLabel } from "./markup.ts";
import type { Sources } from "./sources.ts";
import type { CallResult, Payload, Transport } from "./transport.ts";
import type { BotIdentity } from "./update.ts";

export interface InlineAnswering {
  /** From the reports alone: no model, no memory of a conversation. */
  answer(request: { text: string; signal: AbortSignal }): Promise<Answer>;
  /** Asked when nothing is typed yet: what the collection holds. */
  readonly opening: string;
}

export interface InlineOptions extends InlineAnswering {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly state: State;
  readonly access: Access;
  readonly sources: Sources;
  readonly me: BotIdentity;
  log(event: string, details?: Record<string, unknown>): void;
}

export interface InlineDesk {
  /** True when the update is an inline query; the answer follows by itself. */
  take(raw: unknown): boolean;
}

const inlineQuery = z.looseObject({
  inline_query: z.looseObject({
    id: z.string(),
    from: z.looseObject({ id: z.number() }),
    query: z.string(),
    offset: z.string(),
  }),
});
type Query = z.infer<typeof inlineQuery>["inline_query"];

/** Cards, and the hashes of the reports that they quote, by id. */
interface Made {
  readonly cards: readonly Card[];
  readonly hashes: ReadonlyMap<string, string>;
}

interface Kept extends Made {
  readonly until: number;
}

/** A person who types gets no answer before this pause: each few letters would bring another. */
const TYPING_MS = 200;
/** Telegram gives up on a query after some ten seconds. */
const DEADLINE_MS = 8_000;
const AT_ONCE = 8;
/** How long an answer is kept, here and at Telegram; here only while its reports are what they were. */
const KEPT_MS = 60_000;
const KEPT_ANSWERS = 200;
/** Where the button above the cards leads: the bot's welcome. */
const START = "inline";

export function makeInlineDesk(options: InlineOptions): InlineDesk {
  const { transport, clock, signal, log } = options;
  const slots = new Lanes(AT_ONCE);
  const typing = new Map<string, AbortController>();
  const kept = new Map<string, Kept>();

  function take(raw: unknown): boolean {
    const parsed = inlineQuery.safeParse(raw);
    if (!parsed.success) return false;
    void serve(parsed.data.inline_query).catch((error: unknown) =>
      log("failed", { stage: "inline", error: loggable(error) }),
    );
    return true;
  }

  async function serve(query: Query): Promise<void> {
    const user = String(query.from.id);
    if (!(await isAdmitted(user))) return send(query, [], INLINE_BUTTON.notAllowed);
    // All cards come at once: there is no second page.
    if (query.offset !== "") return send(query, []);
    // What the person typed before is no longer waited for.
    typing.get(user)?.abort();
    const latest = new AbortController();
    typing.set(user, latest);
    const deadline = deadlineWithin(signal, DEADLINE_MS);
    latest.signal.addEventListener("abort", () => deadline.end(), { once: true });
    try {
      const cards = await cardsFor(query.query, deadline.signal);
      if (!latest.signal.aborted) await send(query, cards);
    } catch (error) {
      if (latest.signal.aborted || signal.aborted) return;
      await send(query, [], INLINE_BUTTON.tooSlow);
      if (!deadline.expired) throw error;
    } finally {
      deadline.end();
      if (typing.get(user) === latest) typing.delete(user);
    }
  }

  async function isAdmitted(user: string): Promise<boolean> {
    const origin = { chat: user, group: false, thread: null, user, message: 0 };
    const { access, state } = options;
    return (await admit(origin, null, { access, state, now: clock.now() })) === "yes";
  }

  async function cardsFor(text: string, stop: AbortSignal): Promise<readonly Card[]> {
    const question = text.trim() === "" ? options.opening : text.trim();
    const key = keyOf(question);
    const known = kept.get(key);
    if (known && known.until > clock.now() && (await isCurrent(known))) return known.cards;
    await clock.sleep(TYPING_MS, stop);
    const made = await slots.withSlot(true, async () => {
      stop.throwIfAborted();
      return makeCards(await options.answer({ text: question, signal: stop }));
    });
    stop.throwIfAborted();
    keep(key, made);
    return made.cards;
  }

  /** Whether every report that is quoted is there and unchanged. */
  async function isCurrent({ hashes }: Made): Promise<boolean> {
    for (const [id, sha256] of hashes)
      if ((await options.sources.report(id))?.sha256 !== sha256) return false;
    return true;
  }

  async function makeCards(answer: Answer): Promise<Made> {
    const hashes = new Map<string, string>();
    if (answer.kind === "source") hashes.set(answer.report.id, answer.report.sha256);
    for (const { report } of answer.kind === "answer" ? answer.citations : []) {
      if (!hashes.has(report)) hashes.set(report, (await options.sources.report(report))?.sha256 ?? "");
    }
    const sha256 = (report: string): string => hashes.get(report) ?? "";
    return { cards: inlineCards(answer, { bot: options.me.username, sha256 }), hashes };
  }

  function keep(key: string, made: Made): void {
    kept.delete(key);
    kept.set(key, { ...made, until: clock.now() + KEPT_MS });
    const [oldest] = kept.keys();
    if (kept.size > KEPT_ANSWERS && oldest !== undefined) kept.delete(oldest);
  }

  async function send(
    { id }: Query,
    cards: readonly Card[],
    button: string = INLINE_BUTTON.ask,
  ): Promise<void> {
    const call = (form: "html" | "plain"): Promise<CallResult> => {
      const payload = {
        inline_query_id: id,
        results: cards.map((card, index) => article(card, `${index + 1}`, form)),
        // Others have other rights; and an empty answer may have another reason in a moment.
        is_personal: true,
        cache_time: cards.length > 0 ? KEPT_MS / 1000 : 5,
        button: { text: buttonLabel(button), start_parameter: START },
      };
      return transport.call("answerInlineQuery", payload, { signal, timeout: DEADLINE_MS });
    };
    let result = await call("html");
    if (result.kind === "refused" && /can't parse entities/i.test(result.description)) {
      log("markup_refused", { description: result.description });
      result = await call("plain");
    }
    // Too late for one query is not too late for the next.
    if (result.kind === "refused" && !/query is too old/i.test(result.description))
      log("refused", { call: "inline", description: result.description });
  }

  return { take };
}

/** The same for questions that differ in spelling, spaces and the mark at their end only. */
function keyOf(question: string): string {
  return searchKey(question)
    .replace(/\s+/g, " ")
    .replace(/[\s؟?]+$/u, "");
}

function article(
  { title, description, message, keyboard }: Card,
  id: string,
  form: "html" | "plain",
): Payload {
  const text =
    form === "html" ? { message_text: message.html, parse_mode: "HTML" } : { message_text: message.plain };
  return {
    type: "article",
    id,
    title,
    ...(description !== "" && { description }),
    input_message_content: { ...text, link_preview_options: { is_disabled: true } },
    reply_markup: { inline_keyboard: keyboard },
  };
}
