-- Tokens of the model that writes answers, spent or reserved: of all (payer '') and of each who asks, by day (UTC).
CREATE TABLE model_tokens (
  day date NOT NULL,
  payer text NOT NULL,
  tokens bigint NOT NULL,
  PRIMARY KEY (day, payer)
);

-- Reserves tokens of today: null when they are, else whose limit is in the way, 'all' or 'payer'.
CREATE FUNCTION model_take_tokens(
  who text, wanted bigint, most_of_all bigint, most_of_one bigint, OUT today date, OUT refused text
) LANGUAGE plpgsql AS $$
DECLARE
  spent bigint;
BEGIN
  today := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  INSERT INTO model_tokens (day, payer, tokens) VALUES (today, '', 0) ON CONFLICT DO NOTHING;
  -- The row of all first, always: it is the lock under which both are looked at.
  SELECT tokens INTO spent FROM model_tokens WHERE day = today AND payer = '' FOR UPDATE;
  IF spent + wanted > most_of_all THEN
    refused := 'all';
    RETURN;
  END IF;
  IF who <> '' THEN
    SELECT tokens INTO spent FROM model_tokens WHERE day = today AND payer = who;
    IF coalesce(spent, 0) + wanted > most_of_one THEN
      refused := 'payer';
      RETURN;
    END IF;
    INSERT INTO model_tokens (day, payer, tokens) VALUES (today, who, wanted)
    ON CONFLICT (day, payer) DO UPDATE SET tokens = model_tokens.tokens + wanted;
  END IF;
  UPDATE model_tokens SET tokens = tokens + wanted WHERE day = today AND payer = '';
END $$;
