const LIMIT = 2048;

/**
 * A pure function of a text that remembers its latest results: passages come back question after question. The oldest
 * of `limit` results is forgotten first. Results are shared: they must not be changed.
 */
export function remembering<Result>(
  compute: (text: string) => Result,
  limit = LIMIT,
): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = compute(text);
    if (known.size >= limit) known.delete(known.keys().next().value ?? "");
    known.set(text, result);
    return result;
  };
}
