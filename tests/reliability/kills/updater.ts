/** A program for kills.test.ts: updates an index again and again, from one version of its reports to the next. */
import { writeSync } from "node:fs";
import { buildStore } from "../../../src/store/build.ts";
import { FakeEmbedder } from "../../fakes.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "../../store/samples.ts";
import { versionOf } from "./versions.ts";

const [indexDir = "", first = "0", last = "0"] = process.argv.slice(2);

for (let version = Number(first); version <= Number(last); version += 1) {
  const bodies = versionOf(version);
  await buildStore({
    indexDir,
    // As the reader of a collection does: what is as it was in the version before is named, not given.
    reports: (stored) => {
      const before = stored.catalogue === null ? null : versionOf(Number(stored.catalogue));
      const kept = [...bodies].filter(([id, body]) => before?.get(id) === body && stored.has(id));
      const names = new Set(kept.map(([id]) => id));
      return {
        reports: [...bodies].filter(([id]) => !names.has(id)).map(([id, body]) => sampleReport(id, body)),
        kept: () => names,
        catalogue: () => String(version),
        corpus: () => String(version),
      };
    },
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    shaping: () => "always the same",
    now: () => "2026-01-01T00:00:00.000Z",
    neighboursFrom: 1,
    segmentBytes: 40_000,
  });
  writeSync(1, `done ${version}\n`);
}
