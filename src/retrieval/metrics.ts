/** Measures of a ranking against a set of relevant items, each 0 to 1. */
export interface RankingQuality {
  readonly ndcg10: number;
  /** Share of the questions with a relevant item among the first 1, 5, 10. */
  readonly r1: number;
  readonly r5: number;
  readonly r10: number;
  readonly mrr10: number;
}

const DEPTH = 10;

/** Quality of one ranking. nDCG with gain 1 and discount log2(rank + 1), ideal over all relevant items. */
export function rankingQuality<Item>(ranked: readonly Item[], relevant: ReadonlySet<Item>): RankingQuality {
  const hits = ranked.slice(0, DEPTH).map((item) => relevant.has(item));
  const discount = (index: number): number => 1 / Math.log2(index + 2);
  const gained = hits.reduce((sum, hit, index) => sum + (hit ? discount(index) : 0), 0);
  const ideal = Array.from({ length: Math.min(DEPTH, relevant.size) }, (_, index) => discount(index));
  const first = hits.indexOf(true);
  const within = (depth: number): number => (first >= 0 && first < depth ? 1 : 0);
  return {
    ndcg10: relevant.size === 0 ? 0 : gained / ideal.reduce((sum, value) => sum + value, 0),
    r1: within(1),
    r5: within(5),
    r10: within(DEPTH),
    mrr10: first < 0 ? 0 : 1 / (first + 1),
  };
}

/** Arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean of each measure over questions. */
export function meanQuality(qualities: readonly RankingQuality[]): RankingQuality {
  const of = (key: keyof RankingQuality): number => mean(qualities.map((quality) => quality[key]));
  return { ndcg10: of("ndcg10"), r1: of("r1"), r5: of("r5"), r10: of("r10"), mrr10: of("mrr10") };
}
