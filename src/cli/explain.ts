import { join } from "node:path";
import { type Explanation, explainFile } from "../../pipelines/steps/explain.ts";
import { reasonText } from "../core/messages/store.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import type { Command } from "./commander.ts";
import { out, visible } from "./print.ts";

/** `gammawatt explain <folder> <file>`: why this file was fitted, reused or refused: inputs, options, checks. */
export function explainCommand(program: Command, _done: (status: number) => void): void {
  program
    .command("explain")
    .argument("<folder>", "folder with measurement files")
    .argument("<file>", "a file in it")
    .description("why this file was fitted, reused or refused: inputs, options, checks")
    .option("--store <dir>", "where results are kept (default: <folder>/.gammawatt)")
    .action(async (folder: string, file: string, flags: { store?: string }) => {
      for (const line of lines(await explainFile(folder, flags.store ?? join(folder, ".gammawatt"), file))) out(visible(line));
    });
}

function lines({ file, reading, datasets, fits, planned }: Explanation): string[] {
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
    if (dataset.kind !== "decay") said.push("    not a decay: it is not fitted by itself");
  }
  for (const fit of fits) if (fit.axis === "mean") said.push(`  average ${fit.labels.trace}`, ...fitLines(fit.outcome, fit.rotation));
  for (const reason of planned) said.push(`  would be fitted: ${reasonText(reason)}`);
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
