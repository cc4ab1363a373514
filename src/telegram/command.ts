import { COMMANDS, type CommandName } from "../phrases/telegram.ts";
import { searchKey } from "../text/normalize.ts";

/** What a text asks the bot itself; anything else is a question. */
export type TextRequest =
  | { readonly kind: "command"; readonly name: CommandName; readonly rest: string }
  | { readonly kind: "unknown_command" }
  | { readonly kind: "question"; readonly text: string };

const BY_WORD = new Map<string, CommandName>(
  COMMANDS.flatMap(({ command, words }) => words.map((word) => [searchKey(word), command] as const)),
);

/** Commands begin with a slash; their Arabic words count only when they are the whole text. */
export function readRequest(text: string): TextRequest {
  const [, name, rest = ""] = /^\/([A-Za-z0-9_]+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  if (name !== undefined) {
    const known = COMMANDS.find(({ command }) => command === name.toLowerCase());
    return known ? { kind: "command", name: known.command, rest: rest.trim() } : { kind: "unknown_command" };
  }
  const word = BY_WORD.get(searchKey(text));
  return word === undefined ? { kind: "question", text } : { kind: "command", name: word, rest: "" };
}
