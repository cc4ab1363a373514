/** So many requests a minute for each key, with a short burst. */
export interface RateLimit {
  /** Whether one more is within the limit; counts it when it is. */
  take(key: string): boolean;
}

const MINUTE_MS = 60_000;
/** Keys that are kept: whoever has been quiet longest is forgotten first, with the bucket full again. */
const MOST_KEYS = 10_000;

/** A bucket of `perMinute` for each key that fills again with time. `now` in milliseconds. */
export function makeRateLimit({ perMinute, now }: { perMinute: number; now: () => number }): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key) {
      const time = now();
      const known = buckets.get(key) ?? { left: perMinute, at: time };
      const left = Math.min(perMinute, known.left + ((time - known.at) / MINUTE_MS) * perMinute);
      const allowed = left >= 1;
      buckets.delete(key);
      buckets.set(key, { left: allowed ? left - 1 : left, at: time });
      const [oldest] = buckets.keys();
      if (buckets.size > MOST_KEYS && oldest !== undefined) buckets.delete(oldest);
      return allowed;
    },
  };
}
