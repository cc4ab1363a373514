import type { Span } from "./normalize.ts";

/** An armed group, army, agency, institution or person that reports name. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: "state" | "armed_group" | "agency" | "institution" | "person" | "civilians";
  readonly variants: readonly string[];
  readonly sources: readonly string[];
}

export interface ActorMention {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}
