/** Small words that turn a statement round: inside and outside, since and until, first and last, from and to. */
import { searchKey } from "../text/normalize.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { Finding } from "./claim.ts";
import { overlap, type QuoteReading, type Reading } from "./reading.ts";

interface Turn {
  readonly name: string;
  /** What a claim says. */
  readonly said: RegExp;
  /** What bears it out. */
  readonly bears: RegExp;
  /** What tells the opposite. */
  readonly opposite: RegExp;
}

const TURNS: readonly Turn[] = [
  {
    name: "outside",
    said: /(?<!\p{L})خارج(?! (?:عن )?سيطر)(?!\p{L})/u,
    bears: /خارج|خرج|خروج/u,
    opposite: /(?<!\p{L})داخل(?!\p{L})/u,
  },
  {
    name: "until",
    said: /^(?!.*(?<!\p{L})منذ).*(?<!\p{L})حتي(?! (?:الان|اليوم|اللحظه|الساعه|هذ|ما بعد|بعد))(?!\p{L})/u,
    bears: /(?<!\p{L})(?:حتي|لغايه|الي ان|لتصل|ليصل|وصول\p{L}*|قبل ان)(?!\p{L})/u,
    opposite: /(?<!\p{L})منذ(?!\p{L})/u,
  },
  {
    name: "last",
    said: /(?<!\p{L})(?:ال)?اخر (?=(?:ال)?(?:حي|احياء|مكان|اماكن|منطقه|مناطق|مدينه|مدن|قريه|موقع|مواقع))/u,
    bears: /(?<!\p{L})[وف]?(?:ال)?(?:اخر|اخير|متبق|باق|بقي)/u,
    opposite: /(?<!\p{L})(?:ال)?(?:اول|اولي)(?!\p{L})/u,
  },
  {
    name: "before noon or dusk",
    said: /(?<!\p{L})قبل (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
    bears: /(?<!\p{L})قبل (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
    opposite: /(?<!\p{L})بعد (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
  },
  {
    name: "after noon or dusk",
    said: /(?<!\p{L})بعد (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
    bears: /(?<!\p{L})بعد (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
    opposite: /(?<!\p{L})قبل (?:ظهر|عصر|فجر|منتصف|الظهر|العصر|الفجر)(?!\p{L})/u,
  },
];

/** Deeds of leaving, which have a place they lead from and one they lead to. */
const LEAVES =
  /(?<!\p{L})[وفبل]?(?:ال)?(?:خرجت?|خروج\p{L}*|اخرجت?\p{L}*|اخراج\p{L}*|انسحبت?|[يت]نسحب|انسحاب\p{L}*|تراجعت?|[يت]تراجع|تراجع\p{L}*|طردت?|طرد|نزحت?|نزوح|هربت?|فر|فرت|فرار)(?!\p{L})/u;
const TOWARDS = /(?<!\p{L})(?:الي|نحو|باتجاه|صوب)(?: \S+){0,2} ?[وف]?(?:ال)?$/u;
const AWAY = /(?<!\p{L})(?:من|عن)(?: \S+){0,2} ?[وف]?(?:ال)?$/u;
const REACH = 40;

type Direction = "to" | "from";

function directionOf({ text }: Reading, { span }: PlaceMention): Direction | null {
  const before = searchKey(text.slice(Math.max(0, span[0] - REACH), span[0]));
  if (TOWARDS.test(before)) return "to";
  return AWAY.test(before) ? "from" : null;
}

/** "خرجت من الميادين" is not "خرجت إلى الميادين". */
function findTurnedWay(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  for (const place of claim.places) {
    const clause = claim.clauses.find(({ span }) => overlap(span, place.span));
    const said = directionOf(claim, place);
    if (said === null || clause === undefined) continue;
    if (!LEAVES.test(searchKey(claim.text.slice(clause.span[0], place.span[0])))) continue;
    const told = quotes.flatMap((quote) =>
      quote.places
        .filter(({ candidates, span }) => candidates.includes(place.id) && overlap(span, quote.quote))
        .map((other) => directionOf(quote, other)),
    );
    if (told.length > 0 && told.every((way) => way !== null && way !== said))
      return `the claim leads ${said} "${place.text}", the quotations lead the other way`;
  }
  return null;
}

/** Part of the rule of order: a small word is not turned into its opposite. */
export function checkParticles(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const key = searchKey(claim.text);
  const told = quotes.map(({ evidence }) => searchKey(evidence.text));
  const turned = TURNS.find(
    ({ said, bears, opposite }) =>
      said.test(key) && !told.some((text) => bears.test(text)) && told.some((text) => opposite.test(text)),
  );
  if (turned !== undefined) return `the claim says "${turned.name}", the quotations the opposite`;
  return findTurnedWay(claim, quotes);
}
