import { embedderContract } from "./contract/embedder.ts";
import { storeContract } from "./contract/store.ts";
import { FakeEmbedder, FakeStore } from "./fakes.ts";
import { SAMPLE_REPORTS, samplePassages } from "./store/samples.ts";

embedderContract("the fake embedder", async () => new FakeEmbedder());

storeContract("the fake store", (embedder) =>
  FakeStore.of({
    reports: SAMPLE_REPORTS.map(({ report }) => report),
    passages: SAMPLE_REPORTS.flatMap(({ report }) => samplePassages(report)),
    sources: new Map(SAMPLE_REPORTS.map(({ report, bytes }) => [report.id, bytes])),
    embedder,
  }),
);
