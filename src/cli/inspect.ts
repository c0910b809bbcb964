import { type InspectedFile, inspectFolder } from "../../pipelines/steps/inspect.ts";
import { inspectMessages } from "../core/messages/inspect.ts";
import type { Lab } from "../lab/load.ts";
import { isOfQubit, missingFacts, missingPositions } from "../lab/missing.ts";
import { columnsOf, type Dataset } from "../tables/dataset.ts";
import type { Command } from "./commander.ts";
import { inspectTable, inspectTotal } from "./inspect-table.ts";
import { out, ProgressLine, terminalWidth, visible } from "./print.ts";

/** `gammawatt inspect <path>`: what each file is, with inferred units marked, and what is missing. */
export function inspectCommand(program: Command, done: (status: number) => void): void {
  program
    .command("inspect")
    .argument("<path>", "a folder or one file")
    .description("what each file is: importer, kind, qubit, cooldown, axes with units (inferred ones marked), what is missing")
    .option("--all", "one row per file, however many there are")
    .option("--json", "print JSON")
    .option("--data", "with --json: the numbers too")
    .action(async (path: string, flags: { json?: true; data?: true; all?: true }) => {
      const progress = new ProgressLine(flags.json === true);
      const { files, lab } = await inspectFolder(path, (text) => progress.update(text));
      progress.clear();
      if (flags.json) out(JSON.stringify({ files: files.map((f) => fileJson(f, flags.data === true)) }));
      else {
        const table = inspectTable(files, { all: flags.all === true, width: terminalWidth() });
        out([...table, ...missing(files, lab), "", inspectTotal(files)].join("\n"));
      }
      const failed = files.some((f) => f.status === "failed");
      done(files.some((f) => f.status === "imported") ? (failed ? 2 : 0) : failed ? 1 : 0);
    });
}

function fileJson(f: InspectedFile, data: boolean) {
  const { path, importer, status, place, error } = f;
  const said = status === "failed" ? `${place}: ${error}` : error;
  return { path, importer: importer || null, datasets: f.datasets.map((d) => datasetJson(d, data)), error: said || null };
}

function datasetJson(d: Dataset, data: boolean) {
  const columns = columnsOf(d).map((c) => ({
    name: c.name,
    unit: c.unit,
    role: c.role,
    length: c.values.length,
    first: finite(c.values[0]),
    last: finite(c.values.at(-1)),
    inferred: c.inferred ?? null,
    ...(c.port === undefined ? {} : { port: c.port }),
    ...(data ? { values: Array.from(c.values, finite) } : {}),
  }));
  const { id, kind, labels, started, conditions, notes } = d;
  return { id, kind, labels, started: started || null, columns, conditions, notes };
}

/** JSON has no NaN: unknown is null. */
const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);

/** What the lab file could still say about the qubits found. */
function missing(files: readonly InspectedFile[], lab: Lab | undefined): string[] {
  const datasets = files.flatMap((f) => f.datasets).filter(isOfQubit);
  const groups = new Map(
    datasets.map(({ labels: { cooldown, device, qubit } }) => [JSON.stringify([cooldown, device, qubit]), { cooldown, device, qubit }]),
  );
  const sentences = [...missingFacts(lab, [...groups.values()]), ...missingPositions(lab, datasets)];
  return sentences.length > 0 ? ["", inspectMessages.sections.missing, ...sentences.map((s) => visible(`  ${s}`))] : [];
}
