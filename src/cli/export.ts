import { join } from "node:path";
import { exportFolder } from "../../pipelines/steps/export.ts";
import { UserError } from "../core/errors.ts";
import { exportMessages } from "../core/messages/export.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../tables/writers/registry.ts";
import type { Command } from "./commander.ts";
import { type FolderFlags, folderCommand, folderJob, reportFolder } from "./folder-job.ts";
import { pipelineNamed } from "./pipelines.ts";
import { err, out, visible } from "./print.ts";
import { printDone, printFailures } from "./print-summary.ts";

interface Flags extends FolderFlags {
  format: ExportFormat;
}

/** `gammawatt export <folder>`: datasets, fits and estimates in a format that other programs read. */
export function exportCommand(program: Command, done: (status: number) => void): void {
  folderCommand(
    program,
    "export",
    "datasets, fits and estimates as csv, arrow, parquet or xlsx; what is new is imported and fitted first",
    "where the files go (default: reports/<folder name>/export)",
  )
    .requiredOption("--format <name>", EXPORT_FORMATS.join(", "), format)
    .action(async (folder: string, flags: Flags) => done(await run(folder, flags)));
}

function format(text: string): ExportFormat {
  const found = EXPORT_FORMATS.find((known) => known === text);
  if (found === undefined) throw new UserError(exportMessages.unknownFormat(text, EXPORT_FORMATS));
  return found;
}

async function run(folder: string, flags: Flags): Promise<number> {
  const { routes } = pipelineNamed(flags.pipeline);
  const target = flags.out ?? join(reportFolder(folder), "export");
  const result = await folderJob(folder, target, flags, (options) => exportFolder(options, routes, flags.format));
  if (result === undefined) return 1;
  const { summary, notes } = result;
  if (flags.json) out(JSON.stringify(summary));
  else if (!flags.quiet) {
    printDone(summary, "--json");
    for (const note of notes) err(visible(`note: ${note}`));
    out(visible(exportMessages.written(summary.exported, target, summary.seconds)));
  }
  return printFailures(summary);
}
