/** A program for crash.test.ts: builds an index slowly, tells each step, and kills itself at a step if told so. */
import { writeSync } from "node:fs";
import { buildStore } from "../../src/store/build.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "./samples.ts";

const [indexDir = "", texts = "0", pause = "0", deadly = ""] = process.argv.slice(2);

function tell(step: string): void {
  writeSync(1, `${step}\n`);
  if (step === deadly) process.kill(process.pid, "SIGKILL");
}

class SlowEmbedder extends FakeEmbedder {
  override async embed(...args: Parameters<FakeEmbedder["embed"]>): Promise<Float32Array[]> {
    await new Promise((resolve) => setTimeout(resolve, Number(pause)));
    return super.embed(...args);
  }
}

const body = Array.from({ length: Number(texts) }, (_, i) => `جملة رقم ${i} عن الحميدية في 2017-10-29`).join(
  "\n",
);
const summary = await buildStore({
  indexDir,
  reports: [sampleReport("000_long", body), sampleReport("001_short", "نص قصير")],
  passagesOf: samplePassages,
  embedder: new SlowEmbedder(),
  versions: SAMPLE_VERSIONS,
  corpus: `of ${texts}`,
  now: () => {
    tell("now");
    return "2026-01-01T00:00:00.000Z";
  },
  onProgress: (stage, done, total) => {
    if (done === 0) tell(`${stage} of ${total}`);
    tell(`${stage} ${done}`);
  },
});
tell(`embedded ${summary.embedded}`);
