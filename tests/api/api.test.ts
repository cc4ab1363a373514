import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { answerJsonSchema } from "../../src/answer/json.ts";
import {
  errorSchema,
  reportListResponse,
  reportSchema,
  searchResponse,
  timelineResponse,
} from "../../src/api/schemas.ts";
import { openFiveReports } from "../five-reports.ts";
import { type ServedPage, servePage } from "../web/serve.ts";

const QUESTION = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";
const TOKEN = "a-token-of-this-test-0001";
let sources: Sources;
let served: ServedPage;

beforeAll(async () => {
  sources = await openFiveReports();
  served = await servePage(sources, { HTTP_RATE: "1000" });
});
afterAll(async () => {
  await served.close();
  await sources.store.close();
  await sources.embedder.close();
});

async function get(path: string, query: Record<string, string> = {}): Promise<[number, unknown]> {
  const response = await fetch(`${served.url}${path}?${new URLSearchParams(query)}`);
  return [response.status, await response.json()];
}

async function ask(body: unknown, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${served.url}/api/ask`, { method: "POST", body: text, headers });
  return [response.status, await response.json()];
}

const bodyOf = async (id: string): Promise<string> => (await sources.store.report(id))?.body ?? "";

describe("/api/ask", () => {
  it("gives what `ask --json` gives, and every quotation stands in its report", async () => {
    const [status, json] = await ask({ question: QUESTION });
    const answer = answerJsonSchema.parse(json);
    expect([status, answer.kind]).toEqual([200, "answer"]);
    for (const { report, start, end, quote } of answer.citations) {
      expect((await bodyOf(report)).slice(start, end)).toBe(quote);
    }
  });

  it("keeps a conversation that is named, and none that is not", async () => {
    const conversation = "a-test-of-mine";
    await ask({ question: QUESTION, conversation });
    const scopeOf = async (body: object): Promise<number> =>
      answerJsonSchema.parse((await ask(body))[1]).scope.places.length;
    expect(await scopeOf({ question: "كم قُتل هناك؟", conversation })).toBe(1);
    expect(await scopeOf({ question: "كم قُتل هناك؟" })).toBe(0);
  });

  it.each([
    ["no JSON", "{"],
    ["no question", {}],
    ["an empty question", { question: "" }],
    ["a question of another type", { question: 5 }],
    ["too long a question", { question: "ا".repeat(5_000) }],
    ["a wrong name of a conversation", { question: QUESTION, conversation: "../x" }],
  ])("refuses %s, naming the field and not what it held", async (_, body) => {
    const [status, json] = await ask(body);
    expect(status).toBe(400);
    const { message } = errorSchema.parse(json).error;
    expect(message).not.toContain("../x");
  });

  it("refuses what is too large, and what a page of another site sends", async () => {
    expect((await ask({ question: "ا".repeat(70_000) }))[0]).toBe(413);
    expect((await ask({ question: QUESTION }, { "sec-fetch-site": "cross-site" }))[0]).toBe(403);
  });
});

describe("/api/search", () => {
  it("gives passages letter for letter, the best first", async () => {
    const [status, json] = await get("/api/search", { q: "مدرسة خديجة الكبرى", limit: "3" });
    const { results } = searchResponse.parse(json);
    expect([status, results.length]).toEqual([200, 3]);
    expect(results[0]?.text).toContain("مدرسة خديجة الكبرى");
    for (const { report, start, end, text } of results)
      expect((await bodyOf(report)).slice(start, end)).toBe(text);
    expect(results.map(({ score }) => score)).toEqual(
      results.map(({ score }) => score).sort((a, b) => b - a),
    );
  });

  it("keeps to a day and a place, by id or by name", async () => {
    for (const place of ["al-hamidiyah", "حي الحميدية"]) {
      const [, json] = await get("/api/search", { q: "قصف", day: "2017-10-28/2017-10-29", place });
      const { results } = searchResponse.parse(json);
      expect(results.length).toBeGreaterThan(0);
      for (const { places } of results) expect(places.map(({ id }) => id)).toContain("al-hamidiyah");
    }
  });

  it.each([
    [{}],
    [{ q: "" }],
    [{ q: "قصف", day: "2017-02-30" }],
    [{ q: "قصف", day: "yesterday" }],
    [{ q: "قصف", limit: "0" }],
    [{ q: "قصف", limit: "x" }],
  ])("refuses %j", async (query) => {
    const [status, json] = await get("/api/search", query as Record<string, string>);
    expect([status, errorSchema.parse(json).error.code]).toEqual([400, "bad_input"]);
  });
});

it("says that a place is not known, and finds nothing instead of everything", async () => {
  for (const path of ["/api/search", "/api/timeline"]) {
    const [status, json] = await get(path, { q: "قصف", place: "باريس" });
    expect([status, errorSchema.parse(json).error.code]).toEqual([404, "not_found"]);
  }
});

describe("/api/timeline", () => {
  it("gives news in order of their days", async () => {
    const [, json] = await get("/api/timeline", { limit: "50" });
    const { total, entries } = timelineResponse.parse(json);
    expect(total).toBeGreaterThan(30);
    const starts = entries.map(({ event }) => event?.start ?? event?.end ?? "");
    expect(starts).toEqual([...starts].sort());
  });

  it("quotes letter for letter where it says", async () => {
    const [, json] = await get("/api/timeline", { limit: "50" });
    const { entries } = timelineResponse.parse(json);
    for (const { report, text, start, end } of entries) {
      expect((await bodyOf(report)).slice(start, end)).toBe(text);
    }
  });

  it("keeps to a day", async () => {
    const [, json] = await get("/api/timeline", { day: "2017-10-29" });
    for (const { event } of timelineResponse.parse(json).entries) {
      expect((event?.start ?? "") <= "2017-10-29" && (event?.end ?? "9") >= "2017-10-29").toBe(true);
    }
  });
});

describe("/api/reports", () => {
  it("gives all of them, and each whole", async () => {
    const { reports } = reportListResponse.parse((await get("/api/reports"))[1]);
    expect(reports.map(({ id }) => id)).toEqual(sources.reportIds);
    const report = reportSchema.parse((await get(`/api/reports/${reports[0]?.id}`))[1]);
    expect(report.body).toBe(await bodyOf(report.id));
  });

  it("gives them in pages, and reads those of the page only", async () => {
    const page = reportListResponse.parse((await get("/api/reports", { page: "2", limit: "2" }))[1]);
    expect(page.total).toBe(5);
    expect(page.reports.map(({ id }) => id)).toEqual(sources.reportIds.slice(2, 4));
    const read = vi.spyOn(sources.store, "report");
    await get("/api/reports", { limit: "1" });
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
    expect(reportListResponse.parse((await get("/api/reports", { page: "9" }))[1])).toEqual({
      total: 5,
      reports: [],
    });
    expect((await get("/api/reports", { page: "0" }))[0]).toBe(400);
  });

  it("says that there is none, in JSON", async () => {
    for (const path of ["/api/reports/none", "/api/nothing", "/api/reports/%00"]) {
      const [status, json] = await get(path);
      expect([status, errorSchema.parse(json).error.code]).toEqual([404, "not_found"]);
    }
  });
});

it("takes no other method than the one that is meant", async () => {
  const response = await fetch(`${served.url}/api/ask`);
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  expect(errorSchema.parse(await response.json()).error.code).toBe("not_allowed");
});

it("takes so many requests a minute, and says when to come again", async () => {
  const limited = await servePage(sources, { HTTP_RATE: "2" });
  const responses = [];
  for (let n = 0; n < 3; n += 1) responses.push(await fetch(`${limited.url}/api/timeline`));
  await limited.close();
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(responses[2]?.headers.get("retry-after")).toBe("60");
});

it("needs a token where there are tokens", async () => {
  const closed = await servePage(sources, { HTTP_TOKENS: TOKEN });
  const status = async (authorization: string) =>
    (await fetch(`${closed.url}/api/reports`, { headers: { authorization } })).status;
  expect([await status(""), await status("Bearer wrong"), await status(`Bearer ${TOKEN}`)]).toEqual([
    401, 401, 200,
  ]);
  await closed.close();
});
