/** A text as a row of words, the parties among them grouped ("قوات النظام والمسلحين الموالين لها"). */
import type { ActorMention } from "../../text/actors.ts";
import { searchKey } from "../../text/normalize.ts";
import type { PlaceMention } from "../../text/places/place.ts";
import { HEADS, HELD, PREPOSITIONS } from "./lexicon.ts";

export interface Item {
  readonly key: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Marks between the word before and this one. */
  readonly gap: string;
  readonly place: PlaceMention | null;
}

/** Parties that act or suffer together, with how they are governed. */
export interface Group {
  readonly ids: readonly string[];
  /** Items [from, to), heads included. */
  readonly from: number;
  readonly to: number;
  /** The item with the name itself. */
  readonly core: number;
  /** "" where nothing governs it; "by" for "من قبل". */
  readonly preposition: string;
  /** Named as the holder of a place ("مناطق سيطرة التنظيم"). */
  readonly held: boolean;
  readonly feminine: boolean;
}

const WORD = /[\p{L}\p{M}\p{Nd}ـ]+/gu;
const FEMININE =
  /^(?:ال)?(?:قوات|طايرات|مقاتلات|ميليشيات|مليشيات|ميليشيا|مليشيا|قسد|جبهه|وحدات|هييه|فصايل|قاعده|روسيا|مقاتلو)/;
/** "قوات النظام المدعمة بالمسلحين", "بدعم من": who stands after it acts along. */
const SUPPORTED = /(?:مدعم|مدعوم|مسنود|معزز|مسانَد|مستعين|برفق)/;
const MAX_HEADS = 4;
const BETWEEN_JOINED = 5;

export function itemsOf(text: string, places: readonly PlaceMention[]): readonly Item[] {
  let last = 0;
  return [...text.matchAll(WORD)].map((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const gap = text.slice(last, start);
    last = end;
    const place = places.find(({ span }) => span[0] < end && start < span[1]) ?? null;
    return { key: searchKey(match[0]), raw: match[0], start, end, gap, place };
  });
}

/** Whether a sentence or a part of it ends before an item. */
export function isBreak({ gap }: Item): boolean {
  return /[.؛;!?؟\n:،,]/.test(gap);
}

export function endsSentence({ gap }: Item): boolean {
  return /[.؛;!?؟\n]/.test(gap);
}

function clitic(item: Item, mention: ActorMention): string {
  return searchKey(item.raw.slice(0, Math.max(0, mention.span[0] - item.start)));
}

/** The preposition written to a head ("لمناطق", "بمواقع"), with the head itself. */
function asHead(key: string): { readonly clitic: string; readonly head: string } | null {
  const bare = key.replace(/^[وف](?=\p{L}{4,})/u, "");
  if (HEADS.has(bare)) return { clitic: "", head: bare };
  const [first = ""] = bare;
  return /^[لب]$/.test(first) && HEADS.has(bare.slice(1)) ? { clitic: first, head: bare.slice(1) } : null;
}

function govern(items: readonly Item[], from: number): { from: number; preposition: string; held: boolean } {
  let at = from;
  let held = false;
  for (let count = 0; count < MAX_HEADS && at > 0; count += 1) {
    const before = items[at - 1];
    const head = before === undefined || isBreak(items[at] ?? before) ? null : asHead(before.key);
    if (head === null) break;
    held ||= HELD.has(head.head);
    at -= 1;
    if (head.clitic !== "") return { from: at, preposition: head.clitic, held };
  }
  const first = items[at];
  const before = items[at - 1]?.key.replace(/^[وف](?=\p{L}{2,})/u, "") ?? "";
  if (first === undefined || /[.؛،,]/.test(first.gap)) return { from: at, preposition: "", held };
  if (/^(?:قبل|طرف|جانب|يد|ايدي)$/.test(before) && /^(?:من|علي)$/.test(items[at - 2]?.key ?? ""))
    return { from: at - 2, preposition: "by", held };
  if (before === "بيد") return { from: at - 1, preposition: "by", held };
  return { from: at, preposition: PREPOSITIONS.has(before) ? before : "", held };
}

const LATTER = /^(?:ل?ال|لل|بال)اخير(ه)?$/;

/** "تلقي الأخير لضربات": the latter is the last party of its gender; after a noun with the article it is an adjective. */
function withLatter(items: readonly Item[], actors: readonly ActorMention[]): readonly ActorMention[] {
  const latter = items.flatMap((item, at): ActorMention[] => {
    const match = LATTER.exec(item.key);
    const before = items[at - 1]?.key ?? "";
    if (match === null || (/^[وفبل]?ال\p{L}{3}/u.test(before) && !isBreak(item))) return [];
    const feminine = match[1] !== undefined;
    const meant = actors.findLast(
      ({ span, text }) => span[1] <= item.start && FEMININE.test(searchKey(text)) === feminine,
    );
    return meant === undefined ? [] : [{ ...meant, span: [item.start, item.end] }];
  });
  return latter.length === 0 ? actors : [...actors, ...latter].sort((a, b) => a.span[0] - b.span[0]);
}

/** "الروسية والتابعة للنظام", "روسية وأخرى تابعة للنظام": aircraft of two parties. */
function belongsToo(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]?.key ?? "";
  return before === "والتابعه" || (/تابعه$/.test(before) && /^و(?:اخري|تلك)$/.test(items[at - 2]?.key ?? ""));
}

/** The parties of a text in order. */
export function groupsOf(items: readonly Item[], actors: readonly ActorMention[]): readonly Group[] {
  const groups: Group[] = [];
  for (const mention of withLatter(items, actors)) {
    const at = items.findIndex(({ start, end }) => start < mention.span[1] && mention.span[0] < end);
    const item = items[at];
    if (item === undefined) continue;
    let to = at + 1;
    while ((items[to]?.start ?? Number.POSITIVE_INFINITY) < mention.span[1]) to += 1;
    const own = clitic(item, mention).replace(/^[وف]/, "");
    const joined = /^و/.test(item.key) && clitic(item, mention).startsWith("و");
    const last = groups.at(-1);
    const near = last !== undefined && at - last.to <= BETWEEN_JOINED && !/[.؛]/.test(item.gap);
    const with_ = items[at - 1]?.key ?? "";
    const follows = near && ((own === "ب" && SUPPORTED.test(with_)) || belongsToo(items, at));
    if (last !== undefined && near && ((joined && at - last.to <= 1) || follows)) {
      groups[groups.length - 1] = { ...last, ids: [...last.ids, mention.id], to };
      continue;
    }
    const { from, preposition, held } = govern(items, at);
    groups.push({
      ids: [mention.id],
      from,
      to,
      core: at,
      preposition: own === "" || own === "ال" ? preposition : own.startsWith("ل") ? "ل" : own,
      held,
      feminine: FEMININE.test(searchKey(mention.text)) || FEMININE.test(items[from]?.key ?? ""),
    });
  }
  return groups;
}
