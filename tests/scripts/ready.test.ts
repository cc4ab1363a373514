import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const READY = fileURLToPath(new URL("../../scripts/ready.mjs", import.meta.url));

/** Stands for npm: notes its arguments, then lays down a compiler and the native packages as stubs. */
const FAKE_NPM = `
  const fs = require("node:fs");
  const log = (line) => fs.appendFileSync("npm.log", line + "\\n");
  log(process.argv.slice(2).join(" ") + " skip=" + process.env.ONNXRUNTIME_NODE_INSTALL);
  if (process.env.FAKE_NPM_FAILS) { console.error(process.env.FAKE_NPM_FAILS); process.exit(1); }
  setTimeout(() => {
    const put = (file, text) => {
      fs.mkdirSync(require("node:path").dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    };
    fs.rmSync("node_modules", { recursive: true, force: true });
    put("node_modules/better-sqlite3/index.js", "module.exports = class {}");
    put("node_modules/onnxruntime-node/index.js", process.env.FAKE_BROKEN ? "throw new Error('wrong ELF class')" : "");
    put("node_modules/typescript/bin/tsc", fs.readFileSync("tsc.cjs", "utf8"));
    console.log("installed");
  }, Number(process.env.FAKE_NPM_MS ?? 0));
`;

/** Stands for the compiler: copies src/, and fails where a source says so. */
const FAKE_TSC = `
  const fs = require("node:fs");
  fs.appendFileSync("tsc.log", "compiled\\n");
  const out = process.argv[process.argv.indexOf("--outDir") + 1];
  fs.cpSync("src", out, { recursive: true });
  if (fs.readdirSync("src").some((file) => fs.readFileSync("src/" + file, "utf8").includes("wrong"))) {
    console.log("src/main.ts(1,1): error TS1005");
    process.exit(2);
  }
`;

let project: string;
const at = (...parts: string[]) => join(project, ...parts);
const put = (file: string, text: string) => {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
};
const countOf = (log: string) =>
  existsSync(at(log)) ? readFileSync(at(log), "utf8").trim().split("\n").length : 0;

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [at("scripts", "ready.mjs")], {
    env: { PATH: process.env.PATH, npm_execpath: at("npm.cjs"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Run>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

const ready = (env?: Record<string, string>) => start(env).ended;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "isnad-ready-"));
  mkdirSync(at("scripts"));
  cpSync(READY, at("scripts", "ready.mjs"));
  put("npm.cjs", FAKE_NPM);
  put("tsc.cjs", FAKE_TSC);
  put("package.json", "{}");
  put("package-lock.json", "{}");
  put("tsconfig.json", "{}");
  put("tsconfig.build.json", "{}");
  put("src/main.ts", "one");
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

describe("scripts/ready.mjs", () => {
  it("installs and compiles a fresh clone, and says so on stderr alone", async () => {
    const run = await ready();
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toContain(
      "isnad: setting up: installing the packages and compiling, usually 1 to 4 minutes …\n",
    );
    expect(readFileSync(at("npm.log"), "utf8")).toBe(
      "ci --include=dev --include=optional --loglevel=error skip=skip\n",
    );
    expect(readFileSync(at("dist", "main.ts"), "utf8")).toBe("one");
    expect(existsSync(at(".ready.lock"))).toBe(false);
  });

  it("does and says nothing the second time", async () => {
    await ready();
    expect(await ready()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect([countOf("npm.log"), countOf("tsc.log")]).toEqual([1, 1]);
  });

  it("installs again when the lock file is another", async () => {
    await ready();
    put("package-lock.json", '{"changed":true}');
    expect((await ready()).code).toBe(0);
    expect(countOf("npm.log")).toBe(2);
  });

  it("compiles again when a source or a setting changes, and leaves no removed source behind", async () => {
    put("src/old.ts", "old");
    await ready();
    rmSync(at("src", "old.ts"));
    put("src/main.ts", "two");
    const run = await ready();
    expect(run.stderr).toBe("isnad: compiling what changed in src/, usually 2 seconds …\n");
    expect(readdirSync(at("dist")).sort()).toEqual([".ready", "main.ts"]);
    put("tsconfig.json", '{"compilerOptions":{}}');
    await ready();
    expect([countOf("npm.log"), countOf("tsc.log")]).toEqual([1, 3]);
  });

  it("keeps what was compiled when the new sources do not compile", async () => {
    await ready();
    put("src/main.ts", "wrong");
    const run = await ready();
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain("error TS1005");
    expect(run.stderr).toContain("isnad: src/ does not compile: see the lines above\n");
    expect(readFileSync(at("dist", "main.ts"), "utf8")).toBe("one");
    expect(readdirSync(project).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
  });

  it.each([
    ["gyp ERR! build error", /native package could not be built: install python3, make and g\+\+/],
    ["npm error code ENOTFOUND", /registry cannot be reached/],
    ["npm error code ENOSPC", /disk is full/],
    ["npm error code EACCES", /make the folder writable/],
    ["npm error something else", /npm ci failed for the reason above/],
  ])("ends in one line with the remedy when npm says %s", async (words, remedy) => {
    const run = await ready({ FAKE_NPM_FAILS: words });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr.trimEnd().split("\n").at(-1)).toMatch(remedy);
    expect(existsSync(at(".ready.lock"))).toBe(false);
    expect((await ready()).code).toBe(0);
  });

  it("does not take an installation whose native packages do not load", async () => {
    const run = await ready({ FAKE_BROKEN: "yes" });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("isnad: a native package does not load");
    expect((await ready()).code).toBe(0);
  });

  it("lets one of two at once do the work and the other wait", async () => {
    const env = { FAKE_NPM_MS: "1000" };
    const runs = await Promise.all([ready(env), ready(env)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs.filter(({ stderr }) => stderr.includes("another set-up"))).toHaveLength(1);
    expect([countOf("npm.log"), countOf("tsc.log")]).toEqual([1, 1]);
  });

  it("takes over the lock of a process that is gone, and that of one silent for long", async () => {
    put(".ready.lock", `999999999 ${hostname()}\n`);
    expect((await ready()).code).toBe(0);
    put("src/main.ts", "two");
    put(".ready.lock", "1 another-machine\n");
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(at(".ready.lock"), longAgo, longAgo);
    expect((await ready()).code).toBe(0);
    expect(readdirSync(project).filter((name) => name.startsWith(".ready"))).toEqual([]);
  });

  it("gives the lock back and ends when it is stopped", async () => {
    const run = start({ FAKE_NPM_MS: "60000" });
    while (countOf("npm.log") === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    run.child.kill("SIGTERM");
    expect((await run.ended).code).toBe(143);
    expect(existsSync(at(".ready.lock"))).toBe(false);
    expect((await ready()).code).toBe(0);
  });
});
