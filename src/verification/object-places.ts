/** The places on which a deed of a claim was done. */
import { searchKey } from "../text/normalize.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { VerificationSources } from "./claim.ts";
import { WHOLE } from "./events/lexicon.ts";
import type { NewsEvent } from "./events/read.ts";
import { WIDE } from "./kinds.ts";
import { overlap, type Reading } from "./reading.ts";
import { contentWords } from "./words.ts";

const ON_IT = /^\s*(?:عليه|عليها|اليه|اليها)(?!\p{L})/u;

/** The places of a deed's object; a city after other words only says where ("على الجبل المطل على مدينة دير الزور"). */
export function objectPlaces(
  event: NewsEvent,
  claim: Reading,
  { gazetteer }: VerificationSources,
): readonly PlaceMention[] {
  // "الشارع الذي سيطرت عليه القوات يضم …": the object stands before.
  if (ON_IT.test(searchKey(claim.text.slice(...event.object)))) return [];
  return claim.places.filter(({ id, span }) => {
    if (!overlap(span, event.object)) return false;
    const kind = gazetteer.byId.get(id)?.kind ?? "country";
    const names = [...claim.actors, ...claim.places].map((mention) => mention.span);
    return (
      !WIDE.has(kind) ||
      contentWords(claim.text.slice(event.object[0], span[0]), []).every(
        ({ key, span: word }) =>
          WHOLE.test(key) ||
          names.some((name) => overlap(name, [word[0] + event.object[0], word[1] + event.object[0]])),
      )
    );
  });
}
