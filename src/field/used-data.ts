import type { UsedData } from "./evaluator.ts";
import type { Experiment } from "./problem.ts";

/** Every finite value, experiment by experiment, time by time. A stated sigma that is no positive number leaves its value out. */
export function usedData(experiments: readonly Experiment[]): UsedData {
  const uses = ({ values, sigma }: Experiment, k: number) =>
    Number.isFinite(values[k]!) && (!sigma || (sigma[k]! > 0 && Number.isFinite(sigma[k]!)));
  let n = 0;
  for (const experiment of experiments) for (let k = 0; k < experiment.values.length; k++) if (uses(experiment, k)) n++;
  const used = {
    values: new Float64Array(n),
    sigma: new Float64Array(n),
    experiment: new Int32Array(n),
    time: new Int32Array(n),
    point: new Int32Array(n),
    absolute: experiments.map(({ sigma }) => sigma !== undefined),
  };
  let i = 0;
  experiments.forEach((experiment, e) => {
    const { values, sigma, points } = experiment;
    for (let k = 0; k < values.length; k++) {
      if (!uses(experiment, k)) continue;
      used.values[i] = values[k]!;
      used.sigma[i] = sigma ? sigma[k]! : 1;
      used.experiment[i] = e;
      used.time[i] = Math.floor(k / points.x.length);
      used.point[i++] = k % points.x.length;
    }
  });
  return used;
}
