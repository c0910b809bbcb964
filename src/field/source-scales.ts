import { cholesky, choleskySolve, forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
import type { FieldProblem } from "./problem.ts";

/** What the data say about the size of a source that is taken as known. */
export interface SourceScale {
  readonly name: string;
  /** Relative standard deviation as stated; NaN = none. */
  readonly stated: number;
  /** ln(size by the data / stated size), everything else fitted again, and its standard deviation; NaN where the data leave it open. */
  readonly shift: number;
  readonly sigma: number;
}

/** Part of a source's effect that must be left when everything else has adapted; below, it is rounding. */
const LEFT = 1e-8;

/**
 * One Gauss-Newton step in the logarithm of each known source's size, theta projected out: `V s = D^T W r` with `V = D^T W D - B^T H^-1 B`,
 * `B = J^T W D`. The other sources are as uncertain as stated, quite open where nothing is.
 */
export function sourceScales(problem: FieldProblem, minimum: FieldMinimum): SourceScale[] {
  const { at, evaluator, weight, factor } = minimum;
  const stated = new Map<string, number>();
  for (const { sources } of problem.experiments)
    for (const s of sources) if (s.scale === "known" && !stated.has(s.name)) stated.set(s.name, s.sigma);
  const names = [...stated.keys()];
  const n = names.length;
  const directions = names.map((name) => at.alongScale(name));
  const weighted = directions.map((d) => d.map((v, i) => weight[i]! * v));
  const followed = weighted.map((w) => forwardSolve(factor, at.transposed(w), at.theta.length));
  const score = weighted.map((w) => w.reduce((s, v, i) => s + v * (evaluator.data.values[i]! - at.model[i]!), 0));
  const whole = weighted.map((w, k) => dot(w, directions[k]!));
  return names.map((name, k) => {
    const v = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const own = names[i]!;
        const known = i === j && i !== k && stated.get(own)! > 0 ? 1 / stated.get(own)! ** 2 : 0;
        v[i * n + j] = dot(weighted[i]!, directions[j]!) - dot(followed[i]!, followed[j]!) + known;
      }
    // A source that is exact does not move.
    for (let i = 0; i < n; i++)
      if (i !== k && stated.get(names[i]!) === 0) for (let j = 0; j < n; j++) v[i * n + j] = v[j * n + i] = i === j ? whole[i]! : 0;
    const scored = score.map((s, i) => (i !== k && stated.get(names[i]!) === 0 ? 0 : s));
    const unit = Float64Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
    const open = names.some((_, i) => !(v[i * n + i]! > LEFT * whole[i]!));
    const solved = open ? undefined : cholesky(v, n, LEFT);
    if (!solved) return { name, stated: stated.get(name)!, shift: Number.NaN, sigma: Number.NaN };
    return {
      name,
      stated: stated.get(name)!,
      shift: choleskySolve(solved, scored, n)[k]!,
      sigma: Math.sqrt(choleskySolve(solved, unit, n)[k]!),
    };
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}
