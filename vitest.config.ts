import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one plain line, which machines read whatever the terminal. */
const plainCount: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) count.failed += 1;
    }
    process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
  },
};

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/postgres/global-setup.ts"],
    setupFiles: ["tests/logged.setup.ts"],
    // Most files wait for a process of their own: a worker a core, not one fewer as is vitest's rule.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Files of one worker share what they import, which takes longer than most of their tests: none changes a module.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC" },
    reporters: ["default", plainCount],
  },
});
