/** Pictures are drawn beside the answers: in a thread of their own, within limits, and its end ends nothing else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type Drawer, type DrawerOptions, openDrawer, PictureError } from "../../src/pictures/apart.ts";
import { drawChart } from "../../src/pictures/chart.ts";
import { type Drawing, PALETTES } from "../../src/pictures/drawing.ts";
import { ROOT } from "../five-reports.ts";
import { eventOf, outlineOf, toldPassage } from "../timeline/values.ts";

const folder = mkdtempSync(join(tmpdir(), "isnad-drawer-"));
const drawers: Drawer[] = [];
afterEach(async () => {
  for (const drawer of drawers.splice(0)) await drawer.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function drawer(options: Partial<DrawerOptions> = {}): Drawer {
  const opened = openDrawer({
    program: join(ROOT, "dist", "commands", "picture-thread.js"),
    fontsDir: join(ROOT, "data", "fonts"),
    ...options,
  });
  drawers.push(opened);
  return opened;
}

/** A thread that does with each drawing what its height says, and else answers one byte: how many it has drawn. */
function program(name: string, acts: Readonly<Record<number, string>>): string {
  const file = join(folder, `${name}.mjs`);
  const cases = Object.entries(acts).map(([height, act]) => `if (drawing.height === ${height}) { ${act} }`);
  writeFileSync(
    file,
    `import { parentPort } from "node:worker_threads";
     let drawn = 0;
     parentPort.on("message", ({ drawing }) => {
       ${cases.join("\n")}
       drawn += 1;
       parentPort.postMessage({ kind: "png", bytes: Uint8Array.of(drawn) });
     });`,
  );
  return file;
}

const sheet = (height: number, more: Partial<Drawing> = {}) => ({
  drawing: { width: 720, height, shapes: [], ...more },
  palette: PALETTES.light,
});

describe("a picture that is drawn apart", () => {
  it("leaves the loop free: what comes due meanwhile happens before the picture is there", async () => {
    const outline = await outlineOf([toldPassage("خبر", [eventOf("2017-10-29")])]);
    const drawing = drawChart({ outline, scope: null, publishers: ["فرات بوست"] });
    const { png } = drawer();
    await png({ drawing, palette: PALETTES.light });
    const order: string[] = [];
    const drawn = png({ drawing, palette: PALETTES.dark }).then((bytes) => {
      order.push("picture");
      return bytes;
    });
    setImmediate(() => {
      order.push("another question");
      setImmediate(() => order.push("its answer"));
    });
    const bytes = Buffer.from(await drawn);
    expect(order).toEqual(["another question", "its answer", "picture"]);
    expect([bytes.subarray(1, 4).toString(), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      ...["PNG", drawing.width, drawing.height],
    ]);
  });

  it("is given up when it takes too long, and the next one is drawn by a new thread", async () => {
    const { png } = drawer({
      program: program("slow", { 666: "for (;;) {}" }),
      limits: { time: 1_000 },
    });
    expect([...(await png(sheet(1)))]).toEqual([1]);
    const slow = png(sheet(666));
    const next = png(sheet(1));
    await expect(slow).rejects.toThrow(/took longer than 1000 ms; read the timeline as text/);
    expect([...(await next)]).toEqual([1]);
  });

  it.each([
    ["ends", "process.exit(3)", /ended with 3/],
    ["throws", "throw new Error('no ink')", /broke/],
    ["fills the memory", "const all = []; for (;;) all.push(new Array(1e5).fill(drawn))", /broke|ended/],
    ["says something else", "parentPort.postMessage({ kind: 'poem' }); return", /something else/],
  ])("that %s costs that picture only", async (name, act, message) => {
    const { png } = drawer({ program: program(name.replaceAll(" ", "-"), { 666: act }) });
    await expect(png(sheet(666))).rejects.toThrow(message);
    expect([...(await png(sheet(1)))]).toEqual([1]);
  });

  it("is refused beyond a size, and when many wait already", async () => {
    const { png } = drawer({ program: program("plain", {}), limits: { waiting: 2 } });
    await expect(png(sheet(20_000))).rejects.toThrow(/too large; name fewer days or a place/);
    await expect(png(sheet(Number.NaN))).rejects.toThrow(PictureError);
    const shapes = Array.from({ length: 5_000 }, () => ({ kind: "circle" }) as never);
    await expect(png(sheet(100, { shapes }))).rejects.toThrow(/5000 shapes/);
    const both = [png(sheet(1)), png(sheet(1))];
    await expect(png(sheet(1))).rejects.toThrow(/2 pictures are waiting/);
    expect((await Promise.all(both)).map((bytes) => bytes[0])).toEqual([1, 2]);
  });

  it("gives its thread back after a while without work", async () => {
    const { png } = drawer({ program: program("idle", {}), limits: { idle: 50 } });
    expect([...(await png(sheet(1)))]).toEqual([1]);
    expect([...(await png(sheet(1)))]).toEqual([2]);
    for (let tries = 0; tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if ((await png(sheet(1)))[0] === 1) return;
    }
    throw new Error("the thread never ended");
  });

  it("names fonts that are missing", async () => {
    const { png } = drawer({ fontsDir: folder });
    await expect(png(sheet(10))).rejects.toThrow(/Vazirmatn-Regular.ttf cannot be read: restore data\/fonts/);
  });
});
