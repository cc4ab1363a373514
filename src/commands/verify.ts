import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { verifyPacket } from "../packet/verify.ts";
import { readReports } from "../report/read.ts";
import { auditIndexAt } from "../store/anywhere.ts";
import { parseArguments } from "./arguments.ts";
import { COLLECTION_OPTIONS, collectionLedger, collectionSource } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";

const OPTIONS = {
  sha256: { type: "string", value: "HEX", help: "what the maker of the packet told of it" },
  ...COLLECTION_OPTIONS,
} as const;

async function packetCommand(
  file: string,
  expected: string | undefined,
  context: CommandContext,
): Promise<number> {
  const path = resolve(context.cwd, file);
  const verdict = await verifyPacket(await readFile(path));
  const findings = [...verdict.findings];
  const named = /^packet-([0-9a-f]{16})\.zip$/.exec(basename(path))?.[1];
  for (const told of [named, expected?.toLowerCase()])
    if (told !== undefined && !verdict.sha256.startsWith(told))
      findings.push(
        `the packet is not the one that was told: its sha256 is ${verdict.sha256}, told was ${told}`,
      );
  return tell(
    findings,
    `${verdict.files} files and ${verdict.quotations} quotations are as they were made`,
    context,
  );
}

/** Compares the files, the index and the history of a collection with each other. */
async function collectionCommand(
  choice: { data?: string | undefined; index?: string | undefined },
  context: CommandContext,
): Promise<number> {
  const source = await collectionSource(context, choice);
  await source.embedder.close();
  const audit = await auditIndexAt(source);
  const findings = [...audit.findings];
  const missing = new Set(audit.reports.keys());
  for await (const result of readReports({
    dir: source.dataDir,
    overrides: source.overrides,
    publishers: source.names.publishers,
  })) {
    if (result.kind === "problem") continue;
    const { id, sha256 } = result.report;
    const stored = audit.reports.get(id);
    missing.delete(id);
    if (stored === undefined)
      findings.push(`${result.file} (report ${id}) is not in the index; run npm run index`);
    else if (stored !== sha256) findings.push(`${result.file} (report ${id}) is not the file that is stored`);
  }
  for (const id of missing) findings.push(`the file of the report ${id} is gone`);
  const ledger = await collectionLedger(context, choice);
  findings.push(...ledger.problems.map((problem) => `the history of the collection: ${problem}`));
  for (const { event, at, sha256 } of ledger.entries.filter((entry) => entry.event === "changed"))
    context.stderr.write(`note: a report was ${event} on ${at}; its bytes are since then ${sha256}\n`);
  return tell(findings, `${audit.reports.size} reports are as they were received`, context);
}

function tell(findings: readonly string[], whole: string, context: CommandContext): number {
  for (const finding of findings) context.stdout.write(`changed: ${finding}\n`);
  context.stdout.write(
    findings.length === 0 ? `unaltered: ${whole}\n` : `altered: ${findings.length} findings\n`,
  );
  return findings.length === 0 ? 0 : 1;
}

export const command: Command = {
  name: "verify",
  summary:
    "Proves an evidence packet, or without a file the whole collection, unaltered; names what was changed",
  usage: "npm run verify -- [FILE] [--sha256 HEX] [--data DIR] [--index DIR]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const [file, ...more] = positionals;
    if (more.length > 0) throw new UsageError("takes one packet");
    if (values.sha256 !== undefined && !/^[0-9a-f]{16,64}$/i.test(values.sha256))
      throw new UsageError(`--sha256 holds "${values.sha256}"; it may hold 16 to 64 hexadecimal digits`);
    return file === undefined
      ? collectionCommand({ data: values.data, index: values.index }, context)
      : packetCommand(file, values.sha256, context);
  },
};
