import type { Command } from "./command.ts";

export const command: Command = {
  name: "doctor",
  summary: "Checks the installation and says what to do",
  usage: "npm run doctor -- [options]",
  options: { json: { type: "boolean", help: "one JSON object on stdout" } },
  run: () => Promise.resolve(0),
};
