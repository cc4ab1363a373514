/** Files that the page brings along: read once, named by their content, kept by browsers for good. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Route } from "../http/server.ts";

export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly routes: readonly Route[];
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0f5c52"/><path d="M14 42h36M14 30h24M14 18h30" stroke="#fff" stroke-width="6" stroke-linecap="round"/></svg>';

/** `folder` holds style.css and app.js; the font comes from its package. */
export async function loadAssets(folder: string): Promise<Assets> {
  const font = (script: string): Promise<Buffer> =>
    readFile(
      createRequire(import.meta.url).resolve(
        `@fontsource-variable/vazirmatn/files/vazirmatn-${script}-wght-normal.woff2`,
      ),
    );
  const [css, script, arabic, latin] = await Promise.all([
    readFile(join(folder, "style.css"), "utf8"),
    readFile(join(folder, "app.js")),
    font("arabic"),
    font("latin"),
  ]);
  const routes: Route[] = [];
  const add = (name: string, content: Uint8Array, type: string): string => {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const path = `/assets/${name.replace(".", `-${hash}.`)}`;
    routes.push({ method: "GET", path, handle: () => file(content, type) });
    return path;
  };
  const fonts = [
    add("vazirmatn-arabic.woff2", arabic, "font/woff2"),
    add("vazirmatn-latin.woff2", latin, "font/woff2"),
  ];
  const style = add("style.css", Buffer.from(fontFaces(fonts) + css), "text/css; charset=utf-8");
  routes.push({
    method: "GET",
    path: "/assets/icon.svg",
    handle: () => file(Buffer.from(ICON), "image/svg+xml"),
  });
  return { style, script: add("app.js", script, "text/javascript; charset=utf-8"), routes };
}

/** Latin first: the Arabic file holds no Latin letters, but some of the signs between. */
function fontFaces([arabic, latin]: readonly string[]): string {
  const face = (url: string | undefined, range: string): string =>
    `@font-face{font-family:Vazirmatn;font-weight:100 900;font-display:swap;src:url(${url}) format("woff2");unicode-range:${range}}\n`;
  return (
    face(latin, "U+0-2FF,U+2000-206F,U+20AC,U+2122") +
    face(arabic, "U+600-6FF,U+750-77F,U+200C-200E,U+2010-2011,U+FB50-FDFF,U+FE70-FEFC")
  );
}

function file(content: Uint8Array, type: string): Response {
  return new Response(new Uint8Array(content), {
    headers: { "content-type": type, "cache-control": "public, max-age=31536000, immutable" },
  });
}
