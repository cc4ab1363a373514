import type { Sources as AnswerSources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { parseQuestion } from "../question/parse.ts";
import { quotedPhrase, type Topic, topicOf } from "../question/topic.ts";
import { topicMatcher } from "../retrieval/topic-match.ts";
import type { News } from "../telegram/news.ts";
import type { Day } from "../text/day.ts";

/** What alerts ask of a collection, at each call of its newest generation. `today` is the day in Asia/Damascus. */
export function botNews(sources: AnswerSources, today: () => Day): News {
  const labelled = (topic: Topic): Topic => ({
    ...topic,
    places: topic.places.map(({ id }) => {
      return { id, name: placeLabel(id, sources.gazetteer, { withParent: true }) };
    }),
  });
  return {
    topicOf(text) {
      const { phrase, rest } = quotedPhrase(text);
      const { publishers } = sources.names;
      const question = parseQuestion(rest, { ...sources, today: today(), publishers });
      const topic = topicOf(question, phrase);
      return topic && labelled(topic);
    },
    topicOfScope({ dates, places }) {
      const days = dates.filter(({ start, end }) => start !== null || end !== null);
      if (days.length + places.length === 0) return null;
      const about = places.map(({ id, name }) => ({ id, name }));
      return labelled({
        places: about,
        days: days.map(({ start, end }) => ({ start, end })),
        actors: [],
        phrase: null,
      });
    },
    collection() {
      const { store, gazetteer, actors } = sources;
      const { corpus, chunkerVersion, normalizerVersion } = store.manifest;
      return {
        mark: corpus,
        reading: `${chunkerVersion}.${normalizerVersion}`,
        standing: () => store.heads(),
        report: (id) => store.report(id),
        passages: async (report) => store.passages(await store.select({ reports: [report] })),
        passageById: async (id) => (await store.passageById(id))?.passage ?? null,
        matcher: (topic) => topicMatcher(topic, { gazetteer, actors }),
      };
    },
  };
}
