import { fork } from "node:child_process";
import { type Port, type Reply, replySchema } from "./messages.ts";

export interface Forked {
  /** The compiled program, and its arguments. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told the number of the process. */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** Milliseconds that a process gets to end by itself. */
const GRACE_MS = 3_000;

/** Starts a program of this project as a child that ends with this process. What it writes to stderr goes to this one's. */
export function forkPort({ program, args, env, onStart }: Forked): Port {
  const child = fork(program, args, {
    env: { ...env },
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  if (child.pid !== undefined) onStart?.(child.pid);
  let told: (reply: Reply) => void = () => undefined;
  let ended: ((how: string) => void) | null = null;
  let grace: NodeJS.Timeout | null = null;
  const end = (how: string): void => {
    if (grace !== null) clearTimeout(grace);
    ended?.(how);
    ended = null;
  };
  child.on("message", (message) => told(replySchema.parse(message)));
  child.once("exit", (code, signal) =>
    end(signal === null ? `ended with ${code}` : `was ended by ${signal}`),
  );
  // A process that was never started has no exit; other errors here are followed by one.
  child.on("error", (error) => {
    if (child.pid === undefined) end(`could not be started (${error.message})`);
  });
  return {
    send(order) {
      if (child.connected) child.send(order, () => undefined);
    },
    onReply: (listener) => {
      told = listener;
    },
    onEnd: (listener) => {
      ended = listener;
    },
    hold(held) {
      const { channel } = child;
      if (held) {
        child.ref();
        channel?.ref();
      } else {
        child.unref();
        channel?.unref();
      }
    },
    end() {
      if (child.connected) child.disconnect();
      child.ref();
      grace = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
