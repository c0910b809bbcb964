import { solveSquare } from "../numerics/solve-square.ts";
import type { Grid } from "./grid.ts";
import { lawsOn, type Parametrisation, parametrise, type References } from "./parametrisation.ts";
import type { Experiment, FieldProblem } from "./problem.ts";
import { withExactSources } from "./source-law.ts";
import { splineNear } from "./spline-fit.ts";

/** Rates and sizes to begin with, and the logarithms of relative source scales by parameter name. */
export interface FirstGuess {
  readonly references: References;
  readonly logScales: ReadonlyMap<string, number>;
}

/**
 * gamma0 and relative scales from the balance of energy averaged over the domain, by least squares over all intervals between times,
 * `E(t2) - E(t1) = sum_s scale_s int R_s dt - gamma0 int E dt` (0 on the left for steady maps; what passes through the sides is taken for loss),
 * gamma2 such that energy diffuses over a tenth of the domain.
 */
export function firstGuess(problem: FieldProblem, grid: Grid): FirstGuess {
  const u = problem.experiments.map(({ values }) => values.reduce((top, v) => (Math.abs(v) > top ? Math.abs(v) : top), 0) || 1);
  const sides = problem.domain.map(([low, high]) => high - low);
  const unit = { gamma0: 1, gamma2: 1, u };
  const parametrisation = parametrise({ ...withExactSources(problem), gamma0: { type: "constant" } }, unit);
  const { densities } = lawsOn(grid, parametrisation, problem.experiments).at(new Float64Array(parametrisation.parameters.length));
  const volume = grid.volumes.reduce((a, b) => a + b, 0);
  const scales = parametrisation.parameters.filter(({ kind }) => kind === "scale").map(({ name }) => name);
  const n = 1 + scales.length;
  const [matrix, right] = [new Float64Array(n * n), new Float64Array(n)];
  problem.experiments.forEach((experiment, e) => {
    const power = densities[e]!.map((density) => density.reduce((s, v, k) => s + v * grid.volumes[k]!, 0) / volume);
    for (const { gain, stored, on } of intervalsOf(experiment)) {
      const row = new Float64Array(n);
      let value = gain;
      row[0] = -stored;
      experiment.sources.forEach(({ name, scale }, s) => {
        const absorbed = power[s]! * on[s]!;
        if (scale === "relative") row[1 + scales.indexOf(`scale ${name}`)]! += absorbed;
        else value -= absorbed;
      });
      const size = Math.max(Math.abs(value), ...row.map(Math.abs)) || 1;
      const weight = (experiment.times ? 1 / u[e]! : 1 / size) ** 2;
      for (let i = 0; i < n; i++) {
        right[i]! += weight * row[i]! * value;
        for (let j = 0; j < n; j++) matrix[i * n + j]! += weight * row[i]! * row[j]!;
      }
    }
  });
  const solved = solveSquare(matrix, right, n);
  const gamma0 = solved?.[0] && solved[0] > 0 ? solved[0] : fallbackRate(problem);
  const logScales = new Map(scales.map((name, s) => [name, solved && solved[1 + s]! > 0 ? Math.log(solved[1 + s]!) : 0]));
  return { references: { gamma0, gamma2: gamma0 * (Math.max(...sides) / 10) ** 2, u }, logScales };
}

/** Mean energy gained, time integral of the mean energy, and for how long each source was on, between neighbouring times. */
function intervalsOf(experiment: Experiment): { gain: number; stored: number; on: number[] }[] {
  const { times, points, values, sources } = experiment;
  const n = points.x.length;
  const meanOver = (use: (k: number) => boolean, row: number) => {
    let [sum, count] = [0, 0];
    for (let k = 0; k < n; k++)
      if (use(k)) {
        sum += values[row * n + k]!;
        count++;
      }
    return sum / count;
  };
  const finite = (row: number, k: number) => row < 0 || Number.isFinite(values[row * n + k]!);
  if (!times) return [{ gain: 0, stored: meanOver((k) => finite(0, k), 0), on: sources.map(() => 1) }];
  const out: { gain: number; stored: number; on: number[] }[] = [];
  const empty = experiment.start === "empty" && times[0]! > experiment.from;
  for (let row = empty ? -1 : 0; row + 1 < times.length; row++) {
    const both = (k: number) => finite(row, k) && finite(row + 1, k);
    const before = row < 0 ? 0 : meanOver(both, row);
    const after = meanOver(both, row + 1);
    if (!Number.isFinite(before) || !Number.isFinite(after)) continue;
    const [from, to] = [row < 0 ? experiment.from : times[row]!, times[row + 1]!];
    const on = sources.map((source) => source.on.reduce((s, [a, b]) => s + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0));
    out.push({ gain: after - before, stored: ((before + after) / 2) * (to - from), on });
  }
  return out;
}

/** One over the length of the longest film. */
function fallbackRate(problem: FieldProblem): number {
  const lengths = problem.experiments.map(({ times }) => (times ? times.at(-1)! - times[0]! : 0));
  return 1 / (Math.max(...lengths) || 1);
}

/** theta at the guess: logs at zero, scales as guessed, unknown starts near the first snapshot. */
export function thetaOf(problem: FieldProblem, parametrisation: Parametrisation, guess: FirstGuess): Float64Array {
  const theta = Float64Array.from(parametrisation.parameters, ({ name }) => guess.logScales.get(name) ?? 0);
  for (const { experiment, spline, from } of parametrisation.starts) {
    const { points, values } = problem.experiments[experiment]!;
    const snapshot = values.subarray(0, points.x.length);
    const coefficients = splineNear(spline, points, snapshot);
    if (coefficients)
      theta.set(
        coefficients.map((c) => c / guess.references.u[experiment]!),
        from,
      );
  }
  return theta;
}
