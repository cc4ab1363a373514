/** Admins correct how places and publishers are spelt: the name is chosen here, what becomes of its draft is in spelling.ts. */

import { adding } from "../phrases/adding.ts";
import { naming } from "../phrases/naming.ts";
import { TOAST } from "../phrases/telegram.ts";
import { type AddingContext, isAdmin, newDraft } from "./adding.ts";
import type { NameChange, NameRow } from "./addition.ts";
import { wordView } from "./addition-view.ts";
import type { Call } from "./call.ts";
import { nameKey } from "./callback.ts";
import { say, viewCalls } from "./calls.ts";
import { rows, tapButton } from "./keyboard.ts";
import type { Origin } from "./update.ts";

/** The names that a text means, to choose from; its draft when there is only one. */
export async function namesCommand(
  { origin, rest }: { origin: Origin; rest: string },
  context: AddingContext,
): Promise<Call[]> {
  if (!context.adding || !isAdmin(origin, context)) return say(origin, adding.notAdmin);
  const found = await context.adding.library.namesLike(rest);
  const [only] = found;
  if (only === undefined) return say(origin, naming.unknown);
  if (found.length === 1 && rest.trim() !== "") return begin(origin, only, context);
  const buttons = found.map(({ section, id, name }) =>
    tapButton(name, { kind: "name", name: nameKey(section, id) }),
  );
  const view = wordView(naming.choose, ...(rest.trim() === "" ? [naming.orWrite] : []));
  return viewCalls(origin, [{ ...view, keyboard: rows(buttons, 1) }]);
}

/** A draft about the name behind a button. */
export async function amendName(
  { origin, name }: { origin: Origin; name: string },
  context: AddingContext,
): Promise<Call[]> {
  if (!context.adding || !isAdmin(origin, context)) return say(origin, adding.notAdmin);
  const row = await context.adding.library.nameByKey(name);
  return row === null ? say(origin, TOAST.unknownButton) : begin(origin, row, context);
}

function begin(origin: Origin, row: NameRow, context: AddingContext): Promise<Call[]> {
  const source: NameChange = { kind: "name", ...row, gains: [], loses: [] };
  return newDraft({ origin, source, what: `${row.section} ${row.id}` }, context);
}
