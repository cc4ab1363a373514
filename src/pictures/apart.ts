/** Pictures drawn in a thread of their own, so that answers go on meanwhile; within limits of size and time. */
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Drawing, Palette } from "./drawing.ts";

/** A picture was not drawn. The message says why, and ends in the remedy. */
export class PictureError extends Error {
  override readonly name = "PictureError";
}

/** What the thread is sent. */
export interface DrawingOrder {
  readonly drawing: Drawing;
  readonly palette: Palette;
}

export const drawnSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("png"), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
  z.object({ kind: z.literal("failed"), message: z.string() }),
]);
/** What it answers. */
export type Drawn = z.infer<typeof drawnSchema>;

export interface DrawerOptions {
  /** The compiled program of the thread (commands/picture-thread.ts). */
  readonly program: string;
  /** Holds the project's fonts (data/fonts). */
  readonly fontsDir: string;
  readonly limits?: Partial<DrawingLimits> | undefined;
}

export interface DrawingLimits {
  /** Milliseconds that one picture may take. */
  readonly time: number;
  /** Pixels of one picture, and shapes on it. */
  readonly pixels: number;
  readonly shapes: number;
  /** Pictures that wait for their turn. */
  readonly waiting: number;
  /** Milliseconds without work after which the thread ends and its memory is given back. */
  readonly idle: number;
}

/** A chart has about a million pixels and a hundred shapes, and takes a second on a slow processor. */
const LIMITS: DrawingLimits = {
  time: 20_000,
  pixels: 8_000_000,
  shapes: 4_000,
  waiting: 32,
  idle: 30_000,
};
/** Megabytes of JavaScript's heap; what the renderer itself takes goes with the pixels. */
const MEGABYTES = 192;

export interface Drawer {
  /** PNG at the size that the drawing states. Rejects with PictureError. */
  png(order: DrawingOrder): Promise<Uint8Array>;
  /** Ends the thread; what it draws is given up. */
  close(): Promise<void>;
}

/** The thread begins with the first picture, draws one after the other, and keeps no program alive while it rests. */
export function openDrawer({ program, fontsDir, limits: given }: DrawerOptions): Drawer {
  const limits = { ...LIMITS, ...given };
  let thread: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function start(): Worker {
    const worker = new Worker(program, {
      ...{ workerData: { fontsDir }, argv: [], execArgv: [], env: {} },
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    // Whoever waits for a picture hears of it; an error while nobody does ends only the thread.
    worker.on("error", () => undefined);
    worker.on("exit", () => {
      if (thread === worker) thread = null;
    });
    return worker;
  }

  async function end(): Promise<void> {
    const ended = thread;
    thread = null;
    await ended?.terminate();
  }

  async function draw(order: DrawingOrder): Promise<Uint8Array> {
    clearTimeout(rest);
    thread ??= start();
    thread.ref();
    try {
      const drawn = await answerOf(thread, order, limits.time);
      if (drawn.kind === "png") return drawn.bytes;
      throw new PictureError(`The picture cannot be drawn (${drawn.message}); read the timeline as text.`);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      await end();
      throw error;
    } finally {
      // Typed as never here: the functions above change it.
      (thread as Worker | null)?.unref();
      rest = setTimeout(() => void end(), limits.idle).unref();
    }
  }

  return {
    async png(order) {
      const { width, height, shapes } = order.drawing;
      if (!(width * height <= limits.pixels) || shapes.length > limits.shapes)
        throw new PictureError(
          `A picture of ${width} × ${height} pixels and ${shapes.length} shapes is too large; name fewer days or a place.`,
        );
      if (waiting >= limits.waiting)
        throw new PictureError(`${waiting} pictures are waiting to be drawn; try again later.`);
      waiting += 1;
      const drawn = turn.then(() => draw(order)).finally(() => (waiting -= 1));
      turn = drawn.catch(() => undefined);
      return drawn;
    },
    async close() {
      clearTimeout(rest);
      await end();
    },
  };
}

/** What the thread says to an order. Rejects with PictureError when it says nothing in time, or ends. */
function answerOf(worker: Worker, order: DrawingOrder, time: number): Promise<Drawn> {
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void =>
      settle(() =>
        reject(new PictureError(`The thread that draws ${why}; read the timeline as text.`, { cause })),
      );
    const told = (message: unknown): void => {
      const drawn = drawnSchema.safeParse(message);
      if (drawn.success) settle(() => resolve(drawn.data));
      else fail("said something else than a picture");
    };
    const broke = (cause: unknown): void => fail("broke", cause);
    const ended = (code: number): void => fail(`ended with ${code}`);
    const timer = setTimeout(() => fail(`took longer than ${time} ms`), time);
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      worker.off("message", told).off("error", broke).off("exit", ended);
      how();
    };
    worker.on("message", told).on("error", broke).on("exit", ended);
    worker.postMessage(order);
  });
}
