/**
 * Completes package-lock.json (`npm run lock`), or that of the folder named (`node scripts/lock.mjs bench/peers`). npm leaves out the optional packages of other systems when the
 * registry that it asked lacks them, and `npm ci` then refuses the whole file as out of step, on every system.
 */
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const LOCK = fileURLToPath(new URL(`../${process.argv[2] ?? "."}/package-lock.json`, import.meta.url));
const PLATFORM = /(android|darwin|freebsd|linux|win32)-(arm64|arm|ia32|x64)(?:-(musl|glibc|gnu|msvc))?$/;
const LIBC = { musl: "musl", glibc: "glibc", gnu: "glibc" };

/** The key under which npm finds a package from the folder of another, or undefined. */
function keyOf(packages, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
    const key = `${base === "" ? "" : `${base}/`}node_modules/${name}`;
    if (key in packages) return key;
    if (base === "") return undefined;
  }
}

/** What a missing optional package needs in the file for npm to know on which systems to leave it out. */
function entryFor(name, version, dependent) {
  const [, os, cpu, libc] = PLATFORM.exec(name) ?? [];
  if (os === undefined || cpu === undefined || !/^\d/.test(version)) {
    throw new Error(
      `package-lock.json lacks ${name}@${version}, whose system its name does not tell: add it by hand`,
    );
  }
  return {
    version,
    cpu: [cpu],
    ...(dependent.dev && { dev: true }),
    ...(LIBC[libc] && { libc: [LIBC[libc]] }),
    license: dependent.license,
    optional: true,
    os: [os],
  };
}

const lock = JSON.parse(fs.readFileSync(LOCK, "utf8"));
const added = [];
for (const [from, dependent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(dependent.optionalDependencies ?? {})) {
    if (keyOf(lock.packages, from, name) !== undefined) continue;
    lock.packages[`node_modules/${name}`] = entryFor(name, version, dependent);
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
fs.writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
process.stderr.write(
  `isnad: package-lock.json: ${added.length} packages of other systems added ${added.join(" ")}\n`,
);
