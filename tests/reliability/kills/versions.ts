const REPORTS = 30;

/** The reports of a version, body by id: of each version one is another, and some are missing. */
export function versionOf(version: number): ReadonlyMap<string, string> {
  const bodies = new Map<string, string>();
  for (let n = 0; n < REPORTS; n += 1) {
    const changed = version - ((((version - n) % REPORTS) + REPORTS) % REPORTS);
    if (n === (version * 7) % REPORTS) continue;
    const id = `r${String(n).padStart(2, "0")}`;
    bodies.set(id, `قصف حي الحميدية رقم ${n}\nنزح السكان في 2017-10-29 نسخة <${changed}>`);
  }
  return bodies;
}
