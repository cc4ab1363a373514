import { afterAll, beforeAll, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { REPORTS } from "../../src/phrases/web.ts";
import { openFiveReports } from "../five-reports.ts";
import { type ServedPage, servePage } from "./serve.ts";

const [SHOWN, COPY] = ["000_3c5f58a11287295c", "002_9e121b45a6439d02"];
let sources: Sources;
let served: ServedPage;

beforeAll(async () => {
  const five = await openFiveReports();
  const { store } = five;
  const made = {
    ...five.copies,
    groups: [[SHOWN, COPY]],
    leader: () => SHOWN,
    others: (id: string) => (id === SHOWN ? [COPY] : []),
    repeats: () => false,
  };
  const report: Sources["store"]["report"] = async (id) => {
    const read = await store.report(id);
    return read === null || id !== SHOWN
      ? read
      : {
          ...read,
          provenance: {
            ...{ file: "a.json", format: "json", parser: "json/2", charset: "utf-8", bytes: 9 },
            collected: { at: "2026-01-02", by: "أرشيف <المدينة>", how: null },
            editedAt: ["2017-10-30T08:00:00Z"],
          },
          corrected: { fields: ["published", "places"], who: "سالم", why: "w" },
        };
  };
  const told = new Proxy(store, {
    get(target, name) {
      const value: unknown = name === "report" ? report : Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  sources = { ...five, store: told, copies: made };
  served = await servePage(sources, {}, async (id) =>
    id === SHOWN
      ? [
          { at: "2026-01-02T22:30:00.000Z", event: "received", sha256: "ab".repeat(32) },
          { at: "2026-02-03T10:00:00.000Z", event: "changed", sha256: "cd".repeat(32) },
        ]
      : [],
  );
});
afterAll(async () => {
  await served.close();
  await sources.store.close();
  await sources.embedder.close();
});

const pageOf = async (id: string): Promise<string> =>
  (await (await fetch(`${served.url}/reports/${id}`)).text()).replace(/[\u2066-\u2069\u200e\u200f]/g, "");

it("a report's page tells how it came, what was corrected, and when it changed", async () => {
  const page = await pageOf(SHOWN);
  for (const line of [
    "وصل بصيغة json، وقرأه json/2",
    "جُمع: 2026-01-02، أرشيف &lt;المدينة&gt;",
    "عدّله ناشره في: 2017-10-30T08:00:00Z",
    "حدّده القائم على هذه المجموعة: تاريخ النشر، الأماكن (سالم)",
    "دخل المجموعة 3 كانون الثاني 2026 (abababababab…)",
    "تغيّر ملفه 3 شباط 2026 (cdcdcdcdcdcd…)",
  ])
    expect(page).toContain(line);
  expect(page).toContain((await sources.store.report(SHOWN))?.sha256 ?? "?");
});

it("and where else its text was published, with a link to each place", async () => {
  const page = await pageOf(SHOWN);
  expect(page).toContain("الخبر نفسه نُشر أيضاً في:");
  expect(page).toContain(`<li><a href="/reports/${COPY}">`);
  const other = await pageOf(COPY);
  expect(other).not.toContain("الخبر نفسه نُشر أيضاً في:");
  expect(other).toContain(REPORTS.about);
});
