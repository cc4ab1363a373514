/** What a report means by "الحي", "المدينة" and "ريفها الغربي": places that it names elsewhere. */
import { findPlaces } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceKind } from "../text/places/place.ts";
import { nameKey } from "../text/places/words.ts";

/** A place that a part names, or refers to. */
export interface ToldPlace {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  /** Where it is named or referred to in the body. */
  readonly at: number;
  readonly byName: boolean;
}

/** "الحي", "المدينة" … without a name after it: the place of that kind that was spoken of. */
const HEAD =
  /(?<!\p{L})[وف]?(?:[بك]?ال|لل)(حي|مدينة|بلدة|قرية)(?!\p{L})(?!\s+(?:ال)?(?:مجاور|مقابل|آخر|أخرى|قريب|ثاني))/gu;
const KINDS: Readonly<Record<string, readonly PlaceKind[]>> = {
  حي: ["quarter", "village", "area"],
  مدينة: ["city"],
  بلدة: ["town", "city"],
  قرية: ["village", "town"],
};
/** "ريفها الغربي", "الريف الشرقي للمحافظة": the countryside of the governorate that was spoken of. */
const COUNTRYSIDE =
  /(?<!\p{L})و?[بل]?(?:ريفه?ا?|الريف|للريف)\s+(ال(?:شمالي|جنوبي|شرقي|غربي)(?:\s+ال(?:شرقي|غربي))?)(?!\p{L})/gu;

/** Reads the parts of one report in order and remembers of which places they were. */
export class ReferenceResolver {
  readonly #gazetteer: Gazetteer;
  readonly #prefer: string | undefined;
  /** For each head word, what the part before was about. */
  readonly #topics = new Map<string, ToldPlace>();
  #governorate: string | null = null;

  constructor(gazetteer: Gazetteer, prefer: string | undefined) {
    this.#gazetteer = gazetteer;
    this.#prefer = prefer;
  }

  /** The places that a part refers to without their names; `named` are those it names, in order. */
  references(text: string, offset: number, named: readonly ToldPlace[]): ToldPlace[] {
    const starts = new Set(named.map(({ at }) => at));
    const heads = Object.keys(KINDS).flatMap((head) => {
      const antecedents = named.flatMap((place) => this.#antecedent(place, head) ?? []);
      return this.#byHead({ text, offset, head, starts }, antecedents);
    });
    return [...heads, ...this.#countrysides(text, offset, named)];
  }

  /** The place that `head` may later mean: the named one itself, or the city inside a longer name ("ضفاف … لمدينة X"). */
  #antecedent(place: ToldPlace, head: string): ToldPlace | null {
    if (this.#suits(place.id, head)) return place;
    const inside = place.words.indexOf(`${head} `);
    if (inside <= 0) return null;
    const [inner] = findPlaces(place.words.slice(inside), this.#gazetteer, { prefer: this.#prefer });
    return inner && this.#suits(inner.id, head) ? { ...place, id: inner.id, name: inner.name } : null;
  }

  /** An area counts as a quarter when it lies in a city. */
  #suits(id: string, head: string): boolean {
    const kind = this.#gazetteer.byId.get(id)?.kind;
    if (kind === undefined || !KINDS[head]?.includes(kind)) return false;
    return (
      kind !== "area" ||
      this.#gazetteer.ancestors(id).some((above) => this.#gazetteer.byId.get(above)?.kind === "city")
    );
  }

  /** The place of the kind named last before, not counting one in brackets; else the topic of the part before. */
  #byHead({ text, offset, head, starts }: HeadsIn, antecedents: readonly ToldPlace[]): ToldPlace[] {
    const found: ToldPlace[] = [];
    let last: ToldPlace | null = null;
    let next = 0;
    for (const match of text.matchAll(HEAD)) {
      if (match[1] !== head) continue;
      const at = offset + match.index;
      if (starts.has(at) || starts.has(at + match[0].length + 1)) continue;
      for (let place = antecedents[next]; place && place.at < at; place = antecedents[next]) {
        if (text.charAt(place.at - offset - 1) !== "(") last = place;
        next += 1;
      }
      last ??= this.#topics.get(head) ?? null;
      if (last !== null) found.push({ ...last, at, byName: false });
    }
    const [topic] = [...found, ...antecedents].sort((a, b) => a.at - b.at);
    if (topic !== undefined) this.#topics.set(head, topic);
    return found;
  }

  #countrysides(text: string, offset: number, named: readonly ToldPlace[]): ToldPlace[] {
    const found: ToldPlace[] = [];
    let next = 0;
    const remember = (until: number): void => {
      for (let place = named[next]; place && place.at < until; place = named[next]) {
        this.#governorate = this.#governorateOf(place.id) ?? this.#governorate;
        next += 1;
      }
    };
    for (const match of text.matchAll(COUNTRYSIDE)) {
      const at = offset + match.index;
      remember(at);
      const covered = named[next - 1];
      const nextNamed = named[next];
      if (covered && covered.at + covered.words.length > at) continue;
      if (nextNamed && nextNamed.at < at + match[0].length) continue;
      const place = this.#countryside(match[1] ?? "");
      if (place !== null) found.push({ ...place, words: match[0], at, byName: false });
    }
    remember(Number.POSITIVE_INFINITY);
    return found;
  }

  #countryside(direction: string): Pick<ToldPlace, "id" | "name"> | null {
    const name = this.#governorate === null ? undefined : this.#gazetteer.byId.get(this.#governorate)?.name;
    const [form] = (name && this.#gazetteer.names.get(nameKey(`ريف ${name} ${direction}`))) || [];
    return (form && this.#gazetteer.byId.get(form.id)) ?? null;
  }

  #governorateOf(id: string): string | undefined {
    return [id, ...this.#gazetteer.ancestors(id)].find(
      (one) => this.#gazetteer.byId.get(one)?.kind === "governorate",
    );
  }
}

interface HeadsIn {
  readonly text: string;
  readonly offset: number;
  readonly head: string;
  /** Where names begin: "الحي" right before one is its head word. */
  readonly starts: ReadonlySet<number>;
}
