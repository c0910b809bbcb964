import type { RunResult } from "../../pipelines/steps/options.ts";
import type { Command } from "./commander.ts";
import { type FolderFlags, folderCommand, folderJob, reportFolder } from "./folder-job.ts";
import { pipelineNamed } from "./pipelines.ts";
import { err, out, visible } from "./print.ts";
import { printDone, printFailures } from "./print-summary.ts";

/** `gammawatt run <folder>`: import what is new, fit what changed, write the report. */
export function runCommand(program: Command, done: (status: number) => void): void {
  folderCommand(
    program,
    "run",
    "import what is new, fit what changed, write the report",
    "where report and tables go (default: reports/<folder name>)",
  )
    .option("--dry-run", "say what would be done and why; write nothing")
    .option("--force", "compute everything again")
    .action(async (folder: string, flags: FolderFlags) => done(await run(folder, flags)));
}

async function run(folder: string, flags: FolderFlags): Promise<number> {
  const pipeline = pipelineNamed(flags.pipeline);
  const result = await folderJob(folder, flags.out ?? reportFolder(folder), flags, (options) => pipeline.run(options));
  if (result === undefined) return 1;
  if (flags.json) out(JSON.stringify(result.summary));
  else if (!flags.quiet) printResult(result, flags.dryRun === true);
  return printFailures(result.summary);
}

function printResult({ summary, verdicts, notes }: RunResult, dryRun: boolean): void {
  printDone(summary, dryRun ? "--json" : "summary.json");
  for (const line of verdicts) out(visible(line));
  for (const note of notes) err(visible(`note: ${note}`));
  if (!dryRun)
    for (const path of summary.outputs.filter((p) => p.endsWith("report.html"))) out(`report: ${path}   (${summary.seconds.toFixed(1)} s)`);
}
