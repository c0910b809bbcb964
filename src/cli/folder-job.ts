import { basename, join, resolve } from "node:path";
import { Interrupted, type RunOptions } from "../../pipelines/steps/options.ts";
import { UserError } from "../core/errors.ts";
import { interrupted, notAJobNumber } from "../core/messages/cli.ts";
import type { Command } from "./commander.ts";
import { err, ProgressLine, visible } from "./print.ts";

/** What commands that analyse a folder have in common. */
export interface FolderFlags {
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

/** @param out what `--out` is for, with its default */
export function folderCommand(program: Command, name: string, description: string, out: string): Command {
  return program
    .command(name)
    .argument("<folder>", "folder with measurement files")
    .description(description)
    .option("--pipeline <name>", "cooldown (all routes), decay (T1 only) or field-map (maps only)", "cooldown")
    .option("--out <dir>", out)
    .option("--store <dir>", "where results are kept (default: <folder>/.gammawatt)")
    .option("--jobs <n>", "files read at the same time", jobs, 2)
    .option("--qubit <name>", "only this qubit")
    .option("--cooldown <name>", "only this cooldown")
    .option("--only <glob>", "only files whose path matches")
    .option("--cross-check", "a second optimiser on every fit")
    .option("--json", "one JSON summary on stdout, nothing else there")
    .option("--quiet", "print only errors");
}

function jobs(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1) throw new UserError(notAJobNumber(text));
  return n;
}

/** `reports/<folder name>`, relative to the working directory. */
export function reportFolder(folder: string): string {
  return join("reports", basename(resolve(folder)) || "root");
}

/**
 * Runs a job on a folder, with progress on a terminal; Ctrl-C ends it between two files.
 * @returns what the job gave, or undefined when it was interrupted, which has been said
 */
export async function folderJob<T>(
  folder: string,
  out: string,
  flags: FolderFlags,
  job: (options: RunOptions) => Promise<T>,
): Promise<T | undefined> {
  const progress = new ProgressLine(flags.quiet === true || flags.json === true);
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onInterrupt);
  const options: RunOptions = {
    folder,
    out,
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
    return await job(options);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    progress.clear();
    if (error instanceof Interrupted) err(visible(error.message));
    err(interrupted());
    return undefined;
  } finally {
    progress.clear();
    process.removeListener("SIGINT", onInterrupt);
    process.removeListener("SIGTERM", onInterrupt);
  }
}
