import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readReports } from "../../src/report/read.ts";
import { LIBREOFFICE_DIR, zipped } from "./writers.ts";

const PARAGRAPH = "دارت اشتباكات عنيفة في المدينة بين الطرفين، وأسفرت عن سقوط قتلى وجرحى بينهم مدنيون.";
const FIXTURES = join(import.meta.dirname, "fixtures");

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "hostile-"));
  await writeFile(join(dir, "zz.txt"), PARAGRAPH);
});
afterEach(() => rm(dir, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => writeFile(join(dir, name), content);
const read = async () => {
  const found = { ids: [] as string[], problems: {} as Record<string, string>, notes: [] as string[] };
  for await (const result of readReports({ dir, onNote: (note) => found.notes.push(note) })) {
    if (result.kind === "report") found.ids.push(result.report.id);
    else found.problems[result.file] = result.reason;
  }
  return found;
};

/** Sets the flag of a password on every entry of an archive. */
function locked(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  for (const [signature, offset] of [
    [0x04034b50, 6],
    [0x02014b50, 8],
  ] as const)
    for (let at = 0; at < bytes.length - 4; at += 1)
      if (bytes.readUInt32LE(at) === signature)
        bytes.writeUInt16LE(bytes.readUInt16LE(at + offset) | 1, at + offset);
  return bytes;
}

describe("what cannot be read is named with its remedy, and the rest is read", () => {
  it.each<[string, string, () => Uint8Array | string | Promise<Uint8Array>, RegExp]>([
    [
      "a PDF that is locked",
      "a.pdf",
      () => readFile(join(FIXTURES, "locked.pdf")),
      /password; save it without/,
    ],
    ["a PDF whose fonts lie", "a.pdf", () => readFile(join(FIXTURES, "lying-fonts.pdf")), /OCR/],
    ["a PDF that is none", "a.pdf", () => "%PDF-1.7 and nothing", /not a PDF that can be read; save/],
    ["a DOCX that is none", "a.docx", () => PARAGRAPH, /not a \.docx that can be read; save/],
    [
      "an old or locked DOCX",
      "a.docx",
      () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]),
      /password or an old \.doc/,
    ],
    ["an archive that is none", "a.zip", () => PARAGRAPH, /not a \.zip that can be read; make/],
    ["XML that is no feed", "a.xml", () => "<a><b>x</b></a>", /no RSS or Atom feed; save/],
    ["broken XML", "a.rss", () => "<rss><channel>", /not valid XML; save|no RSS/],
    ["a table without a known text", "a.csv", () => "x,y\n1,2\n", /a\.csv|FILE\.csv\.meta\.json/],
    ["a page without text", "a.html", () => "<html><body><script>1</script></body></html>", /no text; save/],
    ["front matter alone", "a.md", () => "---\ntitle: x\n---\n", /empty; add/],
    [
      "letters in an unknown set",
      "a.txt",
      () => Uint8Array.from([0xc7, 0xe1, 0xcf]),
      /not valid UTF-8; save it as UTF-8/,
    ],
  ])("%s", async (_, name, content, reason) => {
    await put(name, await content());
    const { ids, problems } = await read();
    expect(ids).toEqual(["zz"]);
    expect(problems).toEqual({ [name]: expect.stringMatching(reason) });
  });

  it("a .meta.json that is wrong costs its file, not the others", async () => {
    await put("a.txt", PARAGRAPH);
    await put("a.txt.meta.json", '{"publishr": "x"}');
    const { ids, problems } = await read();
    expect(ids).toEqual(["zz"]);
    expect(problems).toEqual({ "a.txt.meta.json": expect.stringMatching(/publishr/) });
  });
});

describe("an archive", () => {
  it("that unpacks to gigabytes is refused by what it states", async () => {
    const bomb = Buffer.from(zipped({ "a.csv": PARAGRAPH, "b.csv": PARAGRAPH }));
    for (let at = 0; at < bomb.length - 4; at += 1)
      if (bomb.readUInt32LE(at) === 0x02014b50) bomb.writeUInt32LE(0x7fffffff, at + 24);
    await put("a.zip", bomb);
    expect((await read()).problems).toEqual({
      "a.zip": expect.stringMatching(/^unpacks to 4096 MB, at most 1024 MB are read; split/),
    });
  });

  it("that unpacks to more than it states is damaged", async () => {
    const archive = Buffer.from(zipped({ "a.txt": PARAGRAPH.repeat(1000) }));
    const central = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    archive.writeUInt32LE(50, central + 24);
    await put("a.zip", archive);
    expect((await read()).problems).toEqual({
      "a.zip!/a.txt": expect.stringMatching(/damaged in its archive/),
    });
  });

  it("with a changed byte is damaged there and read elsewhere", async () => {
    const archive = Buffer.from(zipped({ "a.txt": PARAGRAPH, "b.txt": `${PARAGRAPH} ثانياً` }));
    archive.writeUInt8(archive.readUInt8(45) ^ 1, 45);
    await put("a.zip", archive);
    const { ids, problems } = await read();
    expect(ids).toEqual(["b", "zz"]);
    expect(problems).toEqual({ "a.zip!/a.txt": expect.stringMatching(/damaged in its archive/) });
  });

  it("names what leads outside, what is locked, archives inside and unknown formats", async () => {
    await put(
      "a.zip",
      zipped({ "../up.txt": PARAGRAPH, "/root.txt": PARAGRAPH, "in.zip": zipped({}), "x.exe": "MZ" }),
    );
    await put("b.zip", locked(zipped({ "c.txt": PARAGRAPH })));
    const { ids, problems } = await read();
    expect(ids).toEqual(["zz"]);
    expect(problems).toEqual({
      "a.zip!/../up.txt": expect.stringMatching(/leads outside/),
      "a.zip!//root.txt": expect.stringMatching(/leads outside/),
      "a.zip!/in.zip": expect.stringMatching(/archive inside an archive; unpack/),
      "a.zip!/x.exe": expect.stringMatching(/unknown format/),
      "b.zip!/c.txt": expect.stringMatching(/password/),
    });
  });
});

describe("whatever the bytes", () => {
  const endings = ["txt", "md", "html", "json", "jsonl", "csv", "docx", "pdf", "xml", "zip"];

  it("of noise, reading ends and the others are read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endings),
        fc.uint8Array({ maxLength: 300 }),
        async (ending, bytes) => {
          await put(`a.${ending}`, bytes);
          const { ids } = await read();
          await rm(join(dir, `a.${ending}`));
          expect(ids).toContain("zz");
        },
      ),
      { numRuns: 150 },
    );
  });

  it("of a file with a few changed bytes, reading ends and the others are read", async () => {
    const real = await Promise.all(
      ["docx", "pdf"].map(async (ending) => ({
        ending,
        bytes: await readFile(join(LIBREOFFICE_DIR, `003_68158fa51ebf8193.${ending}`)),
      })),
    );
    const change = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...real), change, async ({ ending, bytes }, changes) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at % changed.length] = value;
        await put(`a.${ending}`, changed);
        const { ids } = await read();
        await rm(join(dir, `a.${ending}`));
        expect(ids).toContain("zz");
      }),
      { numRuns: 20 },
    );
  });
});
