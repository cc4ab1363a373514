/** What a page states of its article as schema.org data (JSON-LD). */
import type { MarkupElement } from "./dom.ts";

export interface LinkedData {
  readonly headline: string | null;
  readonly author: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
}

const ARTICLE = /(?:Article|BlogPosting|Report)$/;
const NOTHING: LinkedData = { headline: null, author: null, publisher: null, published: null };

/** The first article among the page's blocks of data; damaged blocks are passed over. */
export function linkedData(scripts: readonly MarkupElement[]): LinkedData {
  for (const script of scripts) {
    const article = findArticle(parse(script.textContent ?? ""));
    if (article !== null) {
      return {
        headline: textOf(article.headline),
        author: nameOf(article.author),
        publisher: nameOf(article.publisher),
        published: textOf(article.datePublished),
      };
    }
  }
  return NOTHING;
}

type Data = Readonly<Record<string, unknown>>;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function findArticle(value: unknown): Data | null {
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = findArticle(each);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isData(value)) return null;
  const types = [value["@type"]].flat();
  if (types.some((type) => typeof type === "string" && ARTICLE.test(type))) return value;
  return findArticle(value["@graph"] ?? null);
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function nameOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isData(first) ? textOf(first.name) : textOf(first);
}
