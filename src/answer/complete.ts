import type { Passage } from "../passage/passage.ts";
import type { Question } from "../question/question.ts";
import type { Located } from "../retrieval/scope.ts";
import type { Store } from "../store/store.ts";

/** How far back the words that date a passage may stand. */
const PASSAGES_BACK = 3;
const SENTENCE_END = /[.؟?!…»”"]\s*$/u;

async function neighbour(at: Located, step: number, store: Store): Promise<Passage | null> {
  const ref = at.ref + step;
  if (ref < 0 || ref >= store.manifest.passages) return null;
  const [passage] = await store.passages([ref]);
  return passage?.reportId === at.passage.reportId && passage.role === "text" ? passage : null;
}

/** The passage before that names the day which this one only continues. */
async function datingPassage(at: Located, store: Store): Promise<Passage | null> {
  if (at.passage.dates.some(({ basis }) => basis === "passage")) return null;
  const told = at.passage.dates.find(({ basis, words }) => basis === "previous" && words !== "");
  if (!told) return null;
  for (let step = 1; step <= PASSAGES_BACK; step += 1) {
    const before = await neighbour(at, -step, store);
    if (before?.text.includes(told.words)) return before;
  }
  return null;
}

/** The rest of the sentence that the passage breaks off: reasons stand at its end. */
async function continuation(at: Located, store: Store): Promise<Passage | null> {
  return SENTENCE_END.test(at.passage.text) ? null : neighbour(at, 1, store);
}

/** Whether a text ends within somebody's words: who said them, and where, may stand behind. */
function breaksOffSpeech(text: string): boolean {
  return text.lastIndexOf("“") > text.lastIndexOf("”") || text.lastIndexOf("«") > text.lastIndexOf("»");
}

/** What must be quoted beside the best passage so that it answers: for "when" the words of the date, for "why" the rest of the sentence, for somebody's words the rest of them. */
export async function completionOf(best: Located, question: Question, store: Store): Promise<Passage | null> {
  if (question.kind === "when") return datingPassage(best, store);
  return question.kind === "why" || breaksOffSpeech(best.passage.text) ? continuation(best, store) : null;
}
