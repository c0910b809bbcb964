import { benchOf } from "./bench-of.ts";
import type { SimulatedFile } from "./experiment-files.ts";
import type { LabSpec, SiteSpec } from "./lab-spec.ts";
import { drawInputs } from "./lab-truth.ts";
import { measure } from "./measure.ts";
import { respond } from "./qubit-experiments.ts";
import { stream } from "./streams.ts";
import { digits } from "./writers/csv.ts";

/** `qubits_u.csv` with the populations and `qubits_r.csv` with the powers absorbed at the same time, one row per qubit. */
export function siteFiles(spec: LabSpec, cooldown: string, { powers, shots, powerError }: SiteSpec, seed: number): SimulatedFile[] {
  const inputs = drawInputs(spec, seed);
  const stated = 1 + powerError * stream(seed, "shared input files.qubits_r.csv.uncertainty").normal();
  const populations: string[] = [];
  const absorbed: string[] = [];
  for (const [qubit, power] of Object.entries(powers)) {
    const read = { what: "saturation", qubit, powers: [power], shots, withFrequency: false } as const;
    const bench = benchOf(spec, inputs, cooldown, read, seed);
    const [recording] = measure(bench, read);
    if (recording?.kind !== "saturation") throw new RangeError(`no population of ${qubit}`);
    populations.push(`${qubit},${digits(recording.p1[0]!)},${shots}`);
    const watts = 1e-3 * 10 ** ((power - bench.attenuation) / 10);
    absorbed.push(`${qubit},${digits(respond(bench.qubit, watts, bench.qubit.frequency).work * stated * 1e18)}`);
  }
  const table = (path: string, lines: readonly string[]) => ({
    path: `${cooldown}/${path}`,
    bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
  });
  return [table("qubits_u.csv", ["qubit,p1,shots", ...populations]), table("qubits_r.csv", ["qubit,power [aW]", ...absorbed])];
}

/** Their entries in the lab file. */
export function siteEntries({ powerError }: SiteSpec): string[] {
  return [
    'match: "{cooldown}/qubits_u.csv", kind: field, columns: { population: p1, shots: shots }',
    `match: "{cooldown}/qubits_r.csv", kind: field-source, uncertainty: ${digits(100 * powerError)} %, columns: { r_total: "power [aW]" }`,
  ];
}
