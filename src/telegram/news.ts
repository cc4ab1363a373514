import type { Passage } from "../passage/passage.ts";
import type { Topic } from "../question/topic.ts";
import type { Report } from "../report/report.ts";
import type { DayInterval } from "../text/day.ts";

/** What alerts ask of a collection. */
export interface News {
  /** What a text wants to be told of, its places named in full; null when it names nothing. */
  topicOf(text: string): Topic | null;
  /** The same for what an answer was about. */
  topicOfScope(scope: {
    readonly dates: readonly DayInterval[];
    readonly places: readonly { readonly id: string; readonly name: string }[];
  }): Topic | null;
  /** The collection as it is now: what is read of it does not change when it does. */
  collection(): NewsCollection;
}

export interface NewsCollection {
  /** Names what the collection holds. */
  readonly mark: string;
  /** Names how its passages were cut and read. */
  readonly reading: string;
  /** Each report by its id, in order; while it is as it was, it is the same object in the next collection too. */
  standing(): Promise<ReadonlyMap<string, object>>;
  report(id: string): Promise<Report | null>;
  /** The passages of a report, in order. */
  passages(report: string): Promise<readonly Passage[]>;
  passageById(id: string): Promise<Passage | null>;
  matcher(topic: Topic): (passage: Passage) => boolean;
}
