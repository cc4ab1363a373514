/** Which segments of a generation the next one keeps, and of which reports the others are made anew. */

/** A report with where it comes from: a former segment by its place, or the reports taken up now. */
export interface PlannedReport {
  readonly id: string;
  readonly weight: number;
  readonly from: number | "fresh";
}

export type PlannedSegment =
  | { readonly kept: number }
  /** In order of id; of at most MOST_SOURCES former segments. */
  | { readonly reports: readonly PlannedReport[] };

export interface PlanOptions {
  /** Reports of each former segment, in order of id. */
  readonly former: readonly (readonly Omit<PlannedReport, "from">[])[];
  /** Reports to take up, in order of id. */
  readonly fresh: readonly Omit<PlannedReport, "from">[];
  /** Former reports that go or are replaced. */
  readonly gone: ReadonlySet<string>;
  /** Least weight that a segment should have. */
  readonly least: number;
}

/** A collection has about so many segments: an update rewrites one of them for each report that changes. */
const SEGMENTS = 48;
/** SQLite attaches ten files at most. */
const MOST_SOURCES = 4;

interface Run {
  readonly reports: PlannedReport[];
  readonly weight: number;
  /** Former segments that stand in it. */
  readonly sources: readonly number[];
  readonly changed: boolean;
}

/** Plans the next generation: like the leaves of a B-tree, each segment holds a range of ids, and is split or joined by weight. */
export function planSegments(options: PlanOptions): PlannedSegment[] {
  const runs = runsOf(options);
  const total = runs.reduce((sum, { weight }) => sum + weight, 0);
  const target = Math.max(options.least, total / SEGMENTS);
  return joined(runs, target).flatMap((run): PlannedSegment[] => {
    const [source] = run.sources;
    if (!run.changed && source !== undefined) return [{ kept: source }];
    return split(run, target).map((reports) => ({ reports }));
  });
}

/** A run for each former segment, with the fresh reports of its range. */
function runsOf({ former, fresh, gone }: PlanOptions): Run[] {
  const runs: Run[] = [];
  let next = 0;
  const sources: (readonly Omit<PlannedReport, "from">[])[] = former.length === 0 ? [[]] : [...former];
  for (const [at, reports] of sources.entries()) {
    const following = sources[at + 1]?.[0]?.id;
    const held: PlannedReport[] = reports
      .filter(({ id }) => !gone.has(id))
      .map(({ id, weight }) => ({ id, weight, from: at }));
    const stayed = held.length;
    for (; next < fresh.length; next += 1) {
      const { id = "", weight = 0 } = fresh[next] ?? {};
      if (following !== undefined && compareIds(id, following) >= 0) break;
      held.push({ id, weight, from: "fresh" });
    }
    const changed = held.length > stayed || stayed < reports.length;
    if (held.length > stayed) held.sort((a, b) => compareIds(a.id, b.id));
    runs.push({ reports: held, weight: weightOf(held), sources: stayed > 0 ? [at] : [], changed });
  }
  return runs.filter(({ reports }) => reports.length > 0);
}

/** Runs that have become small are joined with the one before. */
function joined(runs: readonly Run[], target: number): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const before = result.at(-1);
    const small = (run.changed && run.weight < target / 4) || (before?.changed && before.weight < target / 4);
    if (
      before === undefined ||
      !small ||
      before.weight + run.weight > 2 * target ||
      before.sources.length + run.sources.length > MOST_SOURCES
    ) {
      result.push(run);
      continue;
    }
    result.splice(-1, 1, {
      reports: [...before.reports, ...run.reports],
      weight: before.weight + run.weight,
      sources: [...before.sources, ...run.sources],
      changed: true,
    });
  }
  return result;
}

/** Pieces of about equal weight, of a run that has become large. */
function split({ reports, weight }: Run, target: number): PlannedReport[][] {
  if (weight <= 2 * target) return [reports];
  const share = weight / Math.ceil(weight / target);
  const pieces: PlannedReport[][] = [];
  let current: PlannedReport[] = [];
  let size = 0;
  for (const report of reports) {
    if (current.length > 0 && size + report.weight / 2 > share) {
      pieces.push(current);
      current = [];
      size = 0;
    }
    current.push(report);
    size += report.weight;
  }
  if (current.length > 0) pieces.push(current);
  return pieces;
}

function weightOf(reports: readonly PlannedReport[]): number {
  return reports.reduce((sum, { weight }) => sum + weight, 0);
}

/** The order of SQLite's texts, which is that of code points and not of UTF-16 units. */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates, the halves of the highest code points, stand above all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
