-- The collection and its index. A row is part of the generations from `since` up to, but without, `until`; one that
-- no generation has left has no `until`. Rows whose `since` is above the newest generation belong to a build that has
-- not ended. Readers of a generation therefore never see what another adds or takes away.

CREATE SEQUENCE generation_numbers;

CREATE TABLE generations (
  number bigint PRIMARY KEY,
  manifest text NOT NULL,
  -- Hash of all that shaped the passages: with the same, those of unchanged reports are kept.
  shaping text,
  -- What the program keeps of the files that it has read, for the next build.
  catalogue text,
  model integer NOT NULL,
  passages bigint NOT NULL,
  terms bigint NOT NULL,
  contexts bigint NOT NULL,
  context_terms bigint NOT NULL,
  -- Mean length with which `passage_terms.impacts` were computed.
  impact_mean double precision NOT NULL,
  span_start date,
  span_end date,
  published_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE models (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint text NOT NULL UNIQUE,
  dimension integer NOT NULL
);

-- `record`, `head` and `place_fields` are JSON as text, which keeps every UTF-16 unit; jsonb would refuse some.
CREATE TABLE reports (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  digest text NOT NULL,
  head text NOT NULL,
  place_fields text NOT NULL,
  record text NOT NULL,
  bytes bytea NOT NULL,
  -- Its passages are `first_ref` and the following, in order of start.
  first_ref bigint,
  passages integer,
  since bigint NOT NULL,
  until bigint,
  UNIQUE (id, since)
);
CREATE INDEX reports_gone ON reports (until) WHERE until IS NOT NULL;
CREATE INDEX reports_since ON reports (since);

CREATE SEQUENCE passage_refs MINVALUE 0 START 0;

CREATE TABLE passages (
  ref bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  places text[] COLLATE "C" NOT NULL,
  context bigint NOT NULL,
  record text NOT NULL,
  since bigint NOT NULL,
  until bigint
) WITH (fillfactor = 90);
CREATE INDEX passages_by_id ON passages (id);
CREATE INDEX passages_by_place ON passages USING gin (places) WITH (fastupdate = off);

CREATE TABLE passage_days (
  ref bigint NOT NULL,
  days daterange NOT NULL,
  exact boolean NOT NULL,
  background boolean NOT NULL,
  since bigint NOT NULL,
  until bigint
) WITH (fillfactor = 90);
CREATE INDEX passage_days_by_ref ON passage_days (ref);
CREATE INDEX passage_days_by_day ON passage_days USING gist (days);

-- The graph of neighbours is an index of its own for each model, made by the build (its dimension is the model's).
CREATE TABLE passage_vectors (
  ref bigint PRIMARY KEY,
  hash bytea NOT NULL,
  model integer NOT NULL,
  vector vector NOT NULL,
  since bigint NOT NULL,
  until bigint
) WITH (fillfactor = 90);
CREATE INDEX passage_vectors_by_hash ON passage_vectors (hash);
ALTER TABLE passage_vectors ALTER COLUMN vector SET STORAGE PLAIN;

CREATE TABLE terms (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  term text COLLATE "C" NOT NULL UNIQUE
);

-- `terms` ascending, each once, `counts` a byte for each of them; `impacts` what each adds to a BM25 score, but for
-- the weight of the term.
CREATE TABLE passage_terms (
  ref bigint PRIMARY KEY,
  terms integer[] NOT NULL,
  counts bytea NOT NULL,
  length integer NOT NULL,
  impacts sparsevec NOT NULL,
  since bigint NOT NULL,
  until bigint
) WITH (fillfactor = 90);
CREATE INDEX passage_terms_by_term ON passage_terms USING gin (terms) WITH (fastupdate = off);

-- A run of neighbouring passages, from the one whose ref is `key`.
CREATE TABLE contexts (
  key bigint PRIMARY KEY,
  hash bytea NOT NULL,
  model integer NOT NULL,
  vector vector NOT NULL,
  terms integer[] NOT NULL,
  counts bytea NOT NULL,
  length integer NOT NULL,
  since bigint NOT NULL,
  until bigint
) WITH (fillfactor = 90);
CREATE INDEX contexts_by_hash ON contexts (hash);

-- In how many passages and contexts a term stands; with `most` (its count in one passage) and `shortest` (the length of
-- the shortest passage with it) goes a bound for what it adds to a score. Both bounds stay when passages go.
CREATE TABLE term_counts (
  term integer NOT NULL,
  passages bigint NOT NULL,
  contexts bigint NOT NULL,
  most integer NOT NULL,
  shortest integer NOT NULL,
  since bigint NOT NULL,
  until bigint,
  PRIMARY KEY (term, since)
);
CREATE INDEX term_counts_gone ON term_counts (until) WHERE until IS NOT NULL;
CREATE INDEX term_counts_since ON term_counts (since);

-- How many passages tell of a day (kind 'day', key the day) or of a place (kind 'place', key its id, label its name).
CREATE TABLE told_counts (
  kind text NOT NULL,
  key text COLLATE "C" NOT NULL,
  label text,
  passages bigint NOT NULL,
  since bigint NOT NULL,
  until bigint,
  PRIMARY KEY (kind, key, since)
);
CREATE INDEX told_counts_gone ON told_counts (until) WHERE until IS NOT NULL;
