import * as phrases from "../phrases/answer.ts";
import type { Help } from "./answer.ts";
import type { Asked } from "./asked.ts";

/** Who the publishers of a question are: the operator's card for each, and how many of their reports are here. No verdict. */
export async function answerPublisher({ question, sources }: Asked): Promise<Help> {
  const asked = new Set(question.actors.map(({ id }) => id));
  const cards = sources.names.publishers.filter(({ id }) => asked.has(id));
  const counts = new Map<string, number>();
  for (const { publisher } of (await sources.store.heads()).values())
    counts.set(publisher ?? "", (counts.get(publisher ?? "") ?? 0) + 1);
  const lines = cards.flatMap(({ name, card, site }) => [
    card,
    phrases.publisherCard(name, counts.get(name) ?? 0, site),
  ]);
  return { kind: "help", scope: { dates: [], places: [] }, offers: [phrases.offers.coverage], lines };
}
