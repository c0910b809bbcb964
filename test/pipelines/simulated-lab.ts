import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cooldown } from "../../pipelines/cooldown.ts";
import { simulateLab, writeFiles } from "../../src/simulate/lab-folder.ts";
import type { Experiment, LabSpec, LineSpec, QubitSpec } from "../../src/simulate/lab-spec.ts";
import type { LabTruth } from "../../src/simulate/truth-record.ts";
import { parseCsv } from "../cli/command.ts";
import { type PowerSweep, powerExperiments, powersFor } from "../simulate/power-experiments.ts";
import { optionsFor } from "./lab.ts";

const QUBIT: QubitSpec = {
  frequency: 5.0123e9,
  anharmonicity: -220e6,
  geometry: "reflection",
  position: [0, 0],
  gammaR: 8e3,
  gammaNr: 20e3,
  gammaPhi: 6e3,
  equilibrium: { from: "measured", population: { value: 0.02, sigma: 0.003 } },
  fluctuation: 0.03,
};
const LINE: Omit<LineSpec, "qubits"> = { attenuation: { value: 80, sigma: 0.05 }, origin: "cold-through" };
const SATURATIONS = [0.05, 0.15, 0.4, 1, 2.5, 6, 16];

export interface LabParts {
  readonly qubits?: Readonly<Record<string, Partial<QubitSpec>>>;
  readonly line?: Partial<LineSpec>;
  readonly saturations?: readonly number[];
  readonly sweep?: Partial<PowerSweep>;
  /** Beside scattering, populations and T1. */
  readonly more?: readonly Experiment[];
}

/** One cooldown of qubits on one line, each with twelve T1 traces and a power sweep; 41 points per trace, noise of 2 % of the line's depth. */
export function labWith({ qubits = { q1: {} }, line = {}, saturations = SATURATIONS, sweep = {}, more = [] }: LabParts): LabSpec {
  const specs = Object.fromEntries(Object.entries(qubits).map(([name, own]) => [name, { ...QUBIT, ...own }]));
  const experiments = Object.entries(specs).flatMap(([name, q]): Experiment[] => {
    const powers = powersFor(q, saturations, 0.02, LINE.attenuation.value);
    const t1 = 1 / (q.gammaR + q.gammaNr);
    return [
      { what: "t1-csv", qubit: name, repeats: 12, delays: { start: 0, stop: 6 * t1, points: 41 }, shots: 4000 },
      ...powerExperiments(name, q, 0.02, { powers, shots: 20_000, points: 41, noise: 0.02, stated: false, ...sweep }),
    ];
  });
  return {
    device: "chipA",
    readout: {
      p1Given0: { value: 0.015, sigma: 0.001 },
      p0Given1: { value: 0.045, sigma: 0.002 },
      driveToReadout: 40e-9,
      driveDuration: 800e-6,
      ifBandwidth: 100,
    },
    qubits: specs,
    lines: { drive1: { qubits: Object.keys(specs), ...LINE, ...line } },
    cooldowns: [{ name: "cd07", started: "2026-09-03", note: "", lines: {}, qubits: {}, experiments: [...experiments, ...more] }],
    exclude: [],
  };
}

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
