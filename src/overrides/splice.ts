/** Changes entries of a JSON text in place: what is not changed keeps every byte. */

/** What `section.id` is to be; null takes it out. */
export interface EntryChange {
  readonly section: string;
  readonly id: string;
  readonly entry: unknown;
}

/** A member of an object: its key as it reads, where key and value stand (half-open, UTF-16). */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

interface ObjectText {
  /** Of the brackets. */
  readonly open: number;
  readonly close: number;
  readonly members: readonly Member[];
}

/**
 * The text with the entries changed. It must be a valid JSON object; sections that are missing are added, and those of
 * `optional` go with their last entry.
 */
export function spliceEntries(
  json: string,
  changes: readonly EntryChange[],
  optional: readonly string[] = [],
): string {
  return changes.reduce((text, change) => spliceEntry(text, change, optional), json);
}

function spliceEntry(json: string, { section, id, entry }: EntryChange, optional: readonly string[]): string {
  const top = readObject(json, json.indexOf("{"));
  const indent = indentOf(json, top);
  const holder = top.members.findLast(({ key }) => key === section);
  if (holder === undefined)
    return entry === null ? json : put(json, top, { key: section, value: { [id]: entry }, depth: 1, indent });
  const inner = readObject(json, holder.valueStart);
  const known = inner.members.findLast(({ key }) => key === id);
  if (entry === null) {
    if (known === undefined) return json;
    const isLast = inner.members.length === 1 && optional.includes(section);
    return isLast ? takeOut(json, top, holder) : takeOut(json, inner, known);
  }
  if (known === undefined) return put(json, inner, { key: id, value: entry, depth: 2, indent });
  return json.slice(0, known.valueStart) + textOf(entry, 2, indent) + json.slice(known.end);
}

interface Put {
  readonly key: string;
  readonly value: unknown;
  /** Of the member that is put in. */
  readonly depth: number;
  /** What one level is indented by; empty for a text on one line. */
  readonly indent: string;
}

/** Puts a member behind the last one. */
function put(json: string, { open, close, members }: ObjectText, { key, value, depth, indent }: Put): string {
  const last = members.at(-1);
  const space = indent === "" ? "" : `\n${indent.repeat(depth)}`;
  const member = `${space}${JSON.stringify(key)}:${indent === "" ? "" : " "}${textOf(value, depth, indent)}`;
  if (last !== undefined) return `${json.slice(0, last.end)},${member}${json.slice(last.end)}`;
  const end = indent === "" ? "" : `\n${indent.repeat(depth - 1)}`;
  return `${json.slice(0, open + 1)}${member}${end}${json.slice(close)}`;
}

/** Takes a member out with the comma that parts it from its neighbour. */
function takeOut(json: string, { open, close, members }: ObjectText, member: Member): string {
  const at = members.indexOf(member);
  const [before, after] = [members[at - 1], members[at + 1]];
  if (before !== undefined) return json.slice(0, before.end) + json.slice(member.end);
  if (after !== undefined) return json.slice(0, member.start) + json.slice(after.start);
  return json.slice(0, open + 1) + json.slice(close);
}

function textOf(value: unknown, depth: number, indent: string): string {
  return JSON.stringify(value, null, indent).replaceAll("\n", `\n${indent.repeat(depth)}`);
}

/** What stands before the first member of the top level, when that is on a line of its own. */
function indentOf(json: string, { open, members }: ObjectText): string {
  const [first] = members;
  if (first === undefined) return "  ";
  return /\n([ \t]*)$/.exec(json.slice(open + 1, first.start))?.[1] ?? "";
}

/** The members of the object whose bracket stands at `open`. */
function readObject(json: string, open: number): ObjectText {
  const members: Member[] = [];
  let at = afterSpace(json, open + 1);
  while (json[at] === '"') {
    const start = at;
    const keyEnd = endOfString(json, at);
    const valueStart = afterSpace(json, afterSpace(json, keyEnd) + 1);
    const end = endOfValue(json, valueStart);
    members.push({ key: String(JSON.parse(json.slice(start, keyEnd))), start, valueStart, end });
    at = afterSpace(json, end);
    if (json[at] === ",") at = afterSpace(json, at + 1);
  }
  return { open, close: at, members };
}

function endOfValue(json: string, start: number): number {
  if (json[start] === '"') return endOfString(json, start);
  if (json[start] !== "{" && json[start] !== "[") {
    let at = start;
    while (at < json.length && !/[\s,\]}]/.test(json.charAt(at))) at += 1;
    return at;
  }
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '"') at = endOfString(json, at) - 1;
    else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return json.length;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function afterSpace(json: string, start: number): number {
  let at = start;
  while (/\s/.test(json.charAt(at)) && at < json.length) at += 1;
  return at;
}
