/** Reads one answer of `ask --json` from stdin and fails when it is not an answer whose every claim is cited. */
import { text } from "node:stream/consumers";

const isCited = (claim, numbers) =>
  claim.citations.length > 0 && claim.citations.every((n) => numbers.has(n));
const isWhole = ({ quote, start, end }) => quote.length > 0 && end - start === quote.length;

/** Why this is not a cited answer, or null. */
function problem({ kind, claims, citations }) {
  const numbers = new Set(citations.map(({ n }) => n));
  if (kind !== "answer") return `its kind is ${kind}`;
  if (claims.length === 0) return "it has no claim";
  if (!claims.every((claim) => isCited(claim, numbers))) return "a claim has no citation";
  return citations.every(isWhole) ? null : "a quotation is not as long as its place";
}

const output = await text(process.stdin);
let found = "the output is not JSON";
try {
  found = problem(JSON.parse(output));
} catch {
  // As said.
}
if (found !== null) process.stderr.write(`not a cited answer: ${found}\n${output.slice(0, 2000)}\n`);
else process.stdout.write("a cited answer\n");
process.exitCode = found === null ? 0 : 1;
