import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Claim } from "../../src/verification/claim.ts";

/** A claim of a set in a text file: "+" is faithful, "-" wrong in the way that `kind` says. */
export interface SetClaim extends Claim {
  readonly id: string;
  readonly kind: string;
  readonly faithful: boolean;
}

/**
 * A set as tests/verification/sets/*.txt has it. "Q key report quotation" names a quotation; "+ kind | claim | keys"
 * and "- kind | claim | keys" are claims; instead of keys a line may give a quotation of its own as "quotation"@report.
 */
export function readSet(name: string, reports: readonly string[]): readonly SetClaim[] {
  const full = (prefix: string): string => reports.find((id) => id.startsWith(prefix)) ?? prefix;
  const quotes = new Map<string, { report: string; quote: string }>();
  const claims: SetClaim[] = [];
  const text = readFileSync(join(import.meta.dirname, "sets", `${name}.txt`), "utf8");
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const named = /^Q (\S+) (\S+) (.+)$/.exec(line);
    if (named !== null) {
      const [, key = "", report = "", quote = ""] = named;
      quotes.set(key, { report: full(report), quote });
      continue;
    }
    const [, sign, kind = "", claim = "", keys = ""] = /^([+-]) (.+?) \| (.+?) \| (.+)$/.exec(line) ?? [];
    const own = /^"(.+)"@(\S+)$/.exec(keys);
    const citations =
      own !== null
        ? [{ report: full(own[2] ?? ""), quote: own[1] ?? "" }]
        : keys.split(",").map((key) => {
            const quote = quotes.get(key);
            if (quote === undefined) throw new Error(`${name}.txt, line ${index + 1}: no quotation "${key}"`);
            return quote;
          });
    claims.push({ id: `${name}-${index + 1}`, kind, faithful: sign === "+", text: claim, citations });
  }
  return claims;
}
