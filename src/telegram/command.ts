import { COMMANDS, type CommandName } from "../phrases/commands.ts";
import { searchKey } from "../text/normalize.ts";

/** What a text asks the bot itself; anything else is a question. */
export type TextRequest =
  | { readonly kind: "command"; readonly name: CommandName; readonly rest: string }
  | { readonly kind: "unknown_command" }
  | { readonly kind: "question"; readonly text: string };

/** The words alone: however they are spelt and whatever stands around them. */
const keyOf = (text: string): string =>
  searchKey(text)
    .replace(/[\p{P}\p{S}\s]+/gu, " ")
    .trim();

const BY_WORD = new Map<string, CommandName>(
  COMMANDS.flatMap(({ command, words }) => words.map((word) => [keyOf(word), command] as const)),
);

/** Commands begin with a slash; their Arabic words count only when they are the whole text. */
export function readRequest(text: string): TextRequest {
  const [, name, rest = ""] = /^\/([A-Za-z0-9_]+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  if (name !== undefined) {
    const known = commandNamed(name.toLowerCase());
    return known ? { kind: "command", name: known, rest: rest.trim() } : { kind: "unknown_command" };
  }
  const word = BY_WORD.get(keyOf(text));
  return word === undefined ? { kind: "question", text } : { kind: "command", name: word, rest: "" };
}

export function commandNamed(name: string): CommandName | null {
  return COMMANDS.find(({ command }) => command === name)?.command ?? null;
}
