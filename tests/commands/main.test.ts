import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/commands/arguments.ts";
import { type Command, UsageError } from "../../src/commands/command.ts";
import { failureLine } from "../../src/commands/failure.ts";
import { COMMANDS, runMain } from "../../src/main.ts";
import { call } from "./context.ts";

const OPTIONS = {
  json: { type: "boolean", help: "print JSON" },
  data: { type: "string", short: "d", value: "DIR", help: "folder" },
} as const;

/** A table with one command that does as it is told. */
function tableWith(run: Command["run"]) {
  const command: Command = { name: "try", summary: "Tries", usage: "npm run try", options: OPTIONS, run };
  return { try: () => Promise.resolve({ command }) };
}

const runWith = (run: Command["run"], args: string[], env: Record<string, string> = {}) =>
  call((context) => runMain(context, tableWith(run)), { args, env });

describe("the command line", () => {
  it("gives the command its own arguments and returns its exit code", async () => {
    const called = await runWith(
      async ({ args, stdout }) => {
        stdout.write(args.join("|"));
        return 1;
      },
      ["try", "--json", "سؤال"],
    );
    expect(called).toEqual({ code: 1, stdout: "--json|سؤال", stderr: "" });
  });

  it("says what went wrong in one line, with the causes, and exits with 1", async () => {
    const called = await runWith(() => {
      const cause = new Error("disk full\n  at sector 7");
      return Promise.reject(new Error("The index cannot be written.", { cause }));
    }, ["try"]);
    expect(called).toEqual({
      code: 1,
      stdout: "",
      stderr: "isnad try: The index cannot be written.: disk full at sector 7\n",
    });
  });

  it("shows where an error came from when LOG_LEVEL is debug", async () => {
    const fail = () => Promise.reject(new Error("broken"));
    expect((await runWith(fail, ["try"], { LOG_LEVEL: "debug" })).stderr).toContain("main.test.ts");
    expect((await runWith(fail, ["try"])).stderr).not.toContain("main.test.ts");
  });

  it("exits with 2 for wrong usage and points to --help", async () => {
    const called = await runWith(
      async ({ args }) => {
        parseArguments(args, OPTIONS);
        return 0;
      },
      ["try", "--jsno"],
    );
    expect(called.code).toBe(2);
    expect(called.stderr).toBe("isnad try: Unknown option '--jsno' (--help shows how it is called)\n");
  });

  it.each([["nothing"], ["constructor"], ["__proto__"]])("knows no command %s", async (name) => {
    const called = await runWith(async () => 0, [name]);
    expect(called.code).toBe(2);
    expect(called.stderr).toContain("there are try");
  });

  it("shows the help without running the command", async () => {
    const run = () => Promise.reject(new Error("must not run"));
    const called = await runWith(run, ["try", "--help"]);
    expect(called.code).toBe(0);
    expect(called.stdout).toContain("npm run try");
    expect(called.stdout).toMatch(/-d, --data DIR\s+folder/);
  });

  it("takes --help after -- as a word of the question", async () => {
    const called = await runWith(async ({ args }) => args.length, ["try", "--", "--help"]);
    expect(called.code).toBe(2);
  });

  it("lists the commands without an argument, on stderr, as wrong usage", async () => {
    expect(await call((context) => runMain(context), { args: [] })).toMatchObject({ code: 2, stdout: "" });
    const help = await call((context) => runMain(context), { args: ["--help"] });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const name of Object.keys(COMMANDS)) expect(help.stdout).toContain(`  ${name} `);
  });
});

describe("the table of commands", () => {
  it.each(Object.keys(COMMANDS))("%s has its name and --help", async (name) => {
    const { command } = (await COMMANDS[name]?.()) ?? {};
    expect(command?.name).toBe(name);
    const help = await call((context) => runMain(context), { args: [name, "--help"] });
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const option of Object.keys(command?.options ?? {})) expect(help.stdout).toContain(`--${option}`);
  });

  it.each(Object.keys(COMMANDS))("%s refuses an unknown option with exit 2", async (name) => {
    const called = await call((context) => runMain(context), { args: [name, "--no-such-option"] });
    expect(called).toMatchObject({ code: 2, stdout: "" });
    expect(called.stderr.trimEnd()).not.toContain("\n");
  });
});

describe("package.json", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const called = new Map(
    Object.entries(scripts).flatMap(([script, line]) =>
      [...line.matchAll(/dist\/main\.js (\S+)/g)].map((match) => [match[1] ?? "", script] as const),
    ),
  );

  it("has a script for every command, and no other", () => {
    expect([...called.keys()].sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it("starts commands so that signals and output are theirs, after the set-up", () => {
    for (const script of called.values()) {
      expect(scripts[script]).toMatch(/^exec node /);
      expect(scripts[`pre${script}`]).toBe("exec node scripts/ready.mjs");
    }
    expect(scripts.pretest).toBe("exec node scripts/ready.mjs");
  });
});

describe("parseArguments", () => {
  it("reads switches, values and positional arguments", () => {
    expect(parseArguments(["--json", "-d", "x", "a", "--", "--json"], OPTIONS)).toEqual({
      values: { json: true, data: "x" },
      positionals: ["a", "--json"],
    });
  });

  it.each([[["--data"]], [["--json=yes"]], [["-x"]]])("refuses %j", (args) => {
    expect(() => parseArguments(args, OPTIONS)).toThrow(UsageError);
  });
});

describe("failureLine", () => {
  it("adds nothing to an error of this project, which ends in the remedy", () => {
    const cause = new Error("EACCES");
    expect(failureLine(new UsageError("mend it", { cause }))).toBe("mend it");
    expect(failureLine(new Error("broken", { cause: new UsageError("mend it", { cause }) }))).toBe(
      "broken: mend it",
    );
  });

  it("does not repeat a cause that the message holds, and takes anything thrown", () => {
    const cause = new Error("no such file");
    expect(failureLine(new Error("a.txt: no such file", { cause }))).toBe("a.txt: no such file");
    expect(failureLine("a string")).toBe("a string");
    expect(failureLine(undefined)).toBe("an error without a message");
    expect(failureLine(new TypeError(""))).toBe("TypeError");
  });
});
