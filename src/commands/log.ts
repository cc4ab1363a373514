import { type Logger, pino } from "pino";
import { type Config, settingEntries } from "../config.ts";
import type { Output } from "./command.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

export interface LogOptions {
  readonly config: Config;
  readonly output: Output;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const CENSORED = "[secret]";
/** Tokens of bots, keys of endpoints and telephone numbers, whoever's they are. */
const LIKE_A_SECRET = /(?<!\d)\d{6,12}:[\w-]{30,}|\bsk-[\w-]{12,}|(?:\+|\b00)\d(?:[ -]?\d){8,14}\b/g;
/** A shorter secret could stand by chance in any line. */
const SHORTEST_SECRET = 6;

/**
 * Structured logs, one JSON object a line. No line holds a secret of the configuration, wherever it would
 * stand: Telegram's token is a part of every address, and addresses come up in the messages of errors.
 */
export function createLog({ config, output, now }: LogOptions): Log {
  const secrets = secretsOf(config);
  const destination = {
    write(line: string): void {
      const told = secrets.reduce((text, secret) => text.replaceAll(secret, CENSORED), line);
      output.write(told.replace(LIKE_A_SECRET, CENSORED));
    },
  };
  const timestamp = (): string => `,"time":"${new Date(now()).toISOString()}"`;
  return pino({ level: config.LOG_LEVEL, base: null, timestamp }, destination);
}

/** As they stand in an address, in plain text and inside a JSON string. */
function secretsOf(config: Config): string[] {
  const values = settingEntries()
    .filter(([, setting]) => setting.secret)
    .flatMap(([key]): unknown => config[key])
    .filter((value) => typeof value === "string")
    .filter((value) => value.length >= SHORTEST_SECRET);
  return values.flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
}
