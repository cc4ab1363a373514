/** Reads the dialogues of this folder: what a person writes, and what each reply must be. */

export interface Turn {
  readonly question: string;
  readonly line: number;
  /** Each a condition that the reply must meet, as "name: value". */
  readonly expected: readonly { readonly name: string; readonly value: string }[];
}

export interface Dialogue {
  readonly title: string;
  readonly turns: readonly Turn[];
}

export const CONDITIONS = [
  "kind",
  "reason",
  "cites",
  "only",
  "quote",
  "first",
  "lead",
  "says",
  "not",
  "scope",
  "disagree",
  "source",
] as const;

/**
 * A dialogue begins with "== title"; ">" begins a message of the person; the lines under it are conditions of the
 * reply; "#" is a remark. Throws on any other line.
 */
export function readDialogues(text: string): Dialogue[] {
  const dialogues: {
    title: string;
    turns: { question: string; line: number; expected: { name: string; value: string }[] }[];
  }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const dialogue = dialogues.at(-1);
    const condition = /^([a-z]+):\s*(.*)$/.exec(line);
    if (line.startsWith("== ")) dialogues.push({ title: line.slice(3), turns: [] });
    else if (line.startsWith("> ") && dialogue)
      dialogue.turns.push({ question: line.slice(2).replaceAll("\\n", "\n"), line: index + 1, expected: [] });
    else if (
      condition &&
      dialogue?.turns.at(-1) &&
      (CONDITIONS as readonly string[]).includes(condition[1] ?? "")
    ) {
      dialogue.turns.at(-1)?.expected.push({ name: condition[1] ?? "", value: condition[2] ?? "" });
    } else throw new Error(`line ${index + 1} is no part of a dialogue: ${line}`);
  }
  return dialogues;
}
