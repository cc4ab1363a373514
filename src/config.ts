import { resolve } from "node:path";
import { z } from "zod";

/** A setting has a wrong value. The message names the key, what it held (never a secret) and what it may hold. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** One environment variable: the only place that knows its default and what it may hold. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>;
  /** As it would stand in the environment; null when there is none. */
  readonly default: string | null;
  /** What it may hold, as the end of "it may hold …". */
  readonly expects: string;
  /** What it is for: one sentence for `.env.example` and the README. */
  readonly about: string;
  readonly secret?: boolean;
  /** A path, read from the project's folder on when it is relative. */
  readonly path?: boolean;
}

type Words<Value> = Omit<Setting<Value>, "schema" | "default">;

function optional<Value>(schema: z.ZodType<Value, string>, words: Words<Value>): Setting<Value | null> {
  return { ...words, schema, default: null };
}

function withDefault<Value>(
  schema: z.ZodType<Value, string>,
  fallback: string,
  words: Words<Value>,
): Setting<Value> {
  return { ...words, schema, default: fallback };
}

const text = z.string();
const httpUrl = text.refine((value) => /^https?:\/\/[^/]/.test(value) && URL.canParse(value));
const httpsUrl = httpUrl.refine((value) => value.startsWith("https://"));
const ids = text
  .regex(/^(-?\d+([\s,]+-?\d+)*,?)?$/)
  .transform((value) => value.match(/-?\d+/g)?.map(Number) ?? [])
  .refine((numbers) => numbers.every(Number.isSafeInteger));
const port = text
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535);
const secrets = text
  .regex(/^([\w-]{16,128}([\s,]+[\w-]{16,128})*,?)?$/)
  .transform((value) => value.match(/[\w-]+/g) ?? []);
const rate = text
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 100_000);
const seconds = text
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 86_400);
const workers = text
  .regex(/^\d{1,2}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 64);
const host = text.regex(/^[A-Za-z0-9.:-]{1,255}$/);
const line = text.regex(/^[^\r\n]{1,100}$/);
const tokens = text.regex(/^\d{1,12}$/).transform(Number);

/** Every setting, in the order of `.env.example`. */
export const SETTINGS = {
  TELEGRAM_BOT_TOKEN: optional(text.regex(/^\d+:[\w-]+$/), {
    expects: "a token of @BotFather, such as 123456:ABC-DEF",
    about: "With it `npm start` is the Telegram bot, without it a chat in the terminal.",
    secret: true,
  }),
  TELEGRAM_API_ROOT: withDefault(httpUrl, "https://api.telegram.org", {
    expects: "an http or https address",
    about: "Where the Bot API is served.",
  }),
  ACCESS: withDefault(z.enum(["open", "allow", "invite"]), "open", {
    expects: "open, allow or invite",
    about: "Who may use the bot: everyone, only ALLOWED_IDS, or also whoever sends INVITE_CODE.",
  }),
  ALLOWED_IDS: withDefault(ids, "", {
    expects: "numbers of Telegram users or chats, with commas between them",
    about: "Users and chats that may use the bot when ACCESS is allow.",
  }),
  INVITE_CODE: optional(text.regex(/^[\w-]{6,64}$/), {
    expects: "6 to 64 letters, digits, _ and -",
    about: "The code that lets a person in when ACCESS is invite, sent alone or behind /start.",
    secret: true,
  }),
  ADMIN_IDS: withDefault(ids, "", {
    expects: "numbers of Telegram users, with commas between them",
    about: "Users who may invite others, and who are sent what readers correct and testify.",
  }),
  OPERATOR_NAME: optional(line, {
    expects: "one line of at most 100 characters",
    about: "Who runs the bot: a person or an organisation, as /about names it.",
  }),
  OPERATOR_CONTACT: optional(line, {
    expects: "one line of at most 100 characters",
    about: "How to reach them: an address, a link or a name at Telegram.",
  }),
  OPENAI_API_KEY: optional(text.regex(/^\S+$/), {
    expects: "a key without white space",
    about: "Key of the endpoint in OPENAI_BASE_URL. With it a model writes the answers.",
    secret: true,
  }),
  OPENAI_BASE_URL: withDefault(httpUrl, "https://api.openai.com/v1", {
    expects: "an http or https address",
    about: "Any endpoint that speaks OpenAI's protocol.",
  }),
  OPENAI_MODEL: withDefault(text, "gpt-4o-mini", {
    expects: "the name of a model of that endpoint",
    about: "The model that writes the answers; every sentence is checked against its quotations.",
  }),
  OPENAI_DAILY_TOKENS: withDefault(tokens, "1000000", {
    expects: "a number of tokens",
    about: "Tokens that the model may cost in a day; beyond them answers are quotations.",
  }),
  OPENAI_DAILY_TOKENS_PER_CHAT: withDefault(tokens, "100000", {
    expects: "a number of tokens",
    about: "The same for one chat.",
  }),
  EMBEDDING_MODEL: optional(text, {
    expects:
      "a folder of models/, a path that begins with / or ./, or openai: and a model of OPENAI_BASE_URL",
    about: "Another embedding model than the bundled one; the index is then rebuilt.",
  }),
  DATA_DIR: withDefault(text, "data/reports", {
    expects: "a folder",
    about: "Folder of the reports.",
    path: true,
  }),
  INDEX_DIR: withDefault(text, "index", {
    expects: "a folder",
    about: "Folder of the index; safe to delete.",
    path: true,
  }),
  STATE_DIR: withDefault(text, "state", {
    expects: "a folder",
    about: "Folder of what the bot remembers; private.",
    path: true,
  }),
  LOG_LEVEL: withDefault(z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]), "info", {
    expects: "trace, debug, info, warn, error, fatal or silent",
    about: "How much is logged to stderr; debug also shows where an error came from.",
  }),
  WEB: withDefault(z.enum(["on", "off"]), "on", {
    expects: "on or off",
    about: "Whether `npm start` also serves the web page.",
  }),
  HTTP_PORT: withDefault(port, "3000", {
    expects: "a port from 0 to 65535",
    about: "Port of the web page.",
  }),
  METRICS_PORT: optional(port, {
    expects: "a port from 0 to 65535",
    about: "With it `npm start` serves /healthz, /readyz and Prometheus' /metrics there.",
  }),
  METRICS_HOST: withDefault(host, "127.0.0.1", {
    expects: "an address of this machine, such as 127.0.0.1 or 0.0.0.0",
    about: "Where METRICS_PORT listens; whoever reaches it may read it.",
  }),
  PUBLIC_URL: optional(httpUrl, {
    expects: "an http or https address",
    about: "Address at which others reach the web page, through a proxy on this machine.",
  }),
  HTTP_HOST: withDefault(host, "127.0.0.1", {
    expects: "an address of this machine, such as 127.0.0.1 or 0.0.0.0",
    about: "Where the web page listens; the default is reached from this machine only.",
  }),
  HTTP_TOKENS: withDefault(secrets, "", {
    expects: "tokens of 16 to 128 letters, digits, _ and -, with commas between them",
    about: "Who brings one of them may use page and API; without any, everyone who reaches the address.",
    secret: true,
  }),
  HTTP_RATE: withDefault(rate, "60", {
    expects: "a number from 1 to 100000",
    about: "Questions a minute that page and API take from one address.",
  }),
  DATABASE_URL: optional(text.regex(/^postgres(ql)?:\/\/\S+$/), {
    expects: "an address that begins with postgres:// or postgresql://",
    about:
      "PostgreSQL with pgvector in place of the files in INDEX_DIR and STATE_DIR, once `npm run migrate` has prepared it.",
    secret: true,
  }),
  DATABASE_GRACE: withDefault(seconds, "0", {
    expects: "a number of seconds, 86400 at most",
    about: "For so long rows of a replaced index stay in PostgreSQL; with read replicas set 180.",
  }),
  WORKERS: withDefault(workers, "1", {
    expects: "a number from 1 to 64",
    about: "Processes that answer in Telegram side by side; more than one needs DATABASE_URL.",
  }),
  GROUPS: withDefault(z.enum(["on", "off"]), "on", {
    expects: "on or off",
    about: "Whether the bot may be asked in groups, by those who may ask; otherwise it leaves them.",
  }),
  INLINE: withDefault(z.enum(["on", "off"]), "on", {
    expects: "on or off",
    about: "Whether `@bot question` gives cards in other chats, once @BotFather's /setinline allows it.",
  }),
  WEBHOOK_URL: optional(httpsUrl, {
    expects: "an https address",
    about: "Where Telegram delivers updates, in place of long polling; a proxy passes it on.",
  }),
  WEBHOOK_SECRET: optional(text.regex(/^[\w-]{1,256}$/), {
    expects: "1 to 256 letters, digits, _ and -",
    about: "What Telegram sends with every delivery; derived from the token when it is not set.",
    secret: true,
  }),
  WEBHOOK_HOST: withDefault(text.regex(/^[\w.:-]+$/), "127.0.0.1", {
    expects: "an address of this machine",
    about: "Address at which deliveries are received.",
  }),
  WEBHOOK_PORT: withDefault(port, "8443", {
    expects: "a port from 0 to 65535",
    about: "Port at which deliveries are received.",
  }),
  WEBHOOK_PATH: optional(text.regex(/^\/[\w./~-]*$/), {
    expects: "a path that begins with /",
    about: "Path of the deliveries when the proxy passes on another than that of WEBHOOK_URL.",
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingKey = keyof typeof SETTINGS;

/** The settings by the names of their keys. Folders are absolute paths. */
export type Config = {
  readonly [Key in SettingKey]: (typeof SETTINGS)[Key] extends Setting<infer Value> ? Value : never;
};

export interface ConfigSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the project. */
  readonly root: string;
}

/** Reads all settings. An empty value counts as unset. Throws ConfigError with one line that names every wrong key. */
export function readConfig({ env, root }: ConfigSource): Config {
  const wrong: string[] = [];
  const values = settingEntries().map(([key, setting]) => {
    const given = env[key]?.trim() || setting.default;
    if (given === null) return [key, null];
    const parsed = setting.schema.safeParse(given);
    if (!parsed.success) {
      wrong.push(`${key} holds ${shown(given, setting)}; it may hold ${setting.expects}`);
    }
    return [key, setting.path && parsed.success ? resolve(root, given) : parsed.data];
  });
  if (wrong.length > 0) throw new ConfigError(wrong.join("; "));
  return Object.fromEntries(values) as Config;
}

/** All settings with their keys, in order. */
export function settingEntries(): [SettingKey, Setting<unknown>][] {
  return Object.entries(SETTINGS) as [SettingKey, Setting<unknown>][];
}

/** Longest value that an error message repeats. */
const MAX_SHOWN = 80;

function shown(value: string, setting: Setting<unknown>): string {
  if (setting.secret) return `a secret of ${value.length} characters`;
  const open = value.replace(/\/\/[^/@\s]*@/, "//…@").replace(/\s+/g, " ");
  return `"${open.length > MAX_SHOWN ? `${open.slice(0, MAX_SHOWN)}…` : open}"`;
}
