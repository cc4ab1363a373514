import type { Token } from "./lex.ts";

/** How a figure stands in its sentence: "member" of the figure before ("27 … هم 16 … و6"), "inner" part of one ("بينهم طفلان"). */
export type Standing = "top" | "member" | "inner";

export interface Related {
  readonly standing: Standing;
  /** Place of the figure of which this one is a part, or null. */
  readonly partOf: number | null;
}

/** What is known of a figure already read: the token after it, and how it stands. */
export interface Earlier extends Related {
  readonly to: number;
}

const TOP: Related = { standing: "top", partOf: null };
const INNER = /^(?:و?بينهم|و?بينهن|و?بينها|و?منهم|و?منهن|ضمنهم|including)$/;
const MEMBERS = /^(?:و?هم|وهن)$/;
const FARTHEST = 60;
const LOOK_BACK = 12;

/** Reads how the figure that starts at token `from` stands to the figures before it. */
export function relate(tokens: readonly Token[], from: number, earlier: readonly Earlier[]): Related {
  const previous = earlier.at(-1);
  if (previous === undefined || from - previous.to > FARTHEST) return TOP;
  const apart = tokens.slice(previous.to, from);
  if (apart.some((token) => token.kind === "break" || /^[.!?؟؛]$/.test(token.text))) return TOP;
  const whole = lastWhole(earlier);
  if (whole === null) return TOP;
  const word = tokens[from - 1]?.text ?? "";
  if (MEMBERS.test(word)) return { standing: "member", partOf: whole };
  if (INNER.test(word)) return { standing: "inner", partOf: whole };
  if (word !== "و" && !/^و/.test(tokens[from]?.text ?? "")) return TOP;
  const comma = apart.some((token) => token.text === "،");
  if (!comma && apart.some((token) => INNER.test(token.text))) return { standing: "inner", partOf: whole };
  if (previous.standing === "inner" && !comma) return { standing: "inner", partOf: previous.partOf };
  const partOf = earlier[whole]?.standing === "member" ? (earlier[whole]?.partOf ?? null) : null;
  return partOf === null ? TOP : { standing: "member", partOf };
}

function lastWhole(earlier: readonly Earlier[]): number | null {
  for (let at = earlier.length - 1; at >= Math.max(0, earlier.length - LOOK_BACK); at -= 1)
    if (earlier[at]?.standing !== "inner") return at;
  return null;
}
