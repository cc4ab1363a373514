// Loaded into the bot before its own program: at SIGUSR2 it writes what only the process itself can count.
import { appendFileSync } from "node:fs";

process.on("SIGUSR2", () => {
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const handles = process.getActiveResourcesInfo().length;
  const heap = process.memoryUsage().heapUsed;
  appendFileSync(process.env.SOAK_PROBE, `${JSON.stringify({ heap, handles, listeners })}\n`);
});
