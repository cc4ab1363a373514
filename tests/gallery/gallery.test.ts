import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findChromium } from "../../gallery/browser.ts";
import { galleryPage } from "../../gallery/page.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PICTURES = join(ROOT, "docs", "gallery");
const names = readdirSync(PICTURES).filter((file) => file.endsWith(".png"));

describe("the pictures in docs/gallery", () => {
  it("are eight of Telegram and four of the web page", () => {
    expect(names.filter((name) => name.startsWith("web-")).length).toBe(4);
    expect(names.length).toBe(12);
  });

  it.each(names)("%s is as wide as its screen, small, and shown in the README", (name) => {
    const picture = readFileSync(join(PICTURES, name));
    // https://www.w3.org/TR/png-3/#11IHDR: the width stands at byte 16.
    expect(picture.readUInt32BE(16)).toBe(/^web-(?!phone)/.test(name) ? 1200 : 720);
    expect(picture.length).toBeLessThan(200_000);
    expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(`docs/gallery/${name}`);
  });
});

describe("the page of the gallery", () => {
  const bar = { css: "", title: "إسناد", subtitle: "بوت", placeholder: "رسالة" };

  it("shows what a person says as text, and what the bot says with its markup and buttons", () => {
    const html = galleryPage(
      [
        {
          name: "one",
          theme: "dark",
          bubbles: [
            { text: "<b>سؤال</b>", html: null, keyboard: [] },
            {
              text: "",
              html: "<b>جواب</b>\n<blockquote expandable>اقتباس</blockquote>",
              keyboard: [[{ text: "[1] & <2>", callback_data: "q" }]],
            },
          ],
        },
      ],
      bar,
    );
    expect(html).toContain("&lt;b&gt;سؤال&lt;/b&gt;");
    expect(html).toContain('<b>جواب</b><blockquote class="folded">اقتباس</blockquote>');
    expect(html).toContain("[1] &amp; &lt;2&gt;");
    expect(html).toContain('class="phone dark" id="one"');
  });
});

describe("the browser", () => {
  it("is null where PATH has none", () => {
    expect(findChromium(import.meta.dirname)).toBeNull();
  });
});
