import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spliceEntries } from "../../src/overrides/splice.ts";

const FILE = `{
  "reports": {
    "a": { "title": "x",   "who": "w", "why": "{\\"}" },
    "b": {
      "publisher": "p", "who": "w", "why": "y"
    }
  }
}
`;

describe("spliceEntries", () => {
  it("replaces an entry and leaves every other byte", () => {
    const text = spliceEntries(FILE, [{ section: "reports", id: "b", entry: { title: "ت" } }]);
    expect(text).toBe(FILE.replace(/"b": \{[^}]*\}/, '"b": {\n      "title": "ت"\n    }'));
  });

  it("adds entries and sections in the way in which the file is indented", () => {
    const tabs = '{\n\t"reports": {}\n}';
    expect(spliceEntries(tabs, [{ section: "reports", id: "a", entry: { t: 1 } }])).toBe(
      '{\n\t"reports": {\n\t\t"a": {\n\t\t\t"t": 1\n\t\t}\n\t}\n}',
    );
    expect(spliceEntries('{"reports":{}}', [{ section: "places", id: "a", entry: { t: 1 } }])).toBe(
      '{"reports":{},"places":{"a":{"t":1}}}',
    );
  });

  it("takes the first, the last and the only entry out with its comma", () => {
    const out = (ids: readonly string[]) =>
      spliceEntries(
        FILE,
        ids.map((id) => ({ section: "reports", id, entry: null })),
      );
    expect(JSON.parse(out(["a"])).reports).toEqual({ b: expect.anything() });
    expect(JSON.parse(out(["b"])).reports).toEqual({ a: expect.anything() });
    expect(JSON.parse(out(["a", "b"]))).toEqual({ reports: {} });
  });

  it("gives what changing the value gives, in any formatting, and keeps the other entries' text", () => {
    const id = fc.oneof(
      fc.constantFrom("a", "b", "c", '"', "\\", "{", "constructor"),
      fc.string({ maxLength: 4 }),
    );
    const value = fc.jsonValue({ maxDepth: 2 }).filter((one) => one !== null);
    const entries = fc.dictionary(
      id.filter((key) => key !== "__proto__"),
      value,
      { maxKeys: 4 },
    );
    const formatting = fc.constantFrom(0, 1, 2, 4, "\t");
    const property = fc.property(
      fc.record({ reports: entries, places: entries }),
      fc.constantFrom("reports", "places"),
      id.filter((key) => key !== "__proto__"),
      fc.option(value),
      formatting,
      (file, section, key, entry, indent) => {
        const text = JSON.stringify(file, null, indent);
        const spliced = spliceEntries(text, [{ section, id: key, entry }]);
        const wanted = structuredClone(file) as Record<string, Record<string, unknown>>;
        const holder = wanted[section] ?? {};
        if (entry === null) delete holder[key];
        else holder[key] = entry;
        expect(JSON.parse(spliced)).toEqual(JSON.parse(JSON.stringify(wanted)));
        for (const [other, kept] of Object.entries(holder))
          if (other !== key)
            expect(spliced).toContain(
              JSON.stringify(kept, null, indent).replaceAll(
                "\n",
                `\n${(typeof indent === "string" ? indent : " ".repeat(indent)).repeat(2)}`,
              ),
            );
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
