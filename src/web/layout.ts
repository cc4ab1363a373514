import * as phrases from "../phrases/web.ts";
import { type Html, html, NOTHING } from "./html.ts";

export type Section = "ask" | "timeline" | "reports" | "about";

export interface PageOptions {
  readonly title: string;
  readonly section: Section | null;
  readonly body: Html;
  /** Addresses of the style sheet and the script, which change when the files do. */
  readonly assets: { readonly style: string; readonly script: string };
}

const LINKS: readonly (readonly [Section, string])[] = [
  ["ask", "/"],
  ["timeline", "/timeline"],
  ["reports", "/reports"],
  ["about", "/about"],
];

/** A whole page, right to left, without anything from elsewhere. */
export function page({ title, section, body, assets }: PageOptions): string {
  const links = LINKS.map(
    ([name, href]) =>
      html`<a href="${href}"${name === section ? { html: ' aria-current="page"' } : NOTHING}>${phrases.NAV[name]}</a>`,
  );
  const whole = html`<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<title>${title === phrases.SITE ? title : `${title} · ${phrases.SITE}`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}">
<script src="${assets.script}" defer></script>
</head>
<body>
<a class="skip" href="#main">${phrases.SKIP}</a>
<header class="top"><div class="wide">
<a class="brand" href="/"><span class="mark" aria-hidden="true">${phrases.SITE.slice(0, 1)}</span><span><strong>${phrases.SITE}</strong> <small>${phrases.TAGLINE}</small></span></a>
<nav>${links}</nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${body}
</main>
<footer class="wide">${phrases.HOME.archive}</footer>
</body>
</html>
`;
  return whole.html;
}
