import { random } from "../src/core/random.ts";
import { incidentPower, scattering } from "../src/physics/ports.ts";
import { ratesOf, steadyState } from "../src/physics/two-level.ts";
import { jointRoute } from "../src/routes/joint/joint.ts";
import type { PowerDataset } from "../src/routes/power/input.ts";
import { makeDataset } from "../src/tables/dataset.ts";

const [POWERS, POINTS, LABS] = [10, 101, 20];
const OMEGA = 2 * Math.PI * 5e9;
const LABELS = { cooldown: "bench", device: "", qubit: "q1" };
const RATES = ratesOf(
  [
    { gamma: 8000, n: 0.02 },
    { gamma: 20000, n: 0.02 },
  ],
  10000,
);

/** One joint fit: scattering at ten powers with a reference, and populations. */
export async function jointBench(): Promise<string[]> {
  const labs = Array.from({ length: LABS }, (_, i) => lab(i));
  const input = (datasets: PowerDataset[]) => ({
    labels: LABELS,
    datasets,
    facts: { device: "", qubit: { geometry: "reflection" as const }, readout: {} },
  });
  for (const datasets of labs.slice(0, 3)) jointRoute(input(datasets));
  const started = performance.now();
  let rows = 0;
  for (const datasets of labs) rows += jointRoute(input(datasets)).estimates.length;
  const milliseconds = (performance.now() - started) / LABS;
  return [
    `joint fit of one qubit: ${milliseconds.toFixed(0)} ms (${POWERS} powers of ${POINTS} points and a reference, ${rows / LABS} rows)`,
  ];
}

function lab(seed: number): PowerDataset[] {
  const source = random(seed + 1);
  const detunings = Array.from({ length: POINTS }, (_, i) => (i / (POINTS - 1) - 0.5) * 12 * RATES.gamma2);
  const noisy = (x: number, sigma: number) => x + sigma * source.normal();
  const trace = (kind: "scattering" | "reference", power: number, sigma: number, s: (delta: number) => { re: number; im: number }) => ({
    dataset: makeDataset({
      kind,
      kindInferred: false,
      labels: { ...LABELS, trace: "" },
      started: "",
      columns: [
        { name: "f", unit: "Hz", role: "frequency", values: Float64Array.from(detunings, (d) => (OMEGA + d) / 2 / Math.PI) },
        { name: "re", unit: "1", role: "s_re", port: "11", values: Float64Array.from(detunings, (d) => noisy(s(d).re, sigma)) },
        { name: "im", unit: "1", role: "s_im", port: "11", values: Float64Array.from(detunings, (d) => noisy(s(d).im, sigma)) },
        { name: "sigma", unit: "1", role: "sigma", values: new Float64Array(POINTS).fill(sigma) },
      ],
      conditions: power > 0 ? [{ name: "power", value: power, unit: "W" }] : [],
      axis: "single",
      noise: { type: "sigma" },
      notes: [],
    }),
  });
  const drives = Array.from({ length: POWERS }, (_, p) => Math.sqrt(10 ** (-1.3 + 0.3 * p) * RATES.total * RATES.gamma2));
  const powers = drives.map((omega) => incidentPower("one-port", OMEGA, omega, 8000));
  const populations = drives.map((omega) => noisy(steadyState(RATES, { omega, delta: 0 }).population, 3e-3));
  const table = makeDataset({
    kind: "population",
    kindInferred: false,
    labels: { ...LABELS, trace: "" },
    started: "",
    columns: [
      { name: "power", unit: "W", role: "power", values: Float64Array.from(powers) },
      { name: "p1", unit: "1", role: "population", values: Float64Array.from(populations) },
      { name: "sigma", unit: "1", role: "sigma", values: new Float64Array(POWERS).fill(3e-3) },
    ],
    conditions: [],
    axis: "single",
    noise: { type: "sigma" },
    notes: [],
  });
  return [
    ...drives.map((omega, p) => trace("scattering", powers[p]!, 3e-3, (delta) => scattering("one-port", RATES, { omega, delta }, 8000))),
    trace("reference", 0, 3e-4, () => ({ re: 1, im: 0 })),
    { dataset: table },
  ];
}
