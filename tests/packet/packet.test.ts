import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makePacket, type PacketInput, SUMS, sourcesSchema } from "../../src/packet/packet.ts";
import { verifyPacket } from "../../src/packet/verify.ts";
import { pack, unpack } from "../../src/packet/zip.ts";
import { readReports } from "../../src/report/read.ts";
import { LIBREOFFICE_DIR, REPORTS_DIR } from "../report/writers.ts";

const QUESTION = "سؤال لا يعرفه أحد غير صاحبه";

async function input(question: string | null = null): Promise<PacketInput> {
  const reports: PacketInput["reports"][number][] = [];
  for (const [dir, id] of [
    [REPORTS_DIR, "003_68158fa51ebf8193"],
    [LIBREOFFICE_DIR, "001-justified"],
  ] as const)
    for await (const result of readReports({ dir }))
      if (result.kind === "report" && result.report.id === id)
        reports.push({
          report: result.report,
          bytes: result.bytes,
          history: [{ at: "2026-01-01T00:00:00.000Z", event: "received", sha256: result.report.sha256 }],
          copies: id.startsWith("003")
            ? [{ ...result.report, id: "elsewhere", publisher: "وكالة <أخرى>" }]
            : [],
        });
  return {
    answer: {
      question,
      text: "دخلت القوات الحي [1] [2]",
      mode: "extractive",
      claims: [{ text: "دخلت القوات الحي", citations: [1, 2] }],
      citations: reports.map(({ report }, index) => ({
        n: index + 1,
        report: report.id,
        publisher: report.publisher,
        title: report.title,
        published: { ...report.published },
        quote: report.body.slice(20, 90),
        start: 20,
        end: 90,
      })),
      madeAt: "2026-01-02T00:00:00.000Z",
    },
    reports,
  };
}

interface Region {
  readonly kind: "local header" | "name" | "content" | "directory" | "end";
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Every part of a .zip without comments, as APPNOTE.TXT lays it out. */
function regionsOf(zip: Buffer): Region[] {
  const END = 22;
  const last = zip.length - END;
  const regions: Region[] = [{ kind: "end", name: "", start: last, end: zip.length }];
  let at = zip.readUInt32LE(last + 16);
  while (at < last) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const next = at + 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const content = local + 30 + nameLength + zip.readUInt16LE(local + 28);
    regions.push(
      { kind: "directory", name, start: at, end: next },
      { kind: "local header", name, start: local, end: local + 30 },
      { kind: "name", name, start: local + 30, end: local + 30 + nameLength },
      { kind: "content", name, start: content, end: content + size },
    );
    at = next;
  }
  return regions;
}

/** A file in its finding; of packed bytes that cannot be unpacked any more the archive. */
function nameOrArchive(name: string): RegExp {
  return new RegExp(`${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}|the archive`);
}

describe("an evidence packet", async () => {
  const made = await input();
  const packet = makePacket(made);

  it("holds the sources byte for byte, and is the same bytes for the same input", async () => {
    expect(made.reports.map(({ report }) => report.provenance?.format)).toEqual(["txt", "pdf"]);
    const files = unpack(packet);
    expect([...(files?.keys() ?? [])]).toEqual([
      "README.txt",
      SUMS,
      "answer.html",
      "answer.json",
      "quotations.json",
      "sources.json",
      "sources/01-003_68158fa51ebf8193.txt",
      "sources/02-001-justified.pdf",
      "texts/01-003_68158fa51ebf8193.txt",
      "texts/02-001-justified.txt",
    ]);
    const source = await readFile(join(REPORTS_DIR, "003_68158fa51ebf8193.txt"));
    expect(Buffer.from(files?.get("sources/01-003_68158fa51ebf8193.txt") ?? []).equals(source)).toBe(true);
    expect(Buffer.from(makePacket(await input())).equals(packet)).toBe(true);
  });

  it("names the other places of a source's text, for programs and on its page", () => {
    const files = unpack(packet);
    const read = (name: string): string => Buffer.from(files?.get(name) ?? []).toString();
    const sources = sourcesSchema.parse(JSON.parse(read("sources.json")));
    expect(sources.map(({ copies }) => copies.map(({ report }) => report))).toEqual([["elsewhere"], []]);
    const page = read("answer.html");
    expect(page.match(/والخبر نفسه نُشر في: [^<]*/g)).toEqual(["والخبر نفسه نُشر في: وكالة &lt;أخرى&gt; "]);
    // Packets of earlier versions do not name them.
    const former = sources.map(({ copies: _, ...source }) => source);
    expect(sourcesSchema.parse(former).map(({ copies }) => copies)).toEqual([[], []]);
  });

  it("is proved unaltered", async () => {
    expect(await verifyPacket(packet)).toMatchObject({ findings: [], files: 10, quotations: 2 });
  });

  it("holds the question only where it was asked for", async () => {
    const holds = (bytes: Uint8Array) => Buffer.from(bytes).includes(QUESTION);
    expect(holds(packet)).toBe(false);
    expect(holds(makePacket(await input(QUESTION)))).toBe(true);
  });

  it("with any byte changed is found altered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: packet.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = Buffer.from(packet);
          changed.writeUInt8(changed.readUInt8(at) ^ change, at);
          expect((await verifyPacket(changed)).findings).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    "sources/01-003_68158fa51ebf8193.txt",
    "texts/02-001-justified.txt",
    "answer.html",
    "answer.json",
  ])("with a byte changed in %s names that file", async (name) => {
    const content = Buffer.from(unpack(packet)?.get(name) ?? []);
    const at = Buffer.from(packet).indexOf(content) + Math.floor(content.length / 2);
    const changed = Buffer.from(packet);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect((await verifyPacket(changed)).findings.join("\n")).toContain(name);
  });

  it("with a byte changed anywhere in a file or in the archive's own records is found, and the place is named", async () => {
    const regions = regionsOf(Buffer.from(packet));
    expect(new Set(regions.map(({ kind }) => kind))).toEqual(
      new Set(["local header", "name", "content", "directory", "end"]),
    );
    const property = fc.asyncProperty(
      fc.constantFrom(...regions),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async ({ kind, name, start, end }, offset, change) => {
        const changed = Buffer.from(packet);
        const at = start + (offset % (end - start));
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        const { findings } = await verifyPacket(changed);
        expect(findings.join("\n"), `${kind} of ${name} at ${at}`).toMatch(
          kind === "content" ? nameOrArchive(name) : /\S/,
        );
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });

  it("with a comment written into the archive is found altered", async () => {
    const changed = Buffer.concat([Buffer.from(packet), Buffer.from("note")]);
    changed.writeUInt16LE(4, packet.length - 2);
    expect((await verifyPacket(changed)).findings.join("\n")).toMatch(/archive/);
  });

  it("cut short, or with something put behind it, is found altered", async () => {
    expect((await verifyPacket(packet.slice(0, -1))).findings).not.toEqual([]);
    expect((await verifyPacket(Buffer.concat([packet, Buffer.from("x")]))).findings).not.toEqual([]);
    expect((await verifyPacket(Buffer.from("no packet"))).findings).not.toEqual([]);
  });

  it("with hashes made anew for a changed text still shows that the text is not its source's", async () => {
    const files = new Map(unpack(packet));
    const name = "texts/01-003_68158fa51ebf8193.txt";
    const text = Buffer.from(files.get(name) ?? []).toString("utf8");
    files.set(name, Buffer.from(text.replace("2012", "2013")));
    const { sumsOf, sorted } = await import("../../src/packet/packet.ts");
    files.delete(SUMS);
    files.set(SUMS, Buffer.from(sumsOf(files)));
    expect((await verifyPacket(pack(sorted(files)))).findings).toEqual([
      `${name} is not what sources/01-003_68158fa51ebf8193.txt reads as`,
    ]);
  });
});
