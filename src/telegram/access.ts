import { createHash, randomBytes } from "node:crypto";
import type { State } from "../state/state.ts";
import { personKey } from "./callback.ts";
import type { Origin } from "./update.ts";

/** Who may ask. Ids are of people or of whole groups. */
export type Access =
  | { readonly mode: "open" }
  | { readonly mode: "allow"; readonly ids: readonly string[] }
  /** Also whoever brings an invitation, which an admin asks the bot for, or the operator's standing code. */
  | { readonly mode: "invite"; readonly ids: readonly string[]; readonly code?: string | null };

export type Admission = "yes" | "no" | "invited_now";

const INVITATION = /^i([A-Za-z0-9_-]{16})$/;
/** Milliseconds in which an invitation can be used. */
const INVITATION_LIFE_MS = 7 * 24 * 3_600_000;

/** Whether the person may ask; an invitation in `text` lets the person in for good, and serves once. */
export async function admit(
  origin: Origin,
  text: string | null,
  { access, state, now }: { access: Access; state: State; now: number },
): Promise<Admission> {
  if (access.mode === "open") return "yes";
  if (access.ids.includes(origin.user) || access.ids.includes(origin.chat)) return "yes";
  if (access.mode === "allow") return "no";
  const person = personKey(origin.user);
  if (await state.isAdmitted(person)) return "yes";
  const brought = text?.trim().replace(/^\/start\s+/, "") ?? "";
  if (!(await isInvitation(brought, access.code ?? null, { state, now }))) return "no";
  await state.admit(person, now);
  return "invited_now";
}

/** A new invitation: the value of t.me/<bot>?start=…. The state keeps its fingerprint only. */
export async function invite({ state, now }: { state: State; now: number }): Promise<string> {
  const secret = randomBytes(12).toString("base64url");
  await state.saveInvitation(fingerprint(secret), now);
  return `i${secret}`;
}

async function isInvitation(
  brought: string,
  code: string | null,
  { state, now }: { state: State; now: number },
): Promise<boolean> {
  // Fingerprints are compared, so that the time taken tells nothing of the code.
  if (code !== null && fingerprint(brought) === fingerprint(code)) return true;
  const secret = INVITATION.exec(brought)?.[1];
  return secret !== undefined && state.useInvitation(fingerprint(secret), now - INVITATION_LIFE_MS);
}

function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
