/**
 * Requests that Schemathesis makes from the API's own document, the wrong ones too: no answer but those that are
 * described. In short; docs/RELIABILITY.md has the command for more.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openFiveReports } from "../five-reports.ts";
import { servePage } from "../web/serve.ts";

const PROGRAM = "schemathesis";
const missing = spawnSync(PROGRAM, ["--version"]).status !== 0;
const why = missing ? " (skipped: schemathesis is not installed; pip install schemathesis)" : "";
if (missing) console.warn(`the API is not tested with Schemathesis: it is not installed${why}`);

describe.skipIf(missing)(`the API under Schemathesis${why}`, () => {
  it("answers as its document says, whatever is sent", async () => {
    const sources = await openFiveReports();
    const served = await servePage(sources, { HTTP_RATE: "100000" });
    const folder = mkdtempSync(join(tmpdir(), "isnad-schemathesis-"));
    try {
      const args = ["run", `${served.url}/api/openapi.json`, "--phases", "fuzzing", "--max-examples", "15"];
      const options = ["--seed", "1", "--no-color", "--request-timeout", "60"];
      const { stdout } = await promisify(execFile)(PROGRAM, [...args, ...options], { cwd: folder }).catch(
        (error: { stdout?: string; message: string }) => ({ stdout: error.stdout ?? error.message }),
      );
      expect(stdout).toContain("No issues found");
    } finally {
      rmSync(folder, { recursive: true });
      await served.close();
      await sources.store.close();
      await sources.embedder.close();
    }
  });
});
