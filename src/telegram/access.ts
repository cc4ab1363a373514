import { timingSafeEqual } from "node:crypto";
import type { State } from "../state/state.ts";
import { personKey } from "./callback.ts";
import type { Origin } from "./update.ts";

/** Who may ask. Ids are of people or of whole groups. */
export type Access =
  | { readonly mode: "open" }
  | { readonly mode: "allow"; readonly ids: readonly string[] }
  /** Also whoever sends the code, alone or behind /start. Without a code only the ids. */
  | { readonly mode: "invite"; readonly ids: readonly string[]; readonly code: string | null };

export type Admission = "yes" | "no" | "invited_now";

/** Whether the person may ask; a right invitation code in `text` lets the person in for good. */
export async function admit(
  origin: Origin,
  text: string | null,
  { access, state, now }: { access: Access; state: State; now: number },
): Promise<Admission> {
  if (access.mode === "open") return "yes";
  if (access.ids.includes(origin.user) || access.ids.includes(origin.chat)) return "yes";
  if (access.mode === "allow" || access.code === null) return "no";
  const person = personKey(origin.user);
  if (await state.isAdmitted(person)) return "yes";
  const given = text?.replace(/^\/start\s+/, "").trim() ?? "";
  if (!sameText(given, access.code)) return "no";
  await state.admit(person, now);
  return "invited_now";
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
