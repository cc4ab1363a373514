/** Random numbers that are the same in every run: an evaluation must be repeatable. */

/** Uniform numbers in [0, 1) from a 32-bit seed (mulberry32, Tommy Ettinger, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A 32-bit number from a text (FNV-1a over UTF-16 units): a seed of its own for every question. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly samples: number;
  readonly seed: number;
}

export const BOOTSTRAP: BootstrapOptions = { samples: 1000, seed: 20171029 };

/** Value of a measure with its 95 % interval; null where there was nothing to measure. */
export type Score = { readonly value: number; readonly interval: Interval | null } | null;

/** Measures of a sample of items, by name; null where the sample holds nothing to measure. */
export type Measure<Item, Name extends string> = (
  sample: readonly Item[],
) => Readonly<Record<Name, number | null>>;

/**
 * Measures with 95 % intervals by the percentile bootstrap (Efron, 1979): items are drawn with replacement, as many as
 * there are, and each sample is measured. The same items, measures and options give the same intervals.
 */
export function bootstrapScores<Item, Name extends string>(
  items: readonly Item[],
  measure: Measure<Item, Name>,
  { samples, seed }: BootstrapOptions = BOOTSTRAP,
): Record<Name, Score> {
  const random = seededRandom(seed);
  const measured = measure(items);
  const names = Object.keys(measured) as Name[];
  const drawn = new Map(names.map((name): [Name, number[]] => [name, []]));
  for (let sample = 0; sample < samples && items.length > 0; sample += 1) {
    const values = measure(items.map(() => items[Math.floor(random() * items.length)] as Item));
    for (const name of names) {
      const value = values[name];
      if (value !== null) drawn.get(name)?.push(value);
    }
  }
  const scoreOf = (name: Name): Score => {
    const value = measured[name];
    return value === null ? null : { value, interval: intervalOf(drawn.get(name) ?? []) };
  };
  return Object.fromEntries(names.map((name) => [name, scoreOf(name)])) as Record<Name, Score>;
}

/** How much more each measure is than over the same questions otherwise: both are drawn together, item by item. */
export function pairedDifferences<Item, Name extends string>(
  items: readonly Item[],
  others: readonly Item[],
  measure: Measure<Item, Name>,
  options: BootstrapOptions = BOOTSTRAP,
): Record<Name, Score> {
  const pairs = items.map((item, index) => ({ item, other: others[index] ?? item }));
  const difference: Measure<(typeof pairs)[number], Name> = (sample) => {
    const own = measure(sample.map(({ item }) => item));
    const base = measure(sample.map(({ other }) => other));
    const names = Object.keys(own) as Name[];
    return Object.fromEntries(names.map((name) => [name, minus(own[name], base[name])])) as Record<
      Name,
      number | null
    >;
  };
  return bootstrapScores(pairs, difference, options);
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function intervalOf(values: readonly number[]): Interval | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { low: percentile(sorted, 0.025), high: percentile(sorted, 0.975) };
}

/** Value below which a share of the values lies, interpolated between neighbours; `sorted` ascending, not empty. */
export function percentile(sorted: readonly number[], quantile: number): number {
  const position = (sorted.length - 1) * quantile;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
