import cliProgress from "cli-progress";
import type { BuildStage } from "../store/build.ts";
import type { Output } from "./command.ts";

/** The line with which each stage begins. */
export const STAGES: Readonly<Record<BuildStage, string>> = {
  read: "reading reports",
  cut: "cutting passages",
  embed: "embedding passages",
  index: "writing the index",
  neighbours: "linking neighbours",
};

export interface Progress {
  update(stage: BuildStage, done: number, total: number): void;
  /** One line beside the progress. */
  line(text: string): void;
  end(): void;
}

/** A bar on a terminal; elsewhere one line when a stage begins. */
export function createProgress(output: Output): Progress {
  return output.isTTY ? barProgress(output) : lineProgress(output);
}

function lineProgress(output: Output): Progress {
  let current: BuildStage | null = null;
  return {
    update(stage, _done, total) {
      if (stage === current) return;
      current = stage;
      output.write(`${STAGES[stage]}${total > 0 ? ` (${total})` : ""}\n`);
    },
    line: (text) => void output.write(`${text}\n`),
    end: () => undefined,
  };
}

function barProgress(output: Output): Progress {
  let bar: cliProgress.SingleBar | null = null;
  let current: BuildStage | null = null;
  const stop = (): void => {
    bar?.stop();
    bar = null;
    current = null;
  };
  return {
    update(stage, done, total) {
      if (stage !== current) {
        stop();
        current = stage;
        bar = new cliProgress.SingleBar({
          stream: output,
          format: (options, params, payload) =>
            `${STAGES[stage].padEnd(20)} ${cliProgress.Format.BarFormat(params.progress, options)} ${params.value}/${params.total || "?"} ${payload.eta ?? ""}`,
          hideCursor: true,
        });
        bar.start(total, done);
      }
      bar?.setTotal(total);
      bar?.update(done);
    },
    line(text) {
      const stage = current;
      stop();
      output.write(`${text}\n`);
      current = stage === null ? null : current;
    },
    end: stop,
  };
}
