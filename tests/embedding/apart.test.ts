import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { forkPort } from "../../src/embedding/apart/fork.ts";
import { openApart } from "../../src/embedding/apart/keeper.ts";
import type { Order, Port, Reply } from "../../src/embedding/apart/messages.ts";
import { type Embedder, EmbeddingError } from "../../src/embedding/embedder.ts";
import { openLocal } from "../../src/embedding/open.ts";
import { embedderContract } from "../contract/embedder.ts";
import { compile, type Programs } from "../reliability/kills/programs.ts";

/** A process of which the test is told the orders, and that does what the test says. */
class ScriptedPort implements Port {
  readonly orders: Order[] = [];
  isOver = false;
  #tell: (reply: Reply) => void = () => undefined;
  #end: (how: string) => void = () => undefined;

  send(order: Order): void {
    this.orders.push(order);
  }
  onReply(told: (reply: Reply) => void): void {
    this.#tell = told;
  }
  onEnd(ended: (how: string) => void): void {
    this.#end = ended;
  }
  hold(): void {}
  end(): void {
    this.over("ended with 0");
  }
  kill(): void {
    this.over("was ended by SIGKILL");
  }
  over(how: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#end(how);
  }
  open(fingerprint = "f"): this {
    this.#tell({ kind: "opened", model: { id: "m", fingerprint, dimension: 1 } });
    return this;
  }
  ready(resident = 100): this {
    this.#tell({ kind: "ready", resident });
    return this;
  }
  refuse(message: string): void {
    this.#tell({ kind: "refused", message });
  }
  /** Texts that it has been given, by the number of the request. */
  get given(): Map<number, readonly string[]> {
    const embeds = this.orders.flatMap((order) => (order.kind === "embed" ? [order] : []));
    return new Map(embeds.map(({ id, texts }) => [id, texts]));
  }
  answer(text: string, resident = 100): void {
    const [id = 0] = [...this.given].find(([, texts]) => texts.includes(text)) ?? [];
    this.#tell({ kind: "vectors", id, vectors: [Float32Array.of(text.length)], resident });
  }
}

interface Scene {
  readonly ports: ScriptedPort[];
  readonly said: string[];
  readonly opening: Promise<Embedder>;
  /** The process started as the n-th, 0 the first, once it is there. */
  port(n: number): Promise<ScriptedPort>;
}

const open: Embedder[] = [];
afterEach(async () => {
  for (const embedder of open.splice(0)) await embedder.close();
});

function scene(options: Partial<Parameters<typeof openApart>[0]> = {}): Scene {
  const ports: ScriptedPort[] = [];
  const said: string[] = [];
  const start = (): Port => {
    const port = new ScriptedPort();
    ports.push(port);
    return port;
  };
  const opening = openApart({ start, onRestart: (line) => said.push(line), ...options });
  void opening.then(
    (embedder) => open.push(embedder),
    () => undefined,
  );
  const port = async (n: number): Promise<ScriptedPort> => {
    await expect.poll(() => ports.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(n);
    return ports[n] as ScriptedPort;
  };
  return { ports, said, opening, port };
}

const textsOf = (port: ScriptedPort): string[] => [...port.given.values()].flat();

describe("an embedder in a process of its own", () => {
  it("repeats on the next process what the former one left unanswered", async () => {
    const { opening, port, said } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    const [a, b] = [embedder.embed(["a"], "query"), embedder.embed(["bb"], "query")];
    await expect.poll(() => textsOf(first)).toEqual(["a", "bb"]);
    first.over("was ended by SIGSEGV");
    const second = (await port(1)).open().ready();
    expect(textsOf(second)).toEqual(["a"]);
    second.answer("a");
    second.answer("bb");
    expect((await a)[0]?.[0]).toBe(1);
    expect((await b)[0]?.[0]).toBe(2);
    expect(said).toEqual(["the embedder was ended by SIGSEGV: started anew"]);
  });

  it("gives up the one text over which three processes ended, and no other", async () => {
    const { opening, port } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    const poison = embedder.embed(["poison"], "query");
    const sound = embedder.embed(["sound"], "query");
    first.over("was ended by SIGSEGV");
    const second = (await port(1)).open().ready();
    expect(textsOf(second)).toEqual(["poison"]);
    second.over("was ended by SIGSEGV");
    const third = (await port(2)).open().ready();
    expect(textsOf(third)).toEqual(["poison"]);
    third.over("was ended by SIGSEGV");
    await expect(poison).rejects.toThrow(/ended 3 times over one text/);
    const fourth = (await port(3)).open().ready();
    expect(textsOf(fourth)).toEqual(["sound"]);
    fourth.answer("sound");
    expect((await sound)[0]?.[0]).toBe(5);
  });

  it("lets a fresh process take over when the old one has grown, and loses nothing of what the old one has", async () => {
    const { opening, port, said, ports } = scene();
    const old = (await port(0)).open().ready(200e6);
    const embedder = await opening;
    const slow = embedder.embed(["slow"], "query");
    const large = embedder.embed(["large"], "query");
    old.answer("large", 450e6);
    await large;
    const fresh = (await port(1)).open();
    const between = embedder.embed(["between"], "query");
    expect(textsOf(old)).toContain("between");
    old.answer("between", 460e6);
    await between;
    fresh.ready(200e6);
    const next = embedder.embed(["next"], "query");
    expect(textsOf(fresh)).toEqual(["next"]);
    expect(old.isOver).toBe(false);
    old.answer("slow");
    await slow;
    expect(old.isOver).toBe(true);
    fresh.answer("next", 500e6);
    await next;
    expect(ports, "not again at once").toHaveLength(2);
    expect(said).toEqual(["the embedder holds 450 MB: a fresh process takes its place"]);
  });

  it("allows a build more memory, and gives it back at the first question after it", async () => {
    const { opening, port, ports } = scene();
    const first = (await port(0)).open().ready(200e6);
    const embedder = await opening;
    const batch = embedder.embed(["batch"], "passage");
    first.answer("batch", 700e6);
    await batch;
    expect(ports).toHaveLength(1);
    const question = embedder.embed(["question"], "query");
    first.answer("question", 600e6);
    await question;
    expect(ports).toHaveLength(2);
  });

  it("ends a process that does not answer, and goes on with another", async () => {
    const { opening, port, said } = scene({ deadlines: { silence: 30, perText: 0 } });
    (await port(0)).open().ready();
    const embedder = await opening;
    const asked = embedder.embed(["a"], "query");
    const second = (await port(1)).open().ready();
    second.answer("a");
    expect(await asked).toHaveLength(1);
    expect(said).toEqual(["the embedder did not answer: started anew"]);
  });

  it("says why a model cannot be used, at the start and later", async () => {
    const refused = scene();
    (await refused.port(0)).refuse("model_q4.onnx is altered; restore it.");
    await expect(refused.opening).rejects.toThrow(
      new EmbeddingError("model_q4.onnx is altered; restore it."),
    );

    const { opening, port } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    const asked = embedder.embed(["a"], "query");
    first.over("was ended by SIGKILL");
    (await port(1)).open("of other weights");
    await expect(asked).rejects.toThrow(/have changed since the start/);
    const again = embedder.embed(["a"], "query");
    const third = (await port(2)).open().ready();
    third.answer("a");
    expect(await again, "as soon as the files are back").toHaveLength(1);
  });

  it("gives up what waits when no process comes up, and tries again for the next question", async () => {
    const { opening, port } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    first.over("was ended by SIGKILL");
    const asked = embedder.embed(["a"], "query");
    const failed = expect(asked).rejects.toThrow(/ended with 1, 5 times on end/);
    for (let n = 1; n < 5; n += 1) (await port(n)).over("ended with 1");
    await failed;
    const again = embedder.embed(["b"], "query");
    (await port(5)).open().ready().answer("b");
    expect(await again).toHaveLength(1);
  });

  it("does not count a process that lived for long among the failures", async () => {
    const { opening, port, said } = scene({ rest: 20 });
    let at = (await port(0)).open().ready();
    const embedder = await opening;
    for (let n = 1; n <= 6; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      at.over("was ended by SIGKILL");
      at = (await port(n)).open().ready();
    }
    const asked = embedder.embed(["a"], "query");
    at.answer("a");
    expect(await asked).toHaveLength(1);
    expect(said).toHaveLength(6);
  });

  it("tells the process when nobody waits any more", async () => {
    const { opening, port } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    const control = new AbortController();
    const asked = embedder.embed(["a"], "query", { signal: control.signal });
    control.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    expect(first.orders.map(({ kind }) => kind)).toEqual(["embed", "cancel"]);
  });

  it("leaves nobody waiting when it is closed", async () => {
    const { opening, port } = scene();
    const first = (await port(0)).open().ready();
    const embedder = await opening;
    const asked = expect(embedder.embed(["a"], "query")).rejects.toThrow(/closed/);
    await embedder.close();
    await asked;
    expect(first.isOver).toBe(true);
    await expect(embedder.embed(["b"], "query")).rejects.toThrow(/closed/);
  });
});

describe("the real process", () => {
  const modelsDir = join(import.meta.dirname, "../../models");
  const pids: number[] = [];
  let programs: Programs;
  let program = "";
  beforeAll(() => {
    programs = compile(["src/commands/embedder-process", "src/embedding/apart/fork"]);
    program = programs.file("src/commands/embedder-process");
  });
  afterAll(() => programs.remove());

  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  const start = (): Port =>
    forkPort({ program, args: [modelsDir, ""], env: {}, onStart: (pid) => void pids.push(pid) });

  embedderContract("the bundled model in a process of its own", () => openApart({ start }));

  it("gives the very vectors of the model in this process, whatever happens to it meanwhile", async () => {
    const here = await openLocal("", { modelsDir });
    const there = await openApart({ start, deadlines: { silence: 3_000 } });
    const texts = ["ماذا حدث في حي الحميدية؟", "كم قتيلا سقط في القصف؟", "نهر الفرات"];
    try {
      for (const signal of ["SIGKILL", "SIGSEGV", "SIGSTOP"] as const) {
        const asked = texts.map((text) => there.embed([text], "query"));
        process.kill(pids.at(-1) ?? 0, signal);
        const found = (await Promise.all(asked)).flat();
        const expected = await Promise.all(texts.map(async (text) => (await here.embed([text], "query"))[0]));
        expect(found).toEqual(expected);
      }
    } finally {
      await there.close();
      await here.close();
    }
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it("ends with its parent, even when that is killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isnad-parent-"));
    const told = join(folder, "pid");
    const parent = join(folder, "parent.mjs");
    writeFileSync(
      parent,
      `import { writeFileSync } from "node:fs";
       import { forkPort } from ${JSON.stringify(programs.file("src/embedding/apart/fork"))};
       let started = 0;
       const port = forkPort({ program: ${JSON.stringify(program)}, args: [${JSON.stringify(modelsDir)}, ""], env: {},
         onStart: (pid) => { started = pid; } });
       port.onReply((reply) => { if (reply.kind === "ready") writeFileSync(${JSON.stringify(told)}, String(started)); });`,
    );
    const running = spawn(process.execPath, [parent], { stdio: "ignore" });
    await expect.poll(() => existsSync(told), { timeout: 30_000 }).toBe(true);
    const pid = Number(readFileSync(told, "utf8"));
    expect(isAlive(pid)).toBe(true);
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
