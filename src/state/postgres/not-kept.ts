/** What PostgreSQL does not keep yet: there is none of it, and none can be added. */
import type { Drafts } from "../drafts.ts";
import { StateError } from "../state.ts";
import type { Subscriptions } from "../subscriptions.ts";

function refuse(what: string): never {
  throw new StateError(`${what} are not kept in PostgreSQL yet: run the bot without DATABASE_URL for them.`);
}

export const NO_SUBSCRIPTIONS: Subscriptions = {
  add: async () => refuse("Alerts"),
  of: async () => [],
  all: async () => [],
  setDaily: async () => false,
  end: async () => false,
  lookedThrough: async () => null,
  known: async () => new Set(),
  found: async () => refuse("Alerts"),
  held: async () => [],
  tell: async () => refuse("Alerts"),
};

export const NO_DRAFTS: Drafts = {
  save: async () => refuse("Drafts of admins"),
  get: async () => null,
  list: async () => [],
  remove: async () => undefined,
};
