import { basename, join, resolve } from "node:path";
import type { RunOptions, RunResult } from "../../pipelines/steps/options.ts";
import { UserError } from "../core/errors.ts";
import { interrupted, notAJobNumber, nothingChanged } from "../core/messages/cli.ts";
import type { Command } from "./commander.ts";
import { pipelineNamed } from "./pipelines.ts";
import { err, out, ProgressLine, visible } from "./print.ts";

interface Flags {
  pipeline: string;
  out?: string;
  store?: string;
  jobs: number;
  qubit?: string;
  cooldown?: string;
  only?: string;
  dryRun?: true;
  crossCheck?: true;
  force?: true;
  json?: true;
  quiet?: true;
}

/** `gammawatt run <folder>`: import what is new, fit what changed, write the report. */
export function runCommand(program: Command, done: (status: number) => void): void {
  program
    .command("run")
    .argument("<folder>", "folder with measurement files")
    .description("import what is new, fit what changed, write the report")
    .option("--pipeline <name>", "cooldown (all routes) or decay (T1 only)", "cooldown")
    .option("--out <dir>", "where report and tables go (default: reports/<folder name>)")
    .option("--store <dir>", "where results are kept (default: <folder>/.gammawatt)")
    .option("--jobs <n>", "files read at the same time", jobs, 2)
    .option("--qubit <name>", "only this qubit")
    .option("--cooldown <name>", "only this cooldown")
    .option("--only <glob>", "only files whose path matches")
    .option("--dry-run", "say what would be done and why; write nothing")
    .option("--cross-check", "a second optimiser on every fit")
    .option("--force", "compute everything again")
    .option("--json", "one JSON summary on stdout, nothing else there")
    .option("--quiet", "print only errors")
    .action(async (folder: string, flags: Flags) => done(await run(folder, flags)));
}

function jobs(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1) throw new UserError(notAJobNumber(text));
  return n;
}

async function run(folder: string, flags: Flags): Promise<number> {
  const pipeline = pipelineNamed(flags.pipeline);
  const progress = new ProgressLine(flags.quiet === true || flags.json === true);
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onInterrupt);
  const options: RunOptions = {
    folder,
    out: flags.out ?? join("reports", basename(resolve(folder)) || "root"),
    store: flags.store ?? join(folder, ".gammawatt"),
    jobs: flags.jobs,
    ...(flags.qubit === undefined ? {} : { qubit: flags.qubit }),
    ...(flags.cooldown === undefined ? {} : { cooldown: flags.cooldown }),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    dryRun: flags.dryRun === true,
    crossCheck: flags.crossCheck === true,
    force: flags.force === true,
    command: ["gammawatt", ...process.argv.slice(2)].join(" "),
    onProgress: (text) => progress.update(text),
    signal: stop.signal,
  };
  try {
    const result = await pipeline.run(options);
    progress.clear();
    if (flags.json) out(JSON.stringify(result.summary));
    else if (!flags.quiet) printResult(result, flags.dryRun === true);
    for (const f of result.summary.failures) err(visible(`failed: ${where(f)}: ${f.message}`));
    return result.summary.failures.length > 0 ? 2 : 0;
  } catch (error) {
    progress.clear();
    if (!stop.signal.aborted) throw error;
    err(interrupted(folder));
    return 1;
  } finally {
    process.removeListener("SIGINT", onInterrupt);
    process.removeListener("SIGTERM", onInterrupt);
  }
}

/** The place holds the file's name, unless it is in the lab file. */
const where = ({ file, place }: { file: string; place: string }) => (place.startsWith(file) ? place : place ? `${file} (${place})` : file);

const REASONS_SHOWN = 12;

function printResult(result: RunResult, dryRun: boolean): void {
  const { counts, reasons, seconds, outputs } = result.summary;
  const f = counts.files;
  out(
    `files: ${f.new} new, ${f.changed} changed, ${f.unchanged} unchanged, ${f.unrecognised} not recognised, ${f.failed} failed` +
      `   fits: ${counts.fits.run} ${dryRun ? "to run" : "run"}, ${counts.fits.reused} reused, ${counts.fits.refused} refused`,
  );
  if (reasons.length === 0) out(nothingChanged());
  const all = grouped(reasons, true);
  const lines = all.length > REASONS_SHOWN ? grouped(reasons, false) : all;
  for (const line of lines.slice(0, REASONS_SHOWN)) out(visible(`  ${line}`));
  if (lines.length > REASONS_SHOWN)
    out(`  ... and ${lines.length - REASONS_SHOWN} more (all of them: ${dryRun ? "--json" : "summary.json"})`);
  for (const line of result.verdicts) out(visible(line));
  for (const note of result.notes) err(visible(`note: ${note}`));
  if (!dryRun) for (const path of outputs.filter((p) => p.endsWith("report.html"))) out(`report: ${path}   (${seconds.toFixed(1)} s)`);
}

/** One line per stage, file and change, with the number of like ones (43 repeats of a file are one line); what is simply new may be only counted. */
function grouped(reasons: RunResult["summary"]["reasons"], nameNew: boolean): string[] {
  const counts = new Map<string, number>();
  for (const r of reasons) {
    // A fit's new input is its file's new content, told at the import already.
    const change = r.stage === "fit" && r.code === "input-changed" ? "" : [r.before, r.after].filter(Boolean).join(" -> ");
    const where = r.code === "new-input" && !nameNew ? "" : `  ${r.file}`;
    const line = `${r.stage.padEnd(6)}${where}  ${r.code}${change ? `: ${change}` : ""}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, n]) => (n > 1 ? `${line}  (${n})` : line));
}
