import { random } from "../src/core/random.ts";
import { fitDecay } from "../src/fit/decay-fit.ts";
import { type Dataset, makeDataset } from "../src/tables/dataset.ts";

const POINTS = 101;
const TRACES = 2000;

/** Decay fits per second on one core, 101 delays each, all checks included. */
export async function fitBench(): Promise<string[]> {
  const traces = Array.from({ length: TRACES }, (_, i) => trace(i));
  const lines: string[] = [];
  for (const noise of ["unknown", "binomial"] as const) {
    const datasets = traces.map((t) => dataset(t, noise));
    for (const d of datasets.slice(0, 200)) fitDecay(d, {});
    const started = performance.now();
    let refused = 0;
    for (const d of datasets) if (fitDecay(d, {}).outcome.state === "refused") refused++;
    const seconds = (performance.now() - started) / 1000;
    lines.push(
      `decay fits, ${noise} noise: ${Math.round(TRACES / seconds)} per second on one core (${POINTS} points, ${refused} of ${TRACES} refused)`,
    );
  }
  return lines;
}

function trace(seed: number): { t: Float64Array; p: Float64Array } {
  const source = random(seed + 1);
  const rate = 1 / (20e-6 + 60e-6 * source.uniform());
  const t = Float64Array.from({ length: POINTS }, (_, i) => i * 2.5e-6);
  return { t, p: t.map((x) => source.binomial(2000, 0.02 + 0.93 * Math.exp(-rate * x)) / 2000) };
}

function dataset({ t, p }: { t: Float64Array; p: Float64Array }, noise: "unknown" | "binomial"): Dataset {
  return makeDataset({
    kind: "decay",
    kindInferred: false,
    labels: { cooldown: "bench", device: "", qubit: "q1", trace: "population" },
    started: "",
    columns: [
      { name: "delay", unit: "s", role: "delay", values: t },
      { name: "p1", unit: "1", role: "population", values: p },
    ],
    conditions: [],
    axis: "single",
    noise: noise === "binomial" ? { type: "binomial", shots: 2000 } : { type: "unknown" },
    notes: [],
  });
}
