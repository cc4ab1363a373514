/** Errors of PostgreSQL and of the way to it, as one line with the remedy. */

export type PostgresProblem =
  | "unreachable"
  | "denied"
  | "missing"
  | "busy"
  | "full"
  | "unmigrated"
  | "conflict"
  | "other";

/** PostgreSQL cannot be reached, read or written. The message names the server (never a password) and ends in the remedy. */
export class PostgresError extends Error {
  override readonly name = "PostgresError";
  readonly problem: PostgresProblem;
  /** PostgreSQL's own code of five characters, such as "40001"; null when the error is not the server's. */
  readonly code: string | null;

  constructor(
    message: string,
    { problem, code = null, cause }: { problem: PostgresProblem; code?: string | null; cause?: unknown },
  ) {
    super(message, { cause });
    this.problem = problem;
    this.code = code;
  }
}

const REMEDIES: Readonly<Record<PostgresProblem, string>> = {
  unreachable: "check that the server runs, and the address in DATABASE_URL",
  denied: "check user and password in DATABASE_URL and what that user may do",
  missing: "check the name of the database in DATABASE_URL, then run npm run migrate",
  busy: "wait until the other work has ended and try again",
  full: "free some space or connections of the server and try again",
  unmigrated: "run npm run migrate",
  conflict: "try again",
  other: "see the server's log",
};

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_CODE: readonly (readonly [RegExp, PostgresProblem])[] = [
  [/^(08|57P0|3D000$)/, "unreachable"],
  [/^(28|42501)/, "denied"],
  [/^(42P01|42703|3F000|42883|42704)/, "unmigrated"],
  [/^(55P03|57014)/, "busy"],
  [/^53/, "full"],
  [/^40/, "conflict"],
];

/** The error as `PostgresError`; errors that come neither from the server nor from the way to it stay as they are. */
export function postgresError(shown: string, error: unknown): unknown {
  if (error instanceof PostgresError || !(error instanceof Error)) return error;
  const problem = problemOf(error);
  if (problem === null) return error;
  const code = serverCode(error);
  const reason = reasonOf(error);
  return new PostgresError(`PostgreSQL at ${shown}: ${reason}; ${REMEDIES[problem]}.`, {
    problem,
    code,
    cause: error,
  });
}

function problemOf(error: Error): PostgresProblem | null {
  const code = serverCode(error);
  if (code !== null) {
    if (code === "3D000") return "missing";
    return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? "other";
  }
  // What the driver says when the way breaks has no code of its own.
  if (/timeout|terminated|ended|closed|not queryable|SSL|SASL|password/i.test(error.message))
    return "unreachable";
  return "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code)
    ? "unreachable"
    : null;
}

function serverCode(error: Error): string | null {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && "severity" in error ? code : null;
}

/** The first line; of several addresses that were tried, what the first of them gave. */
function reasonOf(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = first instanceof Error ? first.message : error.message;
  return (message || error.name).split("\n")[0] ?? error.name;
}
