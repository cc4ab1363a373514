import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importsOf, tokens, withoutComments } from "./source-text.ts";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const MAX_LINES = 300;

/** What the page and the API are made from. */
const SHOWN_BY_HTTP = [
  "text",
  "phrases",
  "gazetteer",
  "report",
  "passage",
  "question",
  "store",
  "retrieval",
  "timeline",
  "answer",
  "http",
];

/** What each folder, and each file beside the folders, may import besides itself: DESIGN.md as a table. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  phrases: [],
  sqlite: [],
  postgres: [],
  openai: [],
  gazetteer: ["text"],
  report: ["text", "phrases"],
  copies: ["text", "report", "passage", "store"],
  overrides: ["text", "phrases", "gazetteer", "report"],
  passage: ["text", "gazetteer", "report"],
  embedding: ["openai"],
  question: ["text", "gazetteer"],
  store: ["text", "report", "passage", "embedding", "sqlite", "postgres"],
  retrieval: ["text", "gazetteer", "report", "passage", "embedding", "question", "store"],
  verification: ["text", "report", "passage", "gazetteer", "question"],
  answer: [
    ...["text", "phrases", "gazetteer", "report", "passage", "embedding", "question", "store", "retrieval"],
    ...["openai", "verification", "timeline"],
    ...["copies"],
  ],
  timeline: ["text", "report", "passage", "store"],
  tables: ["text", "phrases", "report", "timeline", "answer"],
  pictures: ["text", "phrases", "timeline", "answer"],
  state: ["text", "sqlite", "postgres"],
  ledger: [],
  packet: ["phrases", "report"],
  telegram: ["text", "phrases", "report", "passage", "store", "question", "answer", "state", "timeline"],
  http: [],
  metrics: [],
  api: SHOWN_BY_HTTP,
  web: [...SHOWN_BY_HTTP, "api", "pictures", "tables"],
  mcp: ["answer", "api"],
  "config.ts": [],
  "pipeline.ts": [
    ...["text", "phrases", "gazetteer", "report", "passage", "embedding", "question", "store", "retrieval"],
    ...["answer", "copies"],
  ],
  evaluation: [
    ...["text", "passage", "question", "embedding", "store", "retrieval", "answer", "pipeline.ts"],
  ],
  commands: [
    ...["text", "phrases", "gazetteer", "report", "passage", "embedding", "question", "store", "retrieval"],
    ...["verification", "answer", "state", "telegram", "openai", "sqlite", "config.ts", "pipeline.ts"],
    ...["evaluation", "http", "metrics", "web", "api", "mcp"],
    ...["ledger", "packet", "postgres"],
    ...["timeline", "tables", "pictures"],
    ...["overrides", "copies"],
  ],
  "main.ts": ["commands"],
};

/** Node's own modules may be imported by all, and zod at every edge. */
const SHARED_PACKAGES = /^(?:node:|zod$)/;

/** The outside world: read by the commands, handed down as values. */
const EFFECTS =
  /\bprocess\.(?:env|argv|cwd|exit|stdin|stdout|stderr|on)\b|\bDate\.now\b|\bnew Date\(\)|\bconsole\.|\bperformance\.now\b/g;

/** Folders whose business is to recognise Arabic words: what is written there is matched, never shown. */
const READS_ARABIC = ["text", "question", "report", "passage", "verification"];

/** Arabic in string literals elsewhere outside src/phrases, each file with its reason. */
const ARABIC_ALLOWED: Readonly<Record<string, string>> = {
  "commands/terminal.ts": "a request for a source, put as the question that a person would type",
  "telegram/replies.ts": "a request for a source, put as the question that a person would type",
  "evaluation/noise.ts":
    "spellings and words that a noise puts into a question, which is asked and never shown",
  "embedding/remote.ts": "a probe that tells the endpoint's dimension",
  "answer/source.ts": "words by which a request for a source is known",
  "pictures/text-width.ts": "letters with their widths in the font",
  "answer/trim.ts": "connectives at which a quotation may begin",
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));
const unitOf = (file: string): string => file.split("/")[0] ?? file;

/** Every import line with where it leads: a file below src/, or the name of a package. */
const imports = [...sources].flatMap(([file, source]) =>
  importsOf(source).map(({ from, typeOnly }) => {
    const target = from.startsWith(".") ? normalize(join(dirname(file), from)).replaceAll("\\", "/") : null;
    return { file, from, typeOnly, target };
  }),
);
const inner = imports.flatMap(({ file, target, typeOnly }) => (target ? [{ file, target, typeOnly }] : []));

describe("the architecture", () => {
  it("is read at all", () => {
    expect(files).toContain("main.ts");
    expect(inner.length).toBeGreaterThan(files.length);
  });

  it("knows every folder and every file beside the folders", () => {
    const unknown = [...new Set(files.map(unitOf))].filter((unit) => !(unit in ARROWS));
    expect(unknown, "give it a line in ARROWS and in DESIGN.md").toEqual([]);
  });

  it("has imports that point one way", () => {
    const wrong = inner.filter(
      ({ file, target }) =>
        unitOf(file) !== unitOf(target) && !ARROWS[unitOf(file)]?.includes(unitOf(target)),
    );
    expect(wrong.map(({ file, target }) => `${file} must not import ${target}`)).toEqual([]);
  });

  it("has arrows without a circle", () => {
    expect(findCycle(new Map(Object.entries(ARROWS)))).toEqual([]);
  });

  it("has no import that leads back to its file", () => {
    const graph = new Map(files.map((file): [string, string[]] => [file, []]));
    for (const { file, target, typeOnly } of inner) if (!typeOnly) graph.get(file)?.push(target);
    expect(findCycle(graph)).toEqual([]);
  });

  it("has one importer for each outside package", () => {
    const importers = new Map<string, Set<string>>();
    for (const { file, from, target } of imports) {
      if (target !== null || SHARED_PACKAGES.test(from)) continue;
      const name = from.split("/", from.startsWith("@") ? 2 : 1).join("/");
      importers.set(name, (importers.get(name) ?? new Set()).add(file));
    }
    const shared = [...importers].filter(([, by]) => by.size > 1);
    expect(shared.map(([name, by]) => `${name} is imported by ${[...by].join(", ")}`)).toEqual([]);
    expect([...importers.keys()]).toContain("better-sqlite3");
  });

  it("imports only packages that package.json installs for everyone", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const { dependencies = {}, optionalDependencies = {} } = manifest as Record<string, object>;
    const outside = imports.filter(({ from, target }) => target === null && !from.startsWith("node:"));
    const unknown = outside.filter(({ from }) => {
      const name = from.split("/", from.startsWith("@") ? 2 : 1).join("/");
      return !(name in dependencies) && !(name in optionalDependencies);
    });
    expect(unknown.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
  });

  it("reads environment, arguments, clock and console in the commands only", () => {
    const found = [...sources]
      .filter(([file]) => !file.startsWith("commands/") && file !== "main.ts")
      .flatMap(([file, source]) =>
        (withoutComments(source).match(EFFECTS) ?? []).map((effect) => `${file}: ${effect}`),
      );
    expect(found, "take it as a parameter").toEqual([]);
  });

  it("keeps every file to the length of one room", () => {
    const long = [...sources]
      .map(([file, source]) => ({ file, lines: source.trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long.map(({ file, lines }) => `${file} has ${lines} lines, at most ${MAX_LINES}`)).toEqual([]);
  });

  it("keeps what a person may read in Arabic in phrases/, and its words where they are recognised", () => {
    const withArabic = [...sources]
      .filter(([file]) => ![...READS_ARABIC, "phrases"].includes(unitOf(file)))
      .filter(([, source]) =>
        tokens(source).some(
          ({ kind, text }) => kind === "string" && /(?=\p{L})\p{Script=Arabic}/u.test(text),
        ),
      )
      .map(([file]) => file);
    const unexplained = withArabic.filter((file) => !(file in ARABIC_ALLOWED));
    expect(unexplained, "move it to phrases/, or give the reason in ARABIC_ALLOWED").toEqual([]);
    const stale = Object.keys(ARABIC_ALLOWED).filter((file) => !withArabic.includes(file));
    expect(stale, "has no Arabic any more: take it out of ARABIC_ALLOWED").toEqual([]);
  });
});

describe("what the guards read", () => {
  const source = `
    import { a } from "./a.ts"; // from "./not.ts"
    import type { B } from './b.ts';
    export {
      c, type D,
    } from "../c.ts";
    import "side-effect";
    const half = total / 2 / 3, pattern = /["'\\/[/]]/u.test("نعم");
    const load = () => import("@scope/name/part");
    /* import x from "y" */ const text = \`لا \${half}\`;
  `;

  it("finds every kind of import, and none in a comment", () => {
    expect(importsOf(source)).toEqual([
      { from: "./a.ts", typeOnly: false },
      { from: "./b.ts", typeOnly: true },
      { from: "../c.ts", typeOnly: false },
      { from: "side-effect", typeOnly: false },
      { from: "@scope/name/part", typeOnly: false },
    ]);
  });

  it("tells strings from patterns and comments, and loses nothing", () => {
    const found = tokens(source);
    expect(found.map(({ text }) => text).join("")).toBe(source);
    const of = (kind: string) => found.filter((token) => token.kind === kind).map(({ text }) => text);
    expect(of("pattern")).toEqual([`/["'\\/[/]]/u`]);
    expect(of("comment")).toEqual([`// from "./not.ts"`, `/* import x from "y" */`]);
    expect(of("string")).toContain(`"نعم"`);
    expect(of("string").at(-1)).toMatch(/^`لا .*`$/);
  });

  it("finds a circle", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(findCycle(graph)).toEqual(["b", "c", "b"]);
  });
});

/** The first circle of a graph as the nodes on it, the first of them twice; empty when there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
