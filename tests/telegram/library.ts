/** The collection of a test as admins change it: the library of the bot over a growing collection. */
import { botLibrary } from "../../src/commands/bot-library.ts";
import { command as preview } from "../../src/commands/preview.ts";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { readOverrides } from "../../src/report/overrides.ts";
import { understoodSchema } from "../../src/telegram/addition.ts";
import type { Library } from "../../src/telegram/library.ts";
import { ROOT } from "../five-reports.ts";
import { plain } from "./harness.ts";
import type { GrowingCollection } from "./news.ts";
import type { ChatMessage, FakeTelegram } from "./server.ts";

async function previewed(folder: string) {
  let output = "";
  const sink = {
    write(text: string) {
      output += text;
    },
  };
  const context = {
    ...{ args: ["--json", "--data", folder], env: {}, root: ROOT, cwd: folder, stdout: sink, stderr: sink },
    ...{ stdin: [], signal: new AbortController().signal, now: () => new Date() },
  };
  await preview.run(context as never);
  return understoodSchema.parse(JSON.parse(output));
}

export function libraryOf({
  collection,
  overridesFile,
  onUpdate = async () => undefined,
  isHere = true,
}: {
  readonly collection: GrowingCollection;
  readonly overridesFile: string;
  /** Awaited before the index is brought up to date. */
  readonly onUpdate?: () => Promise<void>;
  /** Whether this worker's machine has the folder of the reports. */
  readonly isHere?: boolean;
}): Library {
  return botLibrary({
    ...{ context: {} as never, sources: collection.live.sources, news: collection.news },
    ...{ dataDir: collection.folder, overridesFile, today: () => "2026-11-22", preview: previewed },
    names: () => readGazetteer(`${ROOT}/data`),
    async update(onStage) {
      onStage("read");
      await onUpdate();
      await collection.change({}, await readOverrides(overridesFile));
    },
    isCurrent: async () => true,
    holdsFolder: async () => isHere,
  });
}

/** The message of the bot once it holds these words. */
export async function changing(
  telegram: FakeTelegram,
  { chat, message, words }: { chat: number; message: ChatMessage | undefined; words: string },
): Promise<ChatMessage> {
  let last = "";
  for (let tries = 0; tries < 300; tries += 1) {
    const now = (await telegram.botMessages(chat)).find((each) => each.message_id === message?.message_id);
    last = plain(now);
    if (now && last.includes(words)) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it never said: ${words}; it says: ${last}`);
}
