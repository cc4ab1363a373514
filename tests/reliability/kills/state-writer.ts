/** Writes to a state without pause and tells each thing when it is acknowledged: state-writer FILE FIRST_ID. */
import { writeSync } from "node:fs";
import { openState } from "../../../src/state/sqlite.ts";

const [file = "", first = "0"] = process.argv.slice(2);
const tell = (line: string): void => void writeSync(1, `${line}\n`);
const state = openState(file, (line) => tell(`warning ${line}`));
for (let id = Number(first); ; id += 1) {
  const chat = String(id % 7);
  await state.accept({ id, chat, payload: `"question ${id}"`, receivedAt: id });
  tell(`accepted ${id}`);
  if (id % 3 === 0) continue;
  const [delivery] = await state.answered(id, [{ chat, question: id, payload: `"answer ${id}"` }], id);
  tell(`answered ${id} ${delivery?.id}`);
  await state.remember(chat, `"memory ${id}"`, id);
  tell(`remembered ${chat} ${id}`);
  if (id % 3 === 1) continue;
  await state.sending(delivery?.id ?? 0);
  tell(`sending ${delivery?.id}`);
  await state.settle(delivery?.id ?? 0, { status: "sent", message: id }, id);
  tell(`settled ${delivery?.id}`);
}
