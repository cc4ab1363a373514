import { describe, expect, it } from "vitest";
import { reportList, reportListPage } from "../../src/web/report-view.ts";
import { sampleReport } from "../store/samples.ts";

const ids = Array.from({ length: 120 }, (_, n) => `r${String(n).padStart(3, "0")}`);

describe("the list of reports", () => {
  it("gives the reports of one page, and the first for an address that names none", () => {
    expect(reportListPage(ids, "2")).toMatchObject({ page: 2, pages: 3, all: 120, ids: ids.slice(50, 100) });
    expect(reportListPage(ids, "3").ids).toEqual(ids.slice(100));
    for (const asked of [null, "", "0", "-1", "4", "2.5", "x", "1e9"])
      expect(reportListPage(ids, asked)).toMatchObject({ page: 1, ids: ids.slice(0, 50) });
    expect(reportListPage([], null)).toEqual({ page: 1, pages: 1, all: 0, ids: [] });
  });

  it("links the pages beside it, and none where there is one", () => {
    const reports = [sampleReport("r050", "نص").report];
    const middle = reportList(reports, reportListPage(ids, "2")).html;
    expect(middle).toContain('start="51"');
    expect(middle).toContain('href="/reports?page=1">الصفحة السابقة');
    expect(middle).toContain("الصفحة 2 من 3");
    expect(middle).toContain('href="/reports?page=3">الصفحة التالية');
    const last = reportList(reports, reportListPage(ids, "3")).html;
    expect(last).not.toContain("الصفحة التالية");
    expect(reportList(reports, reportListPage(ids.slice(0, 5), null)).html).not.toContain("page=");
  });
});
