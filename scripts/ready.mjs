/**
 * Makes a fresh clone ready: installs the packages when package-lock.json is not what was installed, and
 * compiles src/ when it is not what was compiled. Does nothing, quickly, when all is as it should be.
 *
 * Plain Node without a dependency, because it runs before there is any. Runs before every command (the
 * `pre` scripts of package.json); writes to stderr only, so that a command's stdout holds its results alone.
 *
 * `--installed` (npm's postinstall): only notes that npm has just installed everything.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = [20, 19];
const HEARTBEAT_MS = 2_000;
/** A lock whose holder has been silent for so long is stale, whatever its process id says. */
const SILENCE_MS = 30_000;
const POLL_MS = 200;
/** How much of npm's output is kept to find out why it failed. */
const TAIL_LENGTH = 64_000;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const LOCK = at(".ready.lock");
const INSTALLED_STAMP = at("node_modules", ".ready");
const COMPILED_STAMP = at("dist", ".ready");
const COMPILER = at("node_modules", "typescript", "bin", "tsc");

/** Fails when a package that nothing replaces does not load. hnswlib-node is not one: there is the exact scan. */
const LOAD_NATIVE_PACKAGES = "new (require('better-sqlite3'))(':memory:'); require('onnxruntime-node')";
const BUILD_TOOLS =
  "install python3, make and g++ (Debian, Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install), then run the command again";

/** A failure that one line explains. */
class SetupError extends Error {}

const say = (line) => process.stderr.write(`isnad: ${line}\n`);

function readOr(file, fallback) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return fallback;
  }
}

/** What must stand in node_modules/.ready: native packages also depend on Node's binary interface and the system. */
function installationKey() {
  const hash = createHash("sha256")
    .update(fs.readFileSync(at("package-lock.json")))
    .digest("hex");
  return `${hash} node-abi-${process.versions.modules} ${process.platform}-${process.arch}\n`;
}

/** What must stand in dist/.ready: a hash of every file below src/, of the compiler's settings and of its version. */
function compilationKey() {
  const hash = createHash("sha256").update(installationKey());
  const sources = fs
    .readdirSync(at("src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of [...sources, at("tsconfig.json"), at("tsconfig.build.json")]) {
    const content = fs.readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return `${hash.digest("hex")}\n`;
}

const isInstalled = () => readOr(INSTALLED_STAMP, "") === installationKey();
const isCompiled = () => readOr(COMPILED_STAMP, "") === compilationKey();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(
    `this is Node ${process.versions.node}, and Node ${OLDEST_NODE.join(".")} or newer is needed: install it from https://nodejs.org`,
  );
}

/* ---- one at a time ---------------------------------------------------------------------------------- */

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const lockText = () => `${process.pid} ${os.hostname()}\n`;

/** Takes the lock, waiting while another living set-up holds it. Resolves to the function that gives it back. */
async function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      fs.writeFileSync(LOCK, lockText(), { flag: "wx" });
      return holdLock();
    } catch (error) {
      if (error.code !== "EEXIST")
        throw new SetupError(`cannot write ${LOCK} (${error.code}): make the folder writable`);
    }
    const holder = readOr(LOCK, null);
    if (holder !== null && isStale(holder)) removeStale(holder);
    else {
      if (!waited) say("another set-up of this folder is running; waiting for it …");
      await sleep(POLL_MS);
    }
  }
}

function holdLock() {
  const heartbeat = setInterval(() => fs.utimes(LOCK, new Date(), new Date(), () => {}), HEARTBEAT_MS);
  heartbeat.unref();
  const release = () => {
    clearInterval(heartbeat);
    if (readOr(LOCK, "") === lockText()) fs.rmSync(LOCK, { force: true });
  };
  process.once("exit", release);
  return release;
}

function isStale(holder) {
  const [pid, host] = holder.trim().split(" ");
  const silence = Date.now() - (fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (silence > SILENCE_MS) return true;
  if (host !== os.hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Moves a stale lock away. When another took it over in the meantime, what was moved is theirs and goes back. */
function removeStale(holder) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    fs.renameSync(LOCK, aside);
    if (readOr(aside, "") !== holder) fs.linkSync(aside, LOCK);
    fs.rmSync(aside, { force: true });
  } catch {
    // Another has moved it already.
  }
}

/* ---- the two steps ---------------------------------------------------------------------------------- */

/** Runs a program with its output on stderr. Resolves to the exit code and the end of what it wrote. */
function run(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    const forward = (signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    let tail = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        process.stderr.write(chunk);
        tail = (tail + chunk).slice(-TAIL_LENGTH);
      });
    }
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (signal !== null || code > 128)
        process.exit(signal === null ? code : 128 + (os.constants.signals[signal] ?? 0));
      resolve({ code, tail });
    });
  });
}

/** The environment of `npm ci`: CPU only, and Node's own headers where this Node brings them. */
function installEnvironment() {
  const prefix = path.dirname(path.dirname(fs.realpathSync(process.execPath)));
  const hasHeaders = fs.existsSync(path.join(prefix, "include", "node", "node.h"));
  return {
    ...process.env,
    ONNXRUNTIME_NODE_INSTALL: "skip",
    ...(hasHeaders && { npm_config_nodedir: prefix }),
  };
}

async function install() {
  fs.rmSync(INSTALLED_STAMP, { force: true });
  const args = ["ci", "--include=dev", "--include=optional", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith("js") ? [process.execPath, [npm]] : ["npm", []];
  const installation = await run(program, [...first, ...args], installEnvironment());
  if (installation.code !== 0) throw new SetupError(installationFailure(installation.tail));
  const loading = await run(process.execPath, ["-e", LOAD_NATIVE_PACKAGES], process.env);
  if (loading.code !== 0) {
    fs.rmSync(INSTALLED_STAMP, { force: true });
    throw new SetupError(`a native package does not load: see the lines above; ${BUILD_TOOLS}`);
  }
  fs.writeFileSync(INSTALLED_STAMP, installationKey());
}

/** Why `npm ci` failed, with what to do. */
function installationFailure(tail) {
  if (/ENOSPC/.test(tail)) return "the disk is full: free about 1 GB, then run the command again";
  if (/EACCES|EROFS|EPERM/.test(tail))
    return `cannot write below ${root}: make the folder writable, then run the command again`;
  if (/gyp ERR!|node-gyp|prebuild-install/.test(tail)) {
    return `a native package could not be built: ${BUILD_TOOLS}`;
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|network/i.test(tail)) {
    return "the npm registry cannot be reached: check the network or the proxy, then run the command again";
  }
  return "npm ci failed for the reason above: mend it, then run the command again";
}

/** Compiles into a folder of its own that then takes the place of dist/, so that no removed source stays behind. */
async function compile() {
  const key = compilationKey();
  removeLeftovers();
  const fresh = at(`dist.${process.pid}`);
  const old = at(`dist.${process.pid}.old`);
  try {
    const args = [COMPILER, "-p", "tsconfig.build.json", "--outDir", fresh, "--noEmitOnError"];
    const { code } = await run(process.execPath, args, process.env);
    if (code !== 0) throw new SetupError("src/ does not compile: see the lines above");
    fs.writeFileSync(path.join(fresh, ".ready"), key);
    if (fs.existsSync(at("dist"))) fs.renameSync(at("dist"), old);
    fs.renameSync(fresh, at("dist"));
  } finally {
    for (const folder of [fresh, old]) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What a killed set-up left behind. Only the holder of the lock may ask. */
function removeLeftovers() {
  for (const name of fs.readdirSync(root)) {
    if (/^dist\.\d+(\.old)?$/.test(name)) fs.rmSync(at(name), { recursive: true, force: true });
  }
}

async function makeReady() {
  if (isInstalled() && isCompiled()) return;
  const release = await takeLock();
  try {
    if (!isInstalled()) {
      say("setting up: installing the packages and compiling, usually 1 to 4 minutes …");
      const started = Date.now();
      await install();
      await compile();
      say(`ready after ${Math.round((Date.now() - started) / 1000)} s`);
    } else if (!isCompiled()) {
      say("compiling what changed in src/, usually 2 seconds …");
      await compile();
    }
  } finally {
    release();
  }
}

try {
  checkNode();
  if (!process.argv.includes("--installed")) await makeReady();
  else if (fs.existsSync(COMPILER)) fs.writeFileSync(INSTALLED_STAMP, installationKey());
} catch (error) {
  say(error instanceof SetupError ? error.message : `set-up failed: ${error.message}`);
  process.exitCode = 1;
}
