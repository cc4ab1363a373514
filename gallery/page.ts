/** Chats as an HTML page in the look of Telegram. */
import { escapeHtml } from "../src/telegram/markup.ts";
import type { Bubble } from "./visit.ts";

/** One picture: a chat in a light or a dark telephone. */
export interface Scene {
  /** Name of the picture, without its ending. */
  readonly name: string;
  readonly theme: "light" | "dark";
  readonly bubbles: readonly Bubble[];
}

export interface PageParts {
  readonly css: string;
  /** What the bot is called, and what stands under its name. */
  readonly title: string;
  readonly subtitle: string;
  readonly placeholder: string;
}

/** The whole page; `html` of a bubble is markup that Telegram takes, which is also HTML. */
export function galleryPage(scenes: readonly Scene[], { css, ...bar }: PageParts): string {
  const phones = scenes.map((scene) => phone(scene, bar)).join("\n");
  return `<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>${escapeHtml(bar.title)}</title>
<style>${css}</style></head><body>
${phones}
</body></html>
`;
}

function phone({ name, theme, bubbles }: Scene, bar: Omit<PageParts, "css">): string {
  return `<section class="phone ${theme}" id="${name}">
<header><span class="avatar">${escapeHtml(bar.title.slice(0, 1))}</span><span><b>${escapeHtml(bar.title)}</b><small>${escapeHtml(bar.subtitle)}</small></span></header>
<main>${bubbles.map(bubble).join("\n")}</main>
<footer>${escapeHtml(bar.placeholder)}</footer>
</section>`;
}

function bubble({ text, html, keyboard, photo }: Bubble): string {
  if (html === null) return `<div class="mine"><div class="text">${escapeHtml(text)}</div></div>`;
  const rows = keyboard.map(
    (row) =>
      `<div class="row">${row.map((button) => `<span dir="auto"${"url" in button ? ' class="link"' : ""}>${escapeHtml(button.text)}</span>`).join("")}</div>`,
  );
  const shown = html
    .replaceAll("<blockquote expandable>", '<blockquote class="folded">')
    // A quotation is a block, and ends the line before it and its own.
    .replaceAll(/\n(?=<blockquote)/g, "")
    .replaceAll("</blockquote>\n", "</blockquote>");
  const picture = photo === undefined ? "" : `<img src="${photo}" alt="">`;
  return `<div class="theirs">${picture}<div class="text">${shown}</div>${rows.join("")}</div>`;
}
