import { type InspectedFile, inspectFolder } from "../../pipelines/steps/inspect.ts";
import type { Lab } from "../lab/load.ts";
import { missingFacts } from "../lab/missing.ts";
import { columnsOf, type Dataset } from "../tables/dataset.ts";
import type { Command } from "./commander.ts";
import { columns, out, ProgressLine, visible } from "./print.ts";

/** `gammawatt inspect <path>`: what each file is, with inferred units marked, and what is missing. */
export function inspectCommand(program: Command, done: (status: number) => void): void {
  program
    .command("inspect")
    .argument("<path>", "a folder or one file")
    .description("what each file is: importer, kind, qubit, cooldown, axes with units (inferred ones marked), what is missing")
    .option("--json", "print JSON")
    .option("--data", "with --json: the numbers too")
    .action(async (path: string, flags: { json?: true; data?: true }) => {
      const progress = new ProgressLine(flags.json === true);
      const { files, lab } = await inspectFolder(path, (text) => progress.update(text));
      progress.clear();
      if (flags.json) out(JSON.stringify({ files: files.map((f) => fileJson(f, flags.data === true)) }));
      else for (const line of [...describe(files), ...missing(files, lab)]) out(line);
      const failed = files.some((f) => f.status === "failed");
      done(files.some((f) => f.status === "imported") ? (failed ? 2 : 0) : failed ? 1 : 0);
    });
}

function fileJson(f: InspectedFile, data: boolean) {
  return { path: f.path, importer: f.importer || null, datasets: f.datasets.map((d) => datasetJson(d, data)), error: f.error || null };
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

/** One row per file and per group of like traces; notes below. */
function describe(files: readonly InspectedFile[]): string[] {
  const rows = [["file", "importer", "kind", "cooldown", "qubit", "traces", "columns"]];
  const remarks = new Map<string, string[]>();
  for (const f of files) {
    if (f.status !== "imported") {
      rows.push([visible(f.path), f.status === "failed" ? "FAILED" : "-", "", "", "", "", visible(f.error)]);
      continue;
    }
    for (const group of alike(f.datasets)) {
      const d = group[0]!;
      rows.push([
        visible(f.path),
        f.importer,
        d.kind + (d.kindInferred ? " (inferred)" : ""),
        visible(d.labels.cooldown || "-"),
        visible(d.labels.qubit),
        String(group.length),
        visible(columnText(d)),
      ]);
    }
    for (const note of new Set(f.datasets.flatMap((d) => d.notes.map((n) => n.text))))
      remarks.set(note, [...(remarks.get(note) ?? []), f.path]);
  }
  const lines = [...remarks].map(([note, paths]) => visible(`  ${severalFiles(paths)}: ${note}`));
  return [...columns(rows), ...(lines.length > 0 ? ["", "Inferred or noted:", ...lines] : [])];
}

/** The files that one note is about: a folder of a hundred like files has it once. */
const severalFiles = (paths: readonly string[]) => (paths.length < 3 ? paths.join(", ") : `${paths[0]} and ${paths.length - 1} more files`);

/** What the lab file could still say about the qubits found. */
function missing(files: readonly InspectedFile[], lab: Lab | undefined): string[] {
  const datasets = files.flatMap((f) => f.datasets).filter((d) => d.kind !== "other");
  const groups = new Map(
    datasets.map(({ labels: { cooldown, device, qubit } }) => [JSON.stringify([cooldown, device, qubit]), { cooldown, device, qubit }]),
  );
  const sentences = missingFacts(lab, [...groups.values()]);
  return sentences.length > 0 ? ["", "Missing:", ...sentences.map((s) => visible(`  ${s}`))] : [];
}

function columnText(d: Dataset): string {
  const parts = columnsOf(d).map((c) => `${c.name} [${c.unit}]${c.inferred ? "*" : ""} x ${c.values.length}`);
  const conditions = d.conditions.map((c) => `${c.name}=${Number(c.value.toPrecision(4))} ${c.unit}${c.inferred ? "*" : ""}`);
  return [...parts, ...conditions].join(", ");
}

/** Traces of one file that differ only in their index. */
function alike(datasets: readonly Dataset[]): Dataset[][] {
  const groups = new Map<string, Dataset[]>();
  for (const d of datasets) {
    const key = JSON.stringify([
      d.kind,
      d.labels.cooldown,
      d.labels.qubit,
      d.labels.trace.replace(/\[\d+\]$/, ""),
      columnsOf(d).map((c) => [c.name, c.unit, c.values.length]),
    ]);
    const group = groups.get(key);
    if (group) group.push(d);
    else groups.set(key, [d]);
  }
  return [...groups.values()];
}
