/** Reads TypeScript as text, far enough for the guards of the architecture: imports, comments, strings, patterns. */

export type Token = {
  readonly kind: "code" | "comment" | "string" | "pattern";
  readonly text: string;
};

/** After these a slash opens a pattern; after a name, a number or a closing bracket it divides. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+\-*%<>~]|\breturn|\bcase|\btypeof)\s*$/;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`(?:\\[\s\S]|[^`\\])*`/y;
const PATTERN = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;

/** Cuts a source into tokens that together are the source. A template is one string, with what is written in it. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let code = "";
  for (let at = 0; at < source.length; ) {
    const token = tokenAt(source, at, code);
    if (token === null) {
      code += source.charAt(at);
      at += 1;
      continue;
    }
    if (code !== "") found.push({ kind: "code", text: code });
    // What a comment hides does not matter for the slash after it; after a string it divides.
    code = "";
    found.push(token);
    at += token.text.length;
  }
  if (code !== "") found.push({ kind: "code", text: code });
  return found;
}

function tokenAt(source: string, at: number, code: string): Token | null {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const first = source.charAt(at);
  if (first === "/") {
    const comment = match(COMMENT);
    if (comment !== undefined) return { kind: "comment", text: comment };
    const pattern = BEFORE_PATTERN.test(code) ? match(PATTERN) : undefined;
    return pattern === undefined ? null : { kind: "pattern", text: pattern };
  }
  const string = /["'`]/.test(first) ? match(STRING) : undefined;
  return string === undefined ? null : { kind: "string", text: string };
}

/** The source without its comments. */
export function withoutComments(source: string): string {
  return tokens(source)
    .map(({ kind, text }) => (kind === "comment" ? " " : text))
    .join("");
}

export interface ImportLine {
  readonly from: string;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** What a source imports or re-exports, statically or not. */
export function importsOf(source: string): ImportLine[] {
  const code = withoutComments(source);
  const lines = [...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^"';=(]*?from\s+["']([^"']+)["']/gm)];
  const bare = [...code.matchAll(/^\s*import\s+["']([^"']+)["']/gm)];
  const dynamic = [...code.matchAll(/\bimport\(\s*["']([^"']+)["']/g)];
  return [
    ...lines.map((line) => ({ from: line[2] ?? "", typeOnly: line[1] !== undefined })),
    ...[...bare, ...dynamic].map((line) => ({ from: line[1] ?? "", typeOnly: false })),
  ];
}
