/** The answer of a packet as a page: no script, nothing from elsewhere, right to left. */
import * as phrases from "../phrases/packet.ts";
import type { PacketAnswer, PacketQuotation, PacketSource } from "./packet.ts";

export interface Page {
  readonly answer: PacketAnswer;
  readonly sources: readonly PacketSource[];
  readonly quotations: readonly PacketQuotation[];
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const STYLE =
  "body{font:1.1em/1.7 sans-serif;max-width:45em;margin:1em auto;padding:0 1em}blockquote{border-right:4px solid #888;" +
  "margin:.5em 0;padding:0 1em}mark{background:#ffef9e}code{direction:ltr;unicode-bidi:isolate;font-size:.8em;word-break:break-all}";

/** The page as HTML. */
export function packetPage({ answer, sources, quotations }: Page): string {
  const bySource = new Map(sources.map((source) => [source.report, source]));
  const question =
    answer.question === null ? "" : `<p><b>${phrases.question}</b> ${escaped(answer.question)}</p>`;
  const text = (answer.text ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("\n");
  const quoted = quotations.map((quotation) => quotationHtml(quotation, bySource.get(quotation.report)));
  return `<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${phrases.title}</title><style>${STYLE}</style></head><body>
<h1>${phrases.title}</h1>
${question}
${text}
<h2>${phrases.quotations}</h2>
${quoted.join("\n")}
<h2>${phrases.sources}</h2>
<ul>${sources.map(sourceHtml).join("\n")}</ul>
<p>${phrases.howToCheck}</p>
<p>${phrases.madeAt} <code>${escaped(answer.madeAt)}</code></p>
</body></html>
`;
}

function quotationHtml(
  { n, before, quote, after, text, start, end }: PacketQuotation,
  source: PacketSource | undefined,
): string {
  const label = source?.publisher ?? phrases.unknownPublisher;
  return `<h3>[${n}] ${escaped(label)}</h3>
<blockquote>…${escaped(before)}<mark>${escaped(quote)}</mark>${escaped(after)}…</blockquote>
<p><a href="${escaped(text)}">${escaped(source?.title ?? source?.report ?? "")}</a> <code>${start}–${end}</code></p>`;
}

function sourceHtml(described: PacketSource): string {
  const { report, publisher, url, published, source, sha256, history, copies } = described;
  const days = daysOf(published);
  const places = copies.map((copy) => `${phrases.alsoPublished} ${copyHtml(copy)}`);
  const address = url === null ? "" : ` <code>${escaped(url)}</code>`;
  const received = history.map(
    ({ at, event }) => `${phrases.events[event] ?? escaped(event)}: <code>${escaped(at)}</code>`,
  );
  return `<li>${escaped(publisher ?? phrases.unknownPublisher)} <a href="${escaped(source)}">${escaped(report)}</a>${address}
<br>${phrases.published} <code>${escaped(days === "" ? "?" : days)}</code> (${escaped(published.why)})
<br>sha256 <code>${escaped(sha256)}</code>${[...places, ...received].map((line) => `<br>${line}`).join("")}</li>`;
}

function copyHtml({ report, publisher, url, published, sha256 }: PacketSource["copies"][number]): string {
  const address = url === null ? "" : ` <code>${escaped(url)}</code>`;
  const days = escaped(daysOf(published) || "?");
  return `${escaped(publisher ?? phrases.unknownPublisher)} <code>${days}</code> <code>${escaped(report)}</code>${address} sha256 <code>${escaped(sha256)}</code>`;
}

function daysOf({ start, end }: PacketSource["published"]): string {
  return [...new Set([start, end])].filter((day) => day !== null).join(" – ");
}
