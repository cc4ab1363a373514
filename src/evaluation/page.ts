/** An evaluation as one HTML page that needs nothing else: no script, no outside file. */
import type { ConfigurationReport, Outcome, SetReport } from "./evaluate.ts";
import { COLUMNS, faultOf, formatInterval, formatScore } from "./render.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color-scheme: light dark; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .6rem; text-align: right; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
small { display: block; opacity: .7; }
[dir="rtl"] { text-align: right; white-space: normal; line-height: 1.8; }
.fault { color: #c33; }
details { margin: .5rem 0; }
blockquote { margin: .3rem 0; border-inline-start: 3px solid #8886; padding-inline-start: .8rem; }
`;

/** The page about all sets. `made` is the day shown, as YYYY-MM-DD. */
export function htmlPage(reports: readonly SetReport[], made: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Evaluation</h1>
<p>Made on ${escapeHtml(made)}. Shares in percent; under each its 95 % bootstrap interval.</p>
${reports.map(section).join("\n")}
<h2>What the columns say</h2>
<dl>${COLUMNS.map(({ title, meaning }) => `<dt><b>${escapeHtml(title)}</b></dt><dd>${escapeHtml(meaning)}</dd>`).join("\n")}</dl>
</body>
</html>
`;
}

function section(report: SetReport): string {
  const [first] = report.configurations;
  const rows = report.configurations.map(
    ({ name, summary, scores, milliseconds }) =>
      `<tr><td>${escapeHtml(name)}<small>${escapeHtml(summary)}</small></td>${COLUMNS.map(
        ({ measure }) =>
          `<td>${formatScore(scores[measure], measure)}<small>${formatInterval(scores[measure], measure)}</small></td>`,
      ).join("")}<td>${milliseconds.toFixed(0)}</td></tr>`,
  );
  return `<h2>${escapeHtml(report.set)}: ${report.questions} questions</h2>
${table(["configuration", ...COLUMNS.map(({ title }) => title), "ms"], rows)}
${first ? `${typesTable(first)}\n${outcomesList(first)}` : ""}`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}

function typesTable({ name, types }: ConfigurationReport): string {
  const rows = types.map(
    ({ type, questions, scores }) =>
      `<tr><td>${escapeHtml(type)}</td><td>${questions}</td>${COLUMNS.map(
        ({ measure }) => `<td>${formatScore(scores[measure], measure)}</td>`,
      ).join("")}</tr>`,
  );
  const heads = ["type of question", "questions", ...COLUMNS.map(({ title }) => title)];
  return `<h3>${escapeHtml(name)} by type of question</h3>\n${table(heads, rows)}`;
}

function outcomesList({ name, outcomes }: ConfigurationReport): string {
  const failed = outcomes.filter((outcome) => faultOf(outcome) !== null);
  const right = outcomes.filter((outcome) => faultOf(outcome) === null);
  return [
    `<h3>${escapeHtml(name)}: ${failed.length} not as expected</h3>`,
    ...failed.map(outcomeEntry),
    `<h3>${escapeHtml(name)}: ${right.length} as expected</h3>`,
    ...right.map(outcomeEntry),
  ].join("\n");
}

function outcomeEntry(outcome: Outcome): string {
  const { question, reply } = outcome;
  const fault = faultOf(outcome);
  const quotes = reply.citations.map(
    ({ report, quote }, index) =>
      `<blockquote>[${index + 1}] ${escapeHtml(quote)} <small dir="ltr">${escapeHtml(report)}</small></blockquote>`,
  );
  const note = fault === null ? "" : ` <span class="fault" dir="ltr">${escapeHtml(fault)}</span>`;
  const expected = question.evidence.map((group) => group.map(escapeHtml).join(" / ")).join(" + ");
  return `<details dir="rtl" lang="ar"><summary>${escapeHtml(question.question)} <small dir="ltr">${escapeHtml(question.id)}, ${escapeHtml(question.type)}: ${reply.kind}</small>${note}</summary>
${quotes.join("\n")}${expected === "" ? "" : `\n<p><bdi dir="ltr">expected:</bdi> ${expected}</p>`}
</details>`;
}
