import type { Copies } from "../copies/copies.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { GazetteerData } from "../gazetteer/gazetteer.ts";
import type { Question } from "../question/question.ts";
import type { AskedScope, Memory } from "../question/scope.ts";
import type { Coverage, Store } from "../store/store.ts";
import type { ActorIndex } from "../text/actors.ts";
import type { Day } from "../text/day.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { AnswerModel } from "./model.ts";

/** What questions are answered from. */
export interface Sources {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly gazetteer: Gazetteer;
  readonly actors: ActorIndex;
  readonly names: GazetteerData;
  readonly years: readonly number[];
  readonly reportIds: readonly string[];
  readonly coverage: Coverage;
  /** Id of the region of which the collection tells most: it wins among homonyms. */
  readonly region: string | null;
  /** Reports that an operator took back, by id, with the day; none of their text is in the store. */
  readonly withdrawn?: ReadonlyMap<string, Day> | undefined;
  /** Reports that are one text; without it every report stands for itself. */
  readonly copies?: Copies | undefined;
  /** Told how passages were found and weighed, a line each; for operators. */
  readonly trace?: ((line: string) => void) | undefined;
  /** Writes the answers in its own words where it can be proven; without it they are quotations. */
  readonly model?: AnswerModel | undefined;
}

/** A question in its context, as every way of answering takes it. */
export interface Asked {
  readonly question: Question;
  readonly scope: AskedScope;
  readonly today: Day;
  readonly memory: Memory | null;
  readonly sources: Sources;
  readonly signal: AbortSignal | undefined;
}
