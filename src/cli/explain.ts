import { join } from "node:path";
import { type Explanation, explainFile } from "../../pipelines/steps/explain.ts";
import type { DetailOptions } from "../../pipelines/steps/explain-fit.ts";
import { UserError } from "../core/errors.ts";
import { badTraces } from "../core/messages/explain.ts";
import { reasonText } from "../core/messages/store.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import type { Command } from "./commander.ts";
import { detailLines } from "./explain-details.ts";
import { fieldLines, isOfMap } from "./explain-field.ts";
import { out, visible } from "./print.ts";

/** `gammawatt explain <folder> <file>`: why this file was fitted, reused or refused: inputs, options, checks. */
export function explainCommand(program: Command, _done: (status: number) => void): void {
  program
    .command("explain")
    .argument("<folder>", "folder with measurement files")
    .argument("<file>", "a file in it")
    .description("why this file was fitted, reused or refused: inputs, options, checks")
    .option("--store <dir>", "where results are kept (default: <folder>/.gammawatt)")
    .option("--intervals", "fit again and print covariance, profile, bootstrap and sampled intervals side by side")
    .option("--coverage <traces>", "simulate so many traces at the fit and count how often the printed intervals hold the truth", traces)
    .option("--law <name>", "look at this decay law (default: exponential)")
    .option("--trace <label>", "only this trace of the file")
    .action(async (folder: string, file: string, flags: Flags) => {
      const explained = await explainFile(folder, flags.store ?? join(folder, ".gammawatt"), file, detailOf(flags));
      for (const line of lines(explained)) out(visible(line));
      for (const details of explained.details) for (const line of detailLines(details)) out(visible(line));
    });
}

interface Flags {
  readonly store?: string;
  readonly intervals?: boolean;
  readonly coverage?: number;
  readonly law?: string;
  readonly trace?: string;
}

/** A law or a trace that is named without saying what of it means its intervals. */
function detailOf({ intervals, coverage = 0, law, trace = "" }: Flags): DetailOptions | undefined {
  if (!intervals && coverage === 0 && law === undefined && trace === "") return undefined;
  return { law: law ?? "exponential", intervals: intervals ?? coverage === 0, coverage, trace };
}

function traces(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new UserError(badTraces(text));
  return n;
}

function lines({ file, reading, datasets, fits, planned, field }: Explanation): string[] {
  const { result } = file;
  const said = [file.path, `  ${file.bytes} bytes, sha256 ${file.sha256.slice(0, 16)}, ${file.change} since the last run`];
  if (file.match) said.push(`  lab file: ${file.match.entry.place}, match "${file.match.entry.match}"`);
  if (result.status !== "imported") return [...said, `  ${result.status}: ${result.message}`];
  said.push(
    `  ${reading ? `would be read: ${reasonText(reading)}` : "its import is in the store"} (importer ${result.importer} ${result.version})`,
  );
  for (const { dataset } of datasets) {
    const { cooldown, device, qubit, trace } = dataset.labels;
    said.push(`  ${dataset.id}  ${dataset.kind}  ${[cooldown, device, qubit].filter(Boolean).join("/")}  ${trace}`);
    for (const note of dataset.notes) said.push(`    note: ${note.text}`);
    const own = fits.filter((f) => f.dataset === dataset.id);
    for (const fit of own) said.push(...fitLines(fit.outcome, fit.rotation));
    if (dataset.kind !== "decay" && !isOfMap(dataset.kind)) said.push("    not a decay: it is not fitted by itself");
  }
  for (const fit of fits) if (fit.axis === "mean") said.push(`  average ${fit.labels.trace}`, ...fitLines(fit.outcome, fit.rotation));
  said.push(...fieldLines(field));
  for (const reason of [...planned, ...field.planned]) said.push(`  would be fitted: ${reasonText(reason)}`);
  return said;
}

function fitLines(outcome: FitOutcome, rotation: string): string[] {
  const t1 = parameterOf(outcome, "t1");
  const head = t1
    ? `    in the store: ${outcome.model}, T1 = ${Number((t1.value * 1e6).toPrecision(5))} ± ${Number((t1.sigma * 1e6).toPrecision(2))} us`
    : `    in the store: refused: ${outcome.state === "refused" ? outcome.sentence : outcome.model}`;
  const failed = outcome.checks.filter((c) => !c.holds).map((c) => `    check ${c.code}: ${c.sentence}`);
  return [head, `    ${[outcome.method, rotation].filter(Boolean).join("; ")}`, ...failed];
}
