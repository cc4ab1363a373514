import fc from "fast-check";
import { expect, it } from "vitest";
import { readLines } from "../../src/report/lines.ts";

async function* chunksOf(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const linesOf = async (text: string, size: number, limit = 1000) => {
  const lines: [number, string | null][] = [];
  for await (const line of readLines(chunksOf(Buffer.from(text), size), limit)) {
    lines.push([line.number, line.bytes === null ? null : Buffer.from(line.bytes).toString()]);
  }
  return lines;
};

it("gives the same lines however the stream is cut into chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 8 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (pieces, size) => {
        const text = pieces.join("\n");
        const expected = text.split("\n").map((line, index): [number, string] => [index + 1, line]);
        if (expected.at(-1)?.[1] === "") expected.pop();
        expect(await linesOf(text, size)).toEqual(expected);
      },
    ),
  );
});

it("passes over a line beyond the limit and reads the next", async () => {
  expect(await linesOf(`${"ا".repeat(60)}\nكلمة`, 7, 100)).toEqual([
    [1, null],
    [2, "كلمة"],
  ]);
});
