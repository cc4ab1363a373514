import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, settingEntries } from "../src/config.ts";

const root = "/project";
const read = (env: Record<string, string>) => readConfig({ env, root });

function messageOf(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("a ConfigError was expected");
}

/** What `.env.example` must hold: every setting, commented out, with its default. */
function exampleFile(): string {
  const head =
    "# Copy to .env and fill in what you need. Everything is optional; the values shown are the defaults.\n" +
    "# What the process's environment holds wins over this file.\n";
  const blocks = settingEntries().map(
    ([key, { about, expects, default: fallback }]) =>
      `\n# ${about}\n# It may hold ${expects}.\n#${key}=${fallback ?? ""}\n`,
  );
  return head + blocks.join("");
}

describe("readConfig", () => {
  it("needs nothing: every setting has a default or is null", () => {
    const config = read({});
    expect(config).toMatchObject({
      TELEGRAM_BOT_TOKEN: null,
      TELEGRAM_API_ROOT: "https://api.telegram.org",
      OPENAI_API_KEY: null,
      EMBEDDING_MODEL: null,
      DATA_DIR: "/project/data/reports",
      INDEX_DIR: "/project/index",
      STATE_DIR: "/project/state",
      ACCESS: "open",
      ALLOWED_IDS: [],
      ADMIN_IDS: [],
      LOG_LEVEL: "info",
      HTTP_PORT: 3000,
    });
    expect(Object.keys(config)).toEqual(settingEntries().map(([key]) => key));
  });

  it("takes an empty value as unset", () => {
    const empty = Object.fromEntries(settingEntries().map(([key]) => [key, "  "]));
    expect(read(empty)).toEqual(read({}));
  });

  it("reads lists of ids, numbers and paths", () => {
    const config = read({
      ADMIN_IDS: "1, -1002003004005 7",
      HTTP_PORT: "8080",
      DATA_DIR: "/else/where",
      STATE_DIR: "my state",
    });
    expect(config.ADMIN_IDS).toEqual([1, -1002003004005, 7]);
    expect(config.HTTP_PORT).toBe(8080);
    expect(config.DATA_DIR).toBe("/else/where");
    expect(config.STATE_DIR).toBe("/project/my state");
  });

  it.each([
    ["ACCESS", "everyone", "open, allow or invite"],
    ["LOG_LEVEL", "loud", "trace, debug, info, warn, error, fatal or silent"],
    ["HTTP_PORT", "70000", "a port from 0 to 65535"],
    ["ADMIN_IDS", "@somebody", "numbers of Telegram users, with commas between them"],
    ["TELEGRAM_API_ROOT", "localhost:8081", "an http or https address"],
    ["WEBHOOK_URL", "http://example.org", "an https address"],
  ])("names the key, what it held and what it may hold: %s=%s", (key, value, expects) => {
    expect(messageOf({ [key]: value })).toBe(`${key} holds "${value}"; it may hold ${expects}`);
  });

  it("names all wrong keys at once, in one line", () => {
    const message = messageOf({ ACCESS: "a\nb", WEB: "yes" });
    expect(message).toContain("ACCESS");
    expect(message).toContain("WEB");
    expect(message).not.toContain("\n");
  });

  it("never shows a secret, whatever it holds", () => {
    const secrets = settingEntries().filter(([, setting]) => setting.secret);
    expect(secrets.map(([key]) => key)).toContain("TELEGRAM_BOT_TOKEN");
    for (const [key] of secrets) {
      const message = messageOf({ [key]: "very secret ~ thing" });
      expect(message).toContain(key);
      expect(message).not.toContain("secret ~");
    }
  });

  it("hides a password inside an address", () => {
    expect(messageOf({ WEBHOOK_URL: "http://me:hunter2@example.org" })).not.toContain("hunter2");
  });

  it("gives a Config or a one-line ConfigError for any environment", () => {
    const keys = settingEntries().map(([key]) => key);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.string({ unit: "binary" })), (env) => {
        try {
          read(env);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          expect(error.message).not.toMatch(/[\n\r]/);
        }
      }),
    );
  });
});

describe("documents", () => {
  it(".env.example lists every setting with its default (vitest -u writes it anew)", async () => {
    await expect(exampleFile()).toMatchFileSnapshot("../.env.example");
  });

  it("the defaults in .env.example are accepted", () => {
    const defaults = exampleFile()
      .split("\n")
      .flatMap((line) => [...line.matchAll(/^#([A-Z_]+)=(.*)$/g)])
      .map(([, key = "", value = ""]) => [key, value]);
    expect(defaults).toHaveLength(settingEntries().length);
    expect(read(Object.fromEntries(defaults))).toEqual(read({}));
  });

  it("the README's table lists every setting with its default", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    for (const [key, { about, default: fallback }] of settingEntries()) {
      const shownDefault = fallback ? `\`${fallback}\`` : "";
      expect(readme).toContain(`| \`${key}\` | ${shownDefault} | ${about} |`);
    }
  });
});
