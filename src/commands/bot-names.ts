/** Names of places and publishers as admins correct their spellings in Telegram. */
import type { Sources as AnswerSources } from "../answer/asked.ts";
import { allOccurrences, exactSpans } from "../answer/occurrences.ts";
import { placeLabel } from "../answer/place-label.ts";
import type { GazetteerData } from "../gazetteer/gazetteer.ts";
import { sameSpelling } from "../overrides/spelling.ts";
import type { NameRow } from "../telegram/addition.ts";
import { nameKey } from "../telegram/callback.ts";
import type { Library } from "../telegram/library.ts";
import type { News } from "../telegram/news.ts";

export interface NamesOptions {
  readonly sources: AnswerSources;
  readonly news: News;
  /** The lists as they are corrected now. */
  readonly names: () => Promise<GazetteerData>;
}

const MOST_MATCHES = 8;
/** Of each list, for an empty text. */
const OFFERED = 6;
/** Passages in which a spelling is looked for, in a large collection. */
const MOST_PASSAGES = 2_000;
/** Units before and behind a spelling that are shown. */
const AROUND = 40;

type Row = { readonly id: string; readonly name: string; readonly variants: readonly string[] };

export function botNames(
  options: NamesOptions,
): Pick<Library, "namesLike" | "nameByKey" | "isSpelt" | "effectOf"> {
  const { sources, news } = options;

  const placeRow = ({ id, name, variants }: Row): NameRow => {
    const label = sources.gazetteer.byId.has(id)
      ? placeLabel(id, sources.gazetteer, { withParent: true })
      : name;
    return { section: "places", id, name: label, spellings: [...variants] };
  };
  const publisherRow = ({ id, name, variants }: Row): NameRow => {
    return { section: "publishers", id, name, spellings: [...variants] };
  };

  const all = async (): Promise<NameRow[]> => {
    const { places, publishers } = await options.names();
    return [...publishers.map(publisherRow), ...places.map(placeRow)];
  };

  async function offered(): Promise<NameRow[]> {
    const { places, publishers } = await options.names();
    const told = sources.coverage.places.flatMap(({ id }) => places.find((row) => row.id === id) ?? []);
    const published = new Set([...(await sources.store.heads()).values()].map(({ publisher }) => publisher));
    const known = publishers.filter(({ name }) => published.has(name));
    return [...known.slice(0, OFFERED).map(publisherRow), ...told.slice(0, OFFERED).map(placeRow)];
  }

  /** Reports that are signed so: the text of others tells nothing of who published them. */
  async function signed(spelling: string): Promise<{ reports: number; sample: string }> {
    const heads = [...(await sources.store.heads()).values()];
    const signatures = heads.flatMap(({ publisher, byline }) => {
      const found = [byline, publisher].find((text) => text && exactSpans(text, spelling).length > 0);
      return found ? [found] : [];
    });
    return { reports: signatures.length, sample: signatures[0] ?? "" };
  }

  return {
    async namesLike(text) {
      if (text.trim() === "") return offered();
      const { places, publishers } = await options.names();
      const isIt = ({ name, variants }: Row) => [name, ...variants].some((one) => sameSpelling(one, text));
      // With its head word, or a letter amiss ("حي الحويقة").
      const meant = new Set(news.topicOf(text)?.places.map(({ id }) => id));
      return [
        ...publishers.filter(isIt).map(publisherRow),
        ...places.filter((row) => isIt(row) || meant.has(row.id)).map(placeRow),
      ].slice(0, MOST_MATCHES);
    },

    async nameByKey(key) {
      return (await all()).find(({ section, id }) => nameKey(section, id) === key) ?? null;
    },

    async isSpelt({ section, id }, spelling) {
      const row = (await options.names())[section].find((one) => one.id === id);
      return row !== undefined && [row.name, ...row.variants].includes(spelling);
    },

    async effectOf({ section, id }, spelling) {
      const { places, publishers } = await options.names();
      const others = section === "places" ? places : publishers;
      const also = others.filter(
        (row) => row.id !== id && [row.name, ...row.variants].some((one) => sameSpelling(one, spelling)),
      );
      const alsoNamed = also.map((row) => (section === "places" ? placeRow(row).name : row.name));
      if (section === "publishers") return { ...(await signed(spelling)), also: alsoNamed };
      const found = await allOccurrences(
        spelling,
        (text) => exactSpans(text, spelling),
        { ...sources, copies: undefined },
        MOST_PASSAGES,
      );
      const [first] = found;
      return {
        reports: new Set(found.map(({ report }) => report.id)).size,
        sample: first ? around(first.report.body, first.span) : "",
        also: alsoNamed,
      };
    },
  };
}

/** The words about a span, whole ones, on one line. */
function around(body: string, [start, end]: readonly [number, number]): string {
  const before =
    body
      .slice(Math.max(0, start - AROUND), start)
      .split("\n")
      .at(-1) ?? "";
  const behind = body.slice(end, end + AROUND).split("\n")[0] ?? "";
  const cutBefore = start > AROUND && before.length === AROUND ? before.replace(/^\S*\s/, "…") : before;
  const cutBehind = behind.length === AROUND ? behind.replace(/\s\S*$/, "…") : behind;
  return cutBefore + body.slice(start, end) + cutBehind;
}
