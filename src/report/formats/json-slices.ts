/** The elements of an array inside a JSON text, letter for letter as they stand in it. */

/** The texts of the elements of every array that is the value of `key`, in order. The text must be valid JSON. */
export function elementSlices(json: string, key: string): string[] {
  const slices: string[] = [];
  /** For each open bracket whether it is the array that is looked for. */
  const open: boolean[] = [];
  let lastString = "";
  let pendingKey: string | null = null;
  let start = -1;
  const take = (end: number): void => {
    const slice = start < 0 ? "" : json.slice(start, end).trim();
    if (slice !== "") slices.push(slice);
    start = -1;
  };
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '"') {
      const from = at + 1;
      for (at += 1; at < json.length && json[at] !== '"'; at += 1) if (json[at] === "\\") at += 1;
      lastString = json.slice(from, at);
    } else if (sign === ":") {
      pendingKey = lastString;
    } else if (sign === "{" || sign === "[") {
      open.push(sign === "[" && pendingKey === key);
      pendingKey = null;
      if (open.at(-1) && start < 0) start = at + 1;
    } else if (sign === "}" || sign === "]") {
      if (open.pop()) take(at);
    } else if (sign === ",") {
      pendingKey = null;
      if (open.at(-1)) {
        take(at);
        start = at + 1;
      }
    }
  }
  return slices;
}
