import { describe, expect, it } from "vitest";
import { readAddress } from "../../src/postgres/address.ts";

describe("an address of PostgreSQL", () => {
  it("names the schema isnad unless it says another, which the driver does not see", () => {
    expect(readAddress("postgres://u:p@db.example:5432/news")).toEqual({
      url: "postgres://u:p@db.example:5432/news",
      schema: "isnad",
      shown: "db.example:5432/news",
    });
    expect(readAddress("postgresql://u@h/n?sslmode=verify-full&schema=east_2")).toEqual({
      url: "postgresql://u@h/n?sslmode=verify-full",
      schema: "east_2",
      shown: "h/n",
    });
  });

  it("may be a socket", () => {
    const { url, shown } = readAddress("postgresql://postgres:@/postgres?host=/run/pg&schema=a");
    expect(shown).toBe("/run/pg/postgres");
    expect(url).toMatch(/^postgresql:\/\/postgres:@\/postgres\?host=/);
  });

  it("is never shown with its password, even one that holds an @", () => {
    expect(readAddress("postgres://u:se@cret@h/n").shown).toBe("h/n");
  });

  it("is refused with a schema that would have to be quoted", () => {
    for (const schema of ["A", "a b", "a;drop", "1a", "", "x".repeat(42)])
      expect(() => readAddress(`postgres://h/n?schema=${encodeURIComponent(schema)}`)).toThrow(RangeError);
  });
});
