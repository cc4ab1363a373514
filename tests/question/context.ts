/** What questions are read against in these tests: the gazetteer of the project, on a fixed day. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import type { QuestionContext } from "../../src/question/parse.ts";
import { buildActorIndex } from "../../src/text/actors.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";

const names = await readGazetteer(path.join(path.dirname(fileURLToPath(import.meta.url)), "../../data"));

export const questionContext: QuestionContext = {
  today: "2026-11-22",
  gazetteer: buildGazetteer(names.places),
  actors: buildActorIndex(names.actors),
  years: [2012, 2014, 2016, 2017],
  region: "deir-ez-zor-governorate",
  publishers: names.publishers,
  reportIds: [],
};
