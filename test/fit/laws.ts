import type { Random } from "../../src/core/random.ts";
import type { DecayModel } from "../../src/fit/model.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import { qutritCounts } from "../../src/fit/qutrit-counts.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { delays } from "./traces.ts";

/** Longest delay of a measurement of this law: five times its slowest decay. */
export function windowOf(law: DecayModel, p: readonly number[]): number {
  const at = (name: string) => p[law.parameters.findIndex((q) => q.name === name)]!;
  if (law.name === "biexponential") return 5 / at("rate1");
  if (law.name === "quasiparticle") return 5 / at("gamma_r");
  if (law.name === "coupled_defect") return 10 / (at("rate") + at("defect_rate"));
  return 5 / at("rate");
}

/** Exact values; a law of several channels at every delay in each of p1, p2. */
export function clean(law: DecayModel, p: readonly number[], t: Float64Array): Signal {
  if (!law.channels) return { t, y: t.map((x) => law.evaluate(p, x)), noise: { type: "unknown" }, unit: "1" };
  const twice = Float64Array.from([...t, ...t]);
  const channel = Uint8Array.from(twice, (_, i) => (i < t.length ? 0 : 1));
  return { t: twice, y: twice.map((x, i) => law.evaluate(p, x, channel[i])), noise: { type: "unknown" }, unit: "1", channel };
}

/** Counts; of a qutrit, three outcomes from the same shots. */
export function counted(law: DecayModel, p: readonly number[], t: Float64Array, shots: number, source: Random): Signal {
  const all = new Float64Array(t.length).fill(shots);
  if (!law.channels)
    return {
      t,
      y: t.map((x) => source.binomial(shots, law.evaluate(p, x)) / shots),
      noise: { type: "binomial", shots: all },
      unit: "1",
    };
  const n2 = t.map((x) => source.binomial(shots, law.evaluate(p, x, 1)));
  const n1 = t.map((x, i) => (n2[i] === shots ? 0 : source.binomial(shots - n2[i]!, law.evaluate(p, x, 2))));
  return qutritCounts(t, n1, n2, all);
}

/** Counts of a channel on which nothing happens. */
export function flatCounts(t: Float64Array, shots: number, source: Random): Signal {
  const y = t.map(() => source.binomial(shots, 0.4) / shots);
  return { t, y, noise: { type: "binomial", shots: new Float64Array(t.length).fill(shots) }, unit: "1" };
}

export interface GlobalSearch {
  /** Share of the seeds whose minimum is no higher than the one found from the truth. */
  readonly global: number;
  readonly trials: number;
  readonly notConverged: number;
}

/** How often the law's own starts reach a minimum no higher than the one reached from the truth (a thousandth of a sigma allowed). */
export function globalSearch(
  law: DecayModel,
  p: readonly number[],
  points: number,
  shots: number,
  source: Random,
  trials: number,
): GlobalSearch {
  const t = delays(points, windowOf(law, p));
  let [global, notConverged] = [0, 0];
  for (let k = 0; k < trials; k++) {
    const signal = counted(law, p, t, shots, source);
    const own = fitLawFrom(law, signal, law.starts(signal));
    const best = fitLawFrom(law, signal, [p]);
    if (!own) notConverged++;
    else if (!best || own.fit.minimum.objective <= best.fit.minimum.objective + 1e-3) global++;
  }
  return { global: global / trials, trials, notConverged };
}
