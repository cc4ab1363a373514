/** Reads one answer of `ask --json` from stdin and fails when it is not an answer whose every claim is cited. */
import { text } from "node:stream/consumers";

const { kind, claims, citations } = JSON.parse(await text(process.stdin));
const numbers = new Set(citations.map(({ n }) => n));
const isCited = (claim) => claim.citations.length > 0 && claim.citations.every((n) => numbers.has(n));
const isWhole = ({ quote, start, end }) => quote.length > 0 && end - start === quote.length;

if (kind !== "answer" || claims.length === 0 || !claims.every(isCited) || !citations.every(isWhole)) {
  process.stderr.write(
    `not a cited answer: kind ${kind}, ${claims.length} claims, ${citations.length} citations\n`,
  );
  process.exit(1);
}
process.stdout.write(`an answer with ${claims.length} claims and ${citations.length} citations\n`);
