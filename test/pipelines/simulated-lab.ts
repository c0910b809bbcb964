import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cooldown } from "../../pipelines/cooldown.ts";
import { simulateLab, writeFiles } from "../../src/simulate/lab-folder.ts";
import type { LabSpec } from "../../src/simulate/lab-spec.ts";
import type { LabTruth } from "../../src/simulate/truth-record.ts";
import { parseCsv } from "../cli/command.ts";
import { optionsFor } from "./lab.ts";

export type Row = Readonly<Record<string, string>>;

export interface LabRun {
  readonly truth: LabTruth;
  readonly rows: readonly Row[];
  /** As the terminal shows them. */
  readonly verdicts: readonly string[];
  readonly report: string;
  /** The row of one number. */
  row(quantity: string, estimator: string, qubit?: string): Row;
}

/** Simulates the lab, lets its people write something else into the lab file, and runs the pipeline on the folder. */
export async function runLab(spec: LabSpec, seed: number, edit: (yaml: string) => string = (yaml) => yaml): Promise<LabRun> {
  const folder = join(mkdtempSync(join(tmpdir(), "gammawatt-simulated-")), "lab");
  const { files, truth } = simulateLab(spec, seed);
  const edited = files.map((f) =>
    f.path === "gammawatt.yaml" ? { ...f, bytes: new TextEncoder().encode(edit(new TextDecoder().decode(f.bytes))) } : f,
  );
  await writeFiles(folder, edited);
  const options = optionsFor(folder, { jobs: 1 });
  const { summary, verdicts } = await cooldown.run(options);
  if (summary.failures.length > 0) throw new Error(summary.failures.map((f) => `${f.file}: ${f.message}`).join("\n"));
  const rows = parseCsv(readFileSync(join(options.out, "estimates.csv"), "utf8"));
  return {
    truth,
    rows,
    verdicts,
    report: readFileSync(join(options.out, "report.html"), "utf8"),
    row: (quantity, estimator, qubit = "q1") => {
      const found = rows.find(
        (r) => r.quantity === quantity && r.estimator === estimator && r.qubit === qubit && r.condition === "combined",
      );
      if (!found) throw new Error(`no row ${quantity} ${estimator} of ${qubit}`);
      return found;
    },
  };
}

/** How far a row lies from the truth, in its standard deviations. */
export function pull(row: Row, truth: number): number {
  return (Number(row.value) - truth) / Number(row.sigma);
}
