-- Which worker leads, until when: renewed while it lives, by the server's clock. Whoever cannot renew it stops, and when it
-- has run out another may take it, however the former leader hangs. (bot_workers.leads is no longer written.)
CREATE TABLE bot_leader (
  id integer PRIMARY KEY CHECK (id = 1),
  worker bigint NOT NULL,
  until timestamptz NOT NULL
) WITH (fillfactor = 50);
