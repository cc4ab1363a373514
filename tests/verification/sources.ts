import { join } from "node:path";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import { readOverrides } from "../../src/report/overrides.ts";
import { readReports } from "../../src/report/read.ts";
import { buildActorIndex } from "../../src/text/actors.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import type { CitedReport, VerificationSources } from "../../src/verification/claim.ts";

/** The five reports with their passages, as an index would hold them, without an index. */
export async function fiveReportSources(root: string): Promise<VerificationSources> {
  const data = join(root, "data");
  const names = await readGazetteer(data);
  const gazetteer = buildGazetteer(names.places);
  const reports = new Map<string, CitedReport>();
  const overrides = await readOverrides(join(data, "overrides.json"));
  const dir = join(data, "reports");
  for await (const result of readReports({ dir, overrides, publishers: names.publishers })) {
    if (result.kind === "problem") throw new Error(`${result.file} ${result.reason}`);
    const { report } = result;
    reports.set(report.id, {
      report,
      passages: annotate({ report, passages: cutPassages(report), gazetteer }),
    });
  }
  return { reports, gazetteer, actors: buildActorIndex(names.actors), region: "deir-ez-zor-governorate" };
}
