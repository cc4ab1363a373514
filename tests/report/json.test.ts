import { describe, expect, it } from "vitest";
import { parseJsonReport } from "../../src/report/json.ts";

const parse = (value: unknown) => parseJsonReport(typeof value === "string" ? value : JSON.stringify(value));
const parsed = (value: unknown) => {
  const result = parse(value);
  if ("problem" in result) throw new Error(result.problem);
  return result.report;
};

describe("parseJsonReport", () => {
  it("reads every field", () => {
    expect(
      parsed({
        id: "a-1",
        title: "عنوان",
        body: " نص\r\nبسطرين ",
        publisher: "ناشر",
        url: "https://example.org/1",
        published: "2017-10-29",
        event_date: "2017-10-27/2017-10-28",
        place: ["حمص : بابا عمرو", "حمص"],
      }),
    ).toEqual({
      id: "a-1",
      title: "عنوان",
      body: " نص\r\nبسطرين ",
      byline: null,
      publisher: "ناشر",
      url: "https://example.org/1",
      published: { start: "2017-10-29", end: "2017-10-29" },
      eventDates: { start: "2017-10-27", end: "2017-10-28" },
      places: ["حمص : بابا عمرو", "حمص"],
      warnings: [],
    });
  });

  it("needs only a body, and takes null and empty values for absent ones", () => {
    const report = parsed({ body: "نص", title: "", place: null, published: "" });
    expect(report).toMatchObject({ id: null, title: null, places: [], published: null, warnings: [] });
  });

  it("takes the day from a time", () => {
    expect(parsed({ body: "نص", published: "2017-10-29T08:30:00Z" }).published?.start).toBe("2017-10-29");
  });

  it.each([
    ["published", "2017-02-30"],
    ["published", "أمس"],
    ["event_date", "2017-10-29/2017-10-28"],
    ["event_date", 2017],
    ["place", 7],
    ["place", ["حمص", 7]],
    ["title", { ar: "عنوان" }],
    ["url", "javascript:alert(1)"],
    ["id", "س".repeat(201)],
    ["id", "a\nb"],
  ])("warns of a wrong %s, %j, and keeps the report", (name, value) => {
    const report = parsed({ body: "نص", [name]: value });
    expect(report.body).toBe("نص");
    expect(report.warnings).toHaveLength(1);
    expect(report.warnings[0]).toMatch(new RegExp(`^${name}: .*the field is ignored$`));
  });

  it("takes a whole number for an id", () => {
    expect(parsed({ id: 17, body: "نص" })).toMatchObject({ id: "17", warnings: [] });
  });

  it("replaces halves of surrogate pairs and says so", () => {
    const report = parsed('{"body": "نص \\ud800 آخر"}');
    expect(report.body).toBe("نص \ufffd آخر");
    expect(report.warnings).toHaveLength(1);
  });

  it.each([
    ["{", /not valid JSON/],
    ["[]", /\.jsonl/],
    ['"نص"', /not a JSON object/],
    [{ title: "عنوان" }, /"body"/],
    [{ body: "  \n" }, /"body"/],
    [{ body: 7 }, /"body"/],
  ])("refuses %j with a remedy", (value, problem) => {
    expect(parse(value)).toMatchObject({ problem: expect.stringMatching(problem) });
  });
});
