import type { Actor } from "../text/actors.ts";
import type { Place } from "../text/places/place.ts";

/** Who publishes reports: name, other spellings, and strings by which a report shows that it is theirs. */
export interface Publisher {
  readonly id: string;
  readonly name: string;
  readonly variants: readonly string[];
  readonly site: string | null;
  /** One neutral sentence for "who is …?"; no verdict. */
  readonly card: string;
  /** Strings in a body that identify the publisher. */
  readonly marks: readonly string[];
  readonly sources: readonly string[];
  /** Spellings that come from the operator and not from the list. */
  readonly corrected?: readonly string[] | undefined;
}

/** The three lists under data/. */
export interface GazetteerData {
  readonly places: readonly Place[];
  readonly actors: readonly Actor[];
  readonly publishers: readonly Publisher[];
}
