/** Every line that anything logs while the tests run, and what must never stand in one. */

const NEVER: readonly (readonly [string, RegExp])[] = [
  ["a token of a bot", /(?<!\d)\d{6,12}:[\w-]{30,}|4242:test-token/],
  ["a key of an endpoint", /\bsk-[\w-]{12,}/],
  ["a telephone number", /(?:\+|\b00)\d(?:[ -]?\d){8,14}\b/],
];
/** What people write here is Arabic: the bot's own events are not. */
const WORDS_OF_PEOPLE: readonly [string, RegExp] = ["words of a person", /(?=\p{L})\p{Script=Arabic}/u];

const found: string[] = [];

/** What of a logged line must not be there. */
export function secretsIn(line: string, { ofBot = false } = {}): string[] {
  const rules = ofBot ? [...NEVER, WORDS_OF_PEOPLE] : NEVER;
  return rules.flatMap(([name, pattern]) =>
    pattern.test(line) ? [`${name} is logged: ${line.slice(0, 200)}`] : [],
  );
}

/** Takes note of a line that was logged: by a bot, or by a command on stderr. */
export function noteLogged(line: string, options?: { ofBot?: boolean }): void {
  found.push(...secretsIn(line, options));
}

/** What was found since it was last asked. */
export const leaks = (): string[] => found.splice(0);
