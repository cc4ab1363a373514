/** Names that every program's errors have; what they say may repeat what they were given, a question for instance. */
const FOREIGN =
  /^(?:(?:Type|Range|Syntax|Reference|Aggregate|URI|Eval|Zod|\$Zod)?Error|System\w*|\w*Exception)$/;
/** Where in the program an error arose, without folders. */
const FRAME = /([\w.-]+:\d+:\d+)\)?$/m;

/**
 * What a log may say of an error: the words of this project's own errors, which name a file or a remedy; of any other
 * only its name and where it arose.
 */
export function loggable(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (!FOREIGN.test(error.name)) return `${error.name}: ${error.message}`;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const place = FRAME.exec(frames[0] ?? "")?.[1];
  return place === undefined ? error.name : `${error.name} at ${place}`;
}
