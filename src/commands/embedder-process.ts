/**
 * A program: `node dist/commands/embedder-process.js MODELS_DIR NAME` embeds for the process that forked it, and ends
 * with it, however that ends.
 */
import { writeFileSync } from "node:fs";
import { serveEmbedder } from "../embedding/apart/serve.ts";
import { openLocal } from "../embedding/open.ts";

const [modelsDir = "", name = ""] = process.argv.slice(2);
// A terminal and systemd signal the whole group; the parent finishes what is under way first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
// There is nothing to save, and ONNX Runtime's threads do not always end well.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
try {
  // Where memory runs short Linux ends this process before the one that holds the conversations.
  writeFileSync("/proc/self/oom_score_adj", "500");
} catch {
  // Elsewhere there is no such file.
}
const take = serveEmbedder({
  open: () => openLocal(name, { modelsDir }),
  send: (reply) => void process.send?.(reply, undefined, undefined, () => undefined),
  resident: () => process.memoryUsage.rss(),
});
process.on("message", take);
