import { createInterface } from "node:readline";
import type { Answer } from "../answer/answer.ts";
import type { Sources } from "../answer/asked.ts";
import { publishedLabel } from "../answer/labels.ts";
import { answerText } from "../answer/text.ts";
import { readConfig } from "../config.ts";
import * as answerPhrases from "../phrases/answer.ts";
import * as phrases from "../phrases/terminal.ts";
import { answerQuestion } from "../pipeline.ts";
import type { Memory } from "../question/scope.ts";
import type { CommandContext } from "./command.ts";
import { failureLine } from "./failure.ts";
import { openModel } from "./model.ts";
import { todayInDamascus } from "./today.ts";

const OFFERS_SHOWN = 4;

/** The reports one a line: number, publisher, title, publication day. */
async function reportList(sources: Sources): Promise<string> {
  const lines: string[] = [];
  for (const [index, id] of sources.reportIds.entries()) {
    const report = await sources.store.report(id);
    if (!report) continue;
    const { publisher, title, published } = report;
    const label = [
      publisher ?? answerPhrases.unknownPublisher,
      title ?? answerPhrases.untitled,
      publishedLabel(published),
    ];
    lines.push(phrases.reportLine(index + 1, answerPhrases.list(label)));
  }
  return lines.join("\n");
}

function shown(answer: Answer): string {
  const offers =
    answer.kind === "clarification" ? answer.choices : answer.kind === "answer" ? [] : answer.offers;
  const text = answerText(answer);
  if (offers.length === 0) return text;
  return [
    text,
    phrases.offersHeading,
    ...offers.slice(0, OFFERS_SHOWN).map(({ question }) => `- ${question}`),
  ].join("\n");
}

/** A chat over standard input and output. Ends with the input, /quit or the signal. */
export async function runTerminal(collection: Sources, context: CommandContext): Promise<number> {
  const config = readConfig({ env: context.env, root: context.root });
  const model = openModel(config, { now: () => context.now().getTime() })(null);
  const { stdin, stdout, signal } = context;
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const lines = createInterface({ input: stdin, terminal: false });
  const write = (text: string): void => void stdout.write(`${text}\n\n`);
  const ask = (): void => void (interactive && stdout.write(phrases.prompt));
  signal.addEventListener("abort", () => lines.close(), { once: true });
  let memory: Memory | null = null;
  const answer = async (text: string): Promise<void> => {
    try {
      const answered = await answerQuestion(
        { text, today: todayInDamascus(context.now()), memory, signal },
        { ...collection, model },
      );
      memory = answered.memory ?? memory;
      write(shown(answered.answer));
    } catch (error) {
      if (signal.aborted) return;
      context.stderr.write(`isnad start: ${failureLine(error)}\n`);
      write(phrases.failed);
    }
  };
  write(phrases.welcome(answerPhrases.reportsCount(collection.reportIds.length)));
  ask();
  for await (const line of lines) {
    const [name = "", argument = ""] = line.trim().split(/\s+/, 2);
    if (name === "/quit" || name === "/exit") break;
    if (name === "/help" || name === "/start") write(phrases.help);
    else if (name === "/reports") write(await reportList(collection));
    else if (name === "/source" && argument === "") write(phrases.sourceUsage);
    else if (name === "/source") await answer(`نص المصدر ${argument}`);
    else if (name.startsWith("/")) write(phrases.unknownCommand(name));
    else if (line.trim() !== "") await answer(line);
    ask();
  }
  if (interactive) write(phrases.goodbye);
  return 0;
}
