/** Programs of this project as processes of their own, to be killed. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(import.meta.dirname, "../../..");

export interface Programs {
  /** A new empty folder. */
  folder(): string;
  /** Where the compiled program is, by its path below the project, without its ending. */
  file(program: string): string;
  /** Starts a program by its path below the project, without its ending. */
  start(program: string, args: readonly string[]): Program;
  remove(): void;
}

export interface Program {
  readonly child: ChildProcess;
  /** Whole lines told on stdout so far. */
  readonly told: readonly string[];
  readonly log: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves with the first line on stdout, or when it ends. */
  readonly begun: Promise<void>;
}

/** Compiles programs with all that they import. */
export function compile(programs: readonly string[]): Programs {
  const root = mkdtempSync(join(tmpdir(), "isnad-programs-"));
  symlinkSync(join(PROJECT, "node_modules"), join(root, "node_modules"));
  symlinkSync(join(PROJECT, "package.json"), join(root, "package.json"));
  const compiler = join(PROJECT, "node_modules/typescript/bin/tsc");
  const sources = programs.map((program) => join(PROJECT, `${program}.ts`));
  // Types are checked once for the whole project (npm run types); here the programs are only to run.
  const config = ["--module", "nodenext", "--target", "es2023", "--types", "node", "--noCheck"];
  const paths = ["--rootDir", PROJECT, "--outDir", root, "--rewriteRelativeImportExtensions"];
  execFileSync(process.execPath, [compiler, "--ignoreConfig", ...sources, ...config, ...paths], {
    cwd: PROJECT,
  });
  const file = (program: string): string => join(root, `${program}.js`);
  return {
    folder: () => mkdtempSync(join(root, "folder-")),
    file,
    start: (program, args) => watch(spawn(process.execPath, [file(program), ...args])),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function watch(child: ReturnType<typeof spawn>): Program {
  const told: string[] = [];
  let rest = "";
  let log = "";
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  child.stdout?.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    told.push(...lines);
    if (told.length > 0) begin();
  });
  child.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  void ended.then(begin);
  return { child, told, log: () => log, ended, begun };
}

/** Kills a program so many milliseconds after its first word. */
export async function killAfter(program: Program, milliseconds: number): Promise<void> {
  await program.begun;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  program.child.kill("SIGKILL");
  await program.ended;
}
