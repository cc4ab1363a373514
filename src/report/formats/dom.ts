/** Documents of markup as plain text, a line for each block. */
import { parseHTML } from "linkedom";

/** What is needed of a node; the DOM's own names. */
export interface MarkupNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<MarkupNode>;
  readonly parentNode: MarkupNode | null;
}

export interface MarkupElement extends MarkupNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): MarkupElement | null;
  querySelectorAll(selector: string): Iterable<MarkupElement>;
  remove(): void;
}

export interface MarkupDocument extends MarkupElement {
  readonly body: MarkupElement | null;
  readonly documentElement: MarkupElement | null;
}

const TEXT_NODE = 3;
const ELEMENT_NODE = 1;
const MOST_DEEP = 400;
const UNSHOWN = new Set(
  "script style template noscript head svg math iframe object canvas video audio select option button textarea input".split(
    " ",
  ),
);
const INLINE = new Set(
  (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rp rt ruby s samp small " +
    "span strike strong sub sup time tt u var wbr"
  ).split(" "),
);

/** Parses HTML. A fragment gets a body of its own. */
export function parseMarkup(html: string): MarkupDocument {
  const whole = /<(?:html|body|head)[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  const { document } = parseHTML(whole);
  return document as unknown as MarkupDocument;
}

/** The text that a reader sees below a node: a line for each block, white space inside a line as one space. */
export function blockText(root: MarkupNode): string {
  const lines: string[] = [];
  let line = "";
  const flush = (): void => {
    const text = line.replace(/[ \t\r\n\f]+/g, " ").trim();
    if (text !== "") lines.push(text);
    line = "";
  };
  const walk = (node: MarkupNode, depth: number, kept: boolean): void => {
    if (node.nodeType === TEXT_NODE) {
      const [first = "", ...more] = kept ? (node.textContent ?? "").split("\n") : [node.textContent ?? ""];
      line += first;
      for (const next of more) {
        flush();
        line = next;
      }
      return;
    }
    const name = node.nodeName.toLowerCase();
    if (node.nodeType === ELEMENT_NODE && (UNSHOWN.has(name) || depth > MOST_DEEP)) return;
    if (name === "br" || name === "hr") {
      flush();
      return;
    }
    const inline = node.nodeType === ELEMENT_NODE && INLINE.has(name);
    const cell = name === "td" || name === "th";
    if (!inline && !cell) flush();
    if (name === "li") line = numberOf(node);
    for (const child of node.childNodes) walk(child, depth + 1, kept || name === "pre");
    if (cell) line += "\t";
    else if (!inline) flush();
  };
  walk(root, 0, false);
  flush();
  return lines.join("\n");
}

/** "2. " before an entry of a numbered list, as a reader sees it. */
function numberOf(entry: MarkupNode): string {
  const list = entry.parentNode;
  if (list === null || list.nodeName.toLowerCase() !== "ol") return "";
  const start = "getAttribute" in list ? Number((list as MarkupElement).getAttribute("start") ?? 1) : 1;
  let number = Number.isInteger(start) ? start : 1;
  for (const sibling of list.childNodes) {
    if (sibling === entry) break;
    if (sibling.nodeName.toLowerCase() === "li") number += 1;
  }
  return `${number}. `;
}
