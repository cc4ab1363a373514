import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Command, type CommandOptions, UsageError } from "./command.ts";

type Value<Option> = Option extends { type: "boolean" }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string;

export interface ParsedArguments<Options extends CommandOptions> {
  readonly values: { readonly [Name in keyof Options]?: Value<Options[Name]> };
  readonly positionals: readonly string[];
}

/**
 * The arguments by the command's options. An unknown option, a missing value or a value given to a switch is
 * a UsageError; what comes after `--` is positional.
 */
export function parseArguments<const Options extends CommandOptions>(
  args: readonly string[],
  options: Options,
): ParsedArguments<Options> {
  const config: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, { type, short, multiple }] of Object.entries(options)) {
    config[name] = { type, ...(short && { short }), ...(multiple && { multiple }) };
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    return { values: values as ParsedArguments<Options>["values"], positionals };
  } catch (error) {
    throw new UsageError(firstSentence(error), { cause: error });
  }
}

/** One positional argument joined from all of them: a question typed without quotation marks is still one question. */
export function joinPositionals(positionals: readonly string[]): string {
  return positionals.join(" ").trim();
}

/** Throws a UsageError when there are positional arguments. */
export function refusePositionals(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError(`takes no argument "${positionals[0]}"`);
}

/** Whether --help or -h stands among the arguments before `--`. */
export function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

/** The text of --help. */
export function helpText(command: Command): string {
  const rows = Object.entries({ ...command.options, help: HELP_OPTION }).map(([name, option]) => [
    `  ${"short" in option && option.short ? `-${option.short}, ` : ""}--${name}${"value" in option && option.value ? ` ${option.value}` : ""}`,
    option.help,
  ]);
  const width = Math.max(...rows.map(([left = ""]) => left.length)) + 2;
  const lines = rows.map(([left = "", right = ""]) => left.padEnd(width) + right);
  return `${command.summary}\n\nUsage: ${command.usage}\n\n${lines.join("\n")}\n`;
}

const HELP_OPTION = { type: "boolean", short: "h", help: "show this" } as const;

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(/\. |\n/, 1)[0] ?? message;
}
