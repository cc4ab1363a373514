import { alignRows, points } from "./render.ts";
import type { RobustnessReport } from "./robustness.ts";

/** A set under every noise, as lines of text: each measure's difference from the set as it is, in points. */
export function robustnessTable({ set, questions, scores, noises }: RobustnessReport<string>): string {
  const names = Object.keys(scores);
  const clean = names.map((name) => {
    const score = scores[name];
    return score ? (100 * score.value).toFixed(1) : "–";
  });
  const rows = noises.flatMap(({ noise, changed, differences }) => {
    const of = names.map((name) => differences[name] ?? null);
    const intervals = of.map((score) =>
      score?.interval ? `${points(score.interval.low)} … ${points(score.interval.high)}` : "",
    );
    return [
      [noise, String(changed), ...of.map((score) => (score ? points(score.value) : "–"))],
      ["", "", ...intervals],
    ];
  });
  return [
    `${set}: ${questions} questions; the first row in percent, the others the difference in points with its 95 % interval`,
    alignRows([["", "changed", ...names], ["none", "", ...clean], ...rows]),
    "",
  ].join("\n");
}
