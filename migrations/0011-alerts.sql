-- Alerts of new reports (src/state/subscriptions.ts) and what admins are about to change (src/state/drafts.ts).

-- A turn without an update delivers what was planned outside of an answer.
ALTER TABLE bot_turns ALTER COLUMN update_id DROP NOT NULL;

CREATE TABLE bot_subscriptions (
  id text PRIMARY KEY,
  chat text NOT NULL,
  person text NOT NULL,
  topic text NOT NULL,       -- JSON
  daily boolean NOT NULL,
  made_at bigint NOT NULL
);
CREATE INDEX bot_subscriptions_person ON bot_subscriptions (person, made_at);
CREATE TABLE bot_held (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription text NOT NULL REFERENCES bot_subscriptions ON DELETE CASCADE,
  payload text NOT NULL,     -- JSON
  found_at bigint NOT NULL
);
CREATE INDEX bot_held_subscription ON bot_held (subscription);
CREATE TABLE bot_seen (key text PRIMARY KEY);
CREATE TABLE bot_looked_through (id integer PRIMARY KEY CHECK (id = 1), mark text NOT NULL);

CREATE TABLE bot_drafts (
  id text PRIMARY KEY,
  chat text NOT NULL,
  value text NOT NULL,       -- JSON
  step integer NOT NULL,
  changed_at bigint NOT NULL
);
