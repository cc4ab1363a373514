-- What the bot must remember (src/state/state.ts), and the queue that its workers share (src/state/shared.ts).
-- Times are milliseconds since 1970 as the program gives them; leases are by the server's own clock.

CREATE TABLE bot_updates (
  id bigint PRIMARY KEY,
  chat text,                 -- null, as the payload, once it is answered
  payload text,
  received_at bigint NOT NULL,
  answered_at bigint
);
CREATE INDEX bot_updates_waiting ON bot_updates (received_at, id) WHERE payload IS NOT NULL;

-- One row for each update that is not done with: until all that answers it has its end.
CREATE TABLE bot_turns (
  turn bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  update_id bigint NOT NULL,
  lane text NOT NULL,        -- what is done one at a time, in order of turns
  crowded boolean NOT NULL,  -- too many waited before it
  same text,                 -- what asks for the same meanwhile is not new
  owner bigint,              -- the worker that works on it
  attempts integer NOT NULL DEFAULT 0,
  ready_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
CREATE UNIQUE INDEX bot_turns_lane ON bot_turns (lane, turn);
CREATE INDEX bot_turns_update ON bot_turns (update_id);
CREATE INDEX bot_turns_same ON bot_turns (same) WHERE same IS NOT NULL;
CREATE INDEX bot_turns_free ON bot_turns (turn) WHERE owner IS NULL;
CREATE INDEX bot_turns_owner ON bot_turns (owner) WHERE owner IS NOT NULL;

CREATE TABLE bot_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  turn bigint,
  chat text NOT NULL,
  question bigint,           -- id of the message that is answered
  payload text,              -- null once it is settled
  status text NOT NULL CHECK (status IN ('pending', 'sending', 'sent', 'refused', 'uncertain')),
  message bigint,            -- id of the message sent
  planned_at bigint NOT NULL,
  settled_at bigint
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
CREATE INDEX bot_deliveries_waiting ON bot_deliveries (id) WHERE payload IS NOT NULL;
CREATE INDEX bot_deliveries_turn ON bot_deliveries (turn) WHERE payload IS NOT NULL;
CREATE INDEX bot_deliveries_chat ON bot_deliveries (chat, question);

-- What could not be answered however often it was tried; the operator may put it back.
CREATE TABLE bot_dead_letters (
  update_id bigint PRIMARY KEY,
  chat text NOT NULL,
  lane text NOT NULL,
  payload text NOT NULL,
  received_at bigint NOT NULL,
  attempts integer NOT NULL,
  reason text NOT NULL,
  failed_at bigint NOT NULL
);

CREATE TABLE bot_workers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  leads boolean NOT NULL DEFAULT false
);

CREATE TABLE bot_memory (
  conversation text PRIMARY KEY,
  value text NOT NULL,
  remembered_at bigint NOT NULL
);
CREATE TABLE bot_answers (
  id text PRIMARY KEY,
  conversation text NOT NULL,
  citations text NOT NULL,
  sent_at bigint NOT NULL,
  written bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX bot_answers_conversation ON bot_answers (conversation, sent_at, written);
CREATE INDEX bot_answers_age ON bot_answers (sent_at);
CREATE TABLE bot_offers (
  id text NOT NULL,
  chat text NOT NULL,
  conversation text,
  question text NOT NULL,
  saved_at bigint NOT NULL,
  PRIMARY KEY (id, chat)
);
CREATE INDEX bot_offers_age ON bot_offers (saved_at);
CREATE TABLE bot_feedback (
  answer text NOT NULL,
  person text NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('good', 'bad', 'wrong_quotation')),
  given_at bigint NOT NULL,
  PRIMARY KEY (answer, person)
);
CREATE TABLE bot_invitations (fingerprint text PRIMARY KEY, made_at bigint NOT NULL);
CREATE TABLE bot_admitted (person text PRIMARY KEY, admitted_at bigint NOT NULL);
CREATE TABLE bot_files (sha256 text PRIMARY KEY, file_id text NOT NULL);
CREATE TABLE bot_corrections (
  id text PRIMARY KEY,
  person text NOT NULL,
  text text NOT NULL,
  reports text NOT NULL,     -- JSON list of ids
  sent_at bigint NOT NULL
);
CREATE INDEX bot_corrections_person ON bot_corrections (person, sent_at);
CREATE TABLE bot_expectations (conversation text PRIMARY KEY, since bigint NOT NULL);

-- What happened a moment ago and must not happen twice: an album that was noticed, a button that was tapped.
CREATE UNLOGGED TABLE bot_moments (key text PRIMARY KEY, until timestamptz NOT NULL, update_id bigint NOT NULL);

-- Outgoing calls of all workers together. Lost in a crash of the server, which costs a second of caution.
CREATE UNLOGGED TABLE bot_pace (
  key text PRIMARY KEY,      -- a chat, or 'all'
  times timestamptz[] NOT NULL DEFAULT '{}',
  held_until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);

-- Milliseconds until a call to the chat may leave. When `taken`, its place among all calls is taken and it may leave
-- then; otherwise it is to ask again. Limits: docs in src/telegram/pace.ts.
CREATE FUNCTION bot_take_place(
  chat text, all_every interval, all_burst integer, chat_counts integer[], chat_spans interval[], ahead interval,
  OUT wait_ms integer, OUT taken boolean
) LANGUAGE plpgsql AS $$
DECLARE
  now_ timestamptz := clock_timestamp();
  one bot_pace;
  every bot_pace;
  earliest timestamptz := now_;
  place timestamptz;
  longest interval;
BEGIN
  INSERT INTO bot_pace (key) VALUES (chat), ('all') ON CONFLICT DO NOTHING;
  -- The chat's row first, always: two workers never wait for each other in a circle.
  SELECT * INTO one FROM bot_pace WHERE key = chat FOR UPDATE;
  now_ := clock_timestamp();
  earliest := greatest(now_, one.held_until);
  longest := interval '0';
  FOR i IN 1 .. coalesce(array_length(chat_counts, 1), 0) LOOP
    longest := greatest(longest, chat_spans[i]);
    IF cardinality(one.times) >= chat_counts[i] THEN
      earliest := greatest(earliest, one.times[cardinality(one.times) - chat_counts[i] + 1] + chat_spans[i]);
    END IF;
  END LOOP;
  IF earliest > now_ THEN
    wait_ms := ceil(extract(epoch FROM earliest - now_) * 1000);
    taken := false;
    RETURN;
  END IF;
  SELECT * INTO every FROM bot_pace WHERE key = 'all' FOR UPDATE;
  now_ := clock_timestamp();
  -- One number is kept of all calls: when the next would leave if they left evenly; a few may leave before that.
  place := greatest(now_, coalesce(every.times[1], now_) - all_every * (all_burst - 1), every.held_until);
  wait_ms := greatest(0, ceil(extract(epoch FROM place - now_) * 1000));
  taken := place <= now_ + ahead;
  IF taken THEN
    UPDATE bot_pace SET times = ARRAY[greatest(now_, coalesce(every.times[1], now_)) + all_every] WHERE key = 'all';
    UPDATE bot_pace SET times =
      (SELECT coalesce(array_agg(t ORDER BY t), '{}') FROM unnest(one.times || place) AS t WHERE t > now_ - longest)
      WHERE key = chat;
  END IF;
END $$;
