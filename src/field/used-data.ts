import type { UsedData } from "./evaluator.ts";
import type { Experiment } from "./problem.ts";

/** Every finite value, experiment by experiment, time by time. A stated sigma that is no positive number leaves its value out. */
export function usedData(experiments: readonly Experiment[]): UsedData {
  const rows: { value: number; sigma: number; experiment: number; time: number; point: number }[] = [];
  experiments.forEach(({ values, sigma, points }, experiment) => {
    const n = points.x.length;
    for (let k = 0; k < values.length; k++) {
      const s = sigma ? sigma[k]! : 1;
      if (Number.isFinite(values[k]!) && s > 0 && Number.isFinite(s))
        rows.push({ value: values[k]!, sigma: s, experiment, time: Math.floor(k / n), point: k % n });
    }
  });
  return {
    values: Float64Array.from(rows, (r) => r.value),
    sigma: Float64Array.from(rows, (r) => r.sigma),
    experiment: Int32Array.from(rows, (r) => r.experiment),
    time: Int32Array.from(rows, (r) => r.time),
    point: Int32Array.from(rows, (r) => r.point),
    absolute: experiments.map(({ sigma }) => sigma !== undefined),
  };
}
