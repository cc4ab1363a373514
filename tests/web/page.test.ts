import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { LOGIN, PROBLEM } from "../../src/phrases/web.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { openFiveReports } from "../five-reports.ts";
import { type ServedPage, servePage } from "./serve.ts";

const QUESTION = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";
const TOKEN = "a-token-of-this-test-0001";
let sources: Sources;
let served: ServedPage;
let url = "";

beforeAll(async () => {
  sources = await openFiveReports();
  served = await servePage(sources);
  url = served.url ?? "";
});
afterAll(async () => {
  await served.close();
  await sources.store.close();
  await sources.embedder.close();
});

function ask(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/ask`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });
}

const textOf = async (response: Response): Promise<string> => response.text();

describe("an answer", () => {
  it("stands beside its evidence: every number leads to the report with the quotation marked", async () => {
    const page = await textOf(await ask({ q: QUESTION }));
    const cited = [...page.matchAll(/href="#source-(\d)"/g)].map(([, n]) => n);
    expect(cited.length).toBeGreaterThan(3);
    for (const n of cited) expect(page).toContain(`id="source-${n}"`);
    expect(page).toContain("<mark>إثر بدء قوات النظام اقتحامها لحي الحميدية");
    expect(page).toContain("المرصد السوري لحقوق الإنسان");
  });

  it("is about the day and the place that were chosen beside the question", async () => {
    const page = await textOf(await ask({ q: "ماذا حدث؟", day: "2017-10-29", place: "al-hamidiyah" }));
    expect(page).toContain("ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟");
    expect(page).toContain("<mark>");
    expect(await textOf(await ask({ q: "", day: "2017-10-29", place: "no-such-place" }))).toContain("<mark>");
  });

  it("is a refusal, with what can be asked instead, when the reports do not hold it", async () => {
    const page = await textOf(await ask({ q: "ماذا حدث في حي الجورة يوم 17 أيلول 2017؟" }));
    expect(page).toContain("لا خبر في التقارير");
    expect(page).toMatch(/<button name="q" value="ماذا حدث يوم /);
    expect(page).not.toContain("<mark>");
  });

  it("follows the question before it in the same conversation, and in no other", async () => {
    const first = await ask({ q: QUESTION });
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict$/);
    const follow = await textOf(await ask({ q: "كم قُتل هناك؟" }, { cookie }));
    expect(follow).toContain("(من السؤال السابق؛");
    expect(await textOf(await ask({ q: "كم قُتل هناك؟" }))).not.toContain("(من السؤال السابق؛");
  });

  it("is a report's page when a report was asked for", async () => {
    const response = await ask({ q: "نص المصدر 003" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/reports/003_68158fa51ebf8193");
  });

  it("is counted without its words", async () => {
    await ask({ q: "من فاز بكأس العالم 2018؟" });
    expect(await served.metrics.text()).toMatch(
      /isnad_questions_total\{channel="web",[^}]*outcome="refusal"\}/,
    );
    expect(served.said.join("")).not.toContain("كأس");
  });
});

describe("the other pages", () => {
  it("show reports whole, with the quotation of an address marked, and give the bytes as received", async () => {
    const [id = ""] = sources.reportIds;
    const body = (await sources.store.report(id))?.body ?? "";
    const page = await textOf(await fetch(`${url}/reports/${id}?from=10&to=30`));
    const marked = [...page.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, text]) => text).join("");
    expect(body.slice(10, 30).replaceAll("\n", "")).toBe(marked);
    const file = await fetch(`${url}/reports/${id}/source`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(
      Buffer.from((await sources.store.source(id)) ?? []),
    );
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="source-[\w-]+\.txt"$/);
  });

  it("show days and places with the words of the reports", async () => {
    const page = await textOf(await fetch(`${url}/timeline?day=2017-10-29&place=al-hamidiyah`));
    expect(page).toContain("الأحد 29 تشرين الأول 2017");
    expect(page).toContain("تمكنت قوات النظام والميليشيات المتحالفة صباح اليوم الأحد");
    expect(page).toContain('<option value="2017-10-29" selected>');
    const none = await textOf(await fetch(`${url}/timeline?day=2016-01-01`));
    expect(none).toContain("غياب الخبر لا يعني");
  });

  it.each([
    ["2017-10-28/2017-10-29", "28–29 تشرين الأول 2017", "في 28–29 تشرين الأول 2017"],
    ["2017-10", "تشرين الأول 2017", "في تشرين الأول 2017"],
  ])(
    "keep a time that no list offers (%s) when another choice is made, and ask about it",
    async (day, label, asked) => {
      const address = `${url}/timeline?day=${encodeURIComponent(day)}&place=al-hamidiyah`;
      const page = withoutDisplayControls(await textOf(await fetch(address))).replaceAll("\u2060", "");
      expect(page).toMatch(new RegExp(`<option value="${day}" selected>[^<]*${label}[^<]*</option>`));
      expect(page).toContain('<option value="al-hamidiyah" selected>');
      expect(page).toContain(`ماذا حدث في حي الحميدية ${asked}؟`);
    },
  );

  it("gives the events by day as a table, limited as the page is", async () => {
    const page = await textOf(await fetch(`${url}/timeline?day=2017-10-29&place=al-hamidiyah`));
    expect(page).toContain('href="/timeline.csv?day=2017-10-29&amp;place=al-hamidiyah"');
    const response = await fetch(`${url}/timeline.csv?day=2017-10-29&place=al-hamidiyah`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const rows = (await response.text()).trim().split("\r\n");
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows.slice(1)) expect(row).toMatch(/^2017-10-(?:28,2017-10-29|29,2017-10-29),/);
  });

  it.each(["/", "/timeline", "/timeline?day=2017-10", "/reports", "/about"])("%s is there", async (path) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<html lang="ar" dir="rtl">');
  });

  it.each([
    ["/nothing", 404, PROBLEM.notFound],
    ["/reports/nothing", 404, PROBLEM.noReport],
    ["/reports/..%2f..%2fpackage.json", 404, PROBLEM.noReport],
    ["/reports/%00", 404, PROBLEM.noReport],
  ])("%s is a sentence", async (path, status, text) => {
    const response = await fetch(url + path);
    expect([response.status, (await response.text()).includes(text)]).toEqual([status, true]);
  });
});

describe("what is let in and out", () => {
  it("is a page without anything inline or from elsewhere", async () => {
    const response = await ask({ q: QUESTION });
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    const page = await response.text();
    expect(page).not.toMatch(/<script(?! src="\/assets\/)|<style|\sstyle=|\son[a-z]+=|javascript:/);
    expect(page.match(/(?:src|href|action)="(?!\/|#)[^"]*"/g) ?? []).toEqual([]);
  });

  it("is text, whatever a question holds", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)> ' & الحميدية \u202e`;
    const page = await textOf(await ask({ q: hostile }));
    expect(page).not.toMatch(/<script>|<img/);
    expect(page).toContain("&lt;script&gt;");
  });

  it("is no question from a page of another site", async () => {
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ]) {
      const response = await ask({ q: QUESTION }, headers);
      expect(response.status).toBe(403);
    }
    expect((await ask({ q: QUESTION }, { origin: url })).status).toBe(200);
  });

  it("is no page under a foreign name that leads here", async () => {
    const status = await new Promise((resolve) => {
      const { port } = new URL(url);
      request({ port, host: "127.0.0.1", headers: { host: "evil.example" } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });

  it("is no form beyond its size", async () => {
    expect((await ask({ q: "ا".repeat(40_000) })).status).toBe(413);
  });

  it("is so many questions a minute from one address", async () => {
    const limited = await servePage(sources, { HTTP_RATE: "2" });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const body = new URLSearchParams({ q: "مرحبا" });
      statuses.push((await fetch(`${limited.url}/ask`, { method: "POST", body })).status);
    }
    await limited.close();
    expect(statuses).toEqual([200, 200, 429, 429]);
  });
});

describe("tokens", () => {
  it("let in who brings one, by the form, and nobody else", async () => {
    const closed = await servePage(sources, { HTTP_TOKENS: TOKEN });
    const get = (headers: Record<string, string> = {}) => fetch(`${closed.url}/`, { headers });
    const login = (token: string) =>
      fetch(`${closed.url}/login`, {
        method: "POST",
        body: new URLSearchParams({ token }),
        redirect: "manual",
      });
    const refused = await get();
    expect([refused.status, (await refused.text()).includes(LOGIN.heading)]).toEqual([401, true]);
    expect((await login("a-wrong-token-0123456")).status).toBe(401);
    const welcome = await login(TOKEN);
    const cookie = welcome.headers.get("set-cookie") ?? "";
    expect([welcome.status, cookie.includes(TOKEN)]).toEqual([303, false]);
    expect((await get({ cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
    expect((await get({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await get({ authorization: "Bearer wrong" })).status).toBe(401);
    await closed.close();
  });

  it("must be there before others are let in, unless everyone may", async () => {
    const access = { ACCESS: "allow", PUBLIC_URL: "https://isnad.example" };
    const none = await servePage(sources, access);
    expect(none.url).toBeNull();
    expect(none.said.join("")).toContain("put the tokens that let them in into HTTP_TOKENS");
    const some = await servePage(sources, { ...access, HTTP_TOKENS: TOKEN });
    expect(some.url).not.toBeNull();
    await some.close();
  });
});

it("says in one line that its port is taken, and the rest goes on", async () => {
  const taken = await servePage(sources, { HTTP_PORT: new URL(url).port });
  expect(taken.url).toBeNull();
  expect(taken.said.join("")).toMatch(
    /^no web page: 127\.0\.0\.1:\d+ is taken by another program.*WEB=off.*\n$/,
  );
});
