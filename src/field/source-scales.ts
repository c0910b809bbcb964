import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { times } from "./gauss-newton.ts";
import type { FieldProblem } from "./problem.ts";
import { followed, LEAST_LEFT } from "./score-test.ts";

/** What the data say about the size of a source that is taken as known. */
export interface SourceScale {
  readonly name: string;
  /** Relative standard deviation as stated; NaN = none. */
  readonly stated: number;
  /** ln(size by the data / stated size), everything else fitted again, and its standard deviation; NaN where the data leave it open. */
  readonly shift: number;
  readonly sigma: number;
}

/** Rounds of following (`followed`): a size that everything else can make up for must be told from one that is only weakly determined. */
const ROUNDS = 3;

/** Part of a stated variance that the data must take away to have said something. */
const SOMETHING = 1e-4;

/** What the data alone say of a size that is fitted with a stated error as prior: their part of the posterior, by precisions. */
function statedScales({ evaluator, at, factor }: FieldMinimum): SourceScale[] {
  return evaluator.parameters.flatMap(({ stated }, j) => {
    if (!stated) return [];
    const { source: name, sigma } = stated;
    const unit = new Float64Array(at.theta.length);
    unit[j] = 1;
    const variance = choleskySolve(factor, unit, unit.length)[j]!;
    const share = 1 - variance / sigma ** 2;
    const told = share > SOMETHING;
    return [
      {
        ...{ name, stated: sigma },
        shift: told ? at.theta[j]! / share : Number.NaN,
        sigma: told ? Math.sqrt(variance / share) : Number.NaN,
      },
    ];
  });
}

/** What the data say about the size of every source that is not relative. */
export function sourceScales(problem: FieldProblem, minimum: FieldMinimum): SourceScale[] {
  return [...statedScales(minimum), ...heldScales(problem, minimum)];
}

/**
 * One Gauss-Newton step in the logarithm of the size of each source that is held, everything fitted following it: `V s = D^T W r` with
 * `V = min_F (D - J F)^T W (D - J F) + F^T P F`. Sources without a stated error are quite open.
 */
function heldScales(problem: FieldProblem, minimum: FieldMinimum): SourceScale[] {
  const { at, weight, prior } = minimum;
  const stated = new Map<string, number>();
  for (const { sources } of problem.experiments)
    for (const s of sources) if (s.scale === "known" && !(s.sigma > 0) && !stated.has(s.name)) stated.set(s.name, s.sigma);
  const names = [...stated.keys()];
  const n = names.length;
  const directions = names.map((name) => at.alongScale(name));
  const parts = directions.map((d) => followed(minimum, d, at, ROUNDS));
  const held = parts.map(({ follow }) => times(prior, follow));
  const score = parts.map((part) => part.score);
  const product = (a: Float64Array, b: Float64Array) => a.reduce((s, v, i) => s + weight[i]! * v * b[i]!, 0);
  return names.map((name, k) => {
    const v = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        v[i * n + j] = product(parts[i]!.left, parts[j]!.left) + parts[i]!.follow.reduce((t, f, q) => t + f * held[j]![q]!, 0);
      }
    // A source that is exact does not move.
    for (let i = 0; i < n; i++)
      if (i !== k && stated.get(names[i]!) === 0) for (let j = 0; j < n; j++) v[i * n + j] = v[j * n + i] = i === j ? parts[i]!.whole : 0;
    const scored = score.map((s, i) => (i !== k && stated.get(names[i]!) === 0 ? 0 : s));
    const unit = Float64Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
    const open = names.some((_, i) => !(v[i * n + i]! > LEAST_LEFT * parts[i]!.whole));
    const solved = open ? undefined : cholesky(v, n, LEAST_LEFT);
    if (!solved) return { name, stated: stated.get(name)!, shift: Number.NaN, sigma: Number.NaN };
    return {
      name,
      stated: stated.get(name)!,
      shift: choleskySolve(solved, scored, n)[k]!,
      sigma: Math.sqrt(choleskySolve(solved, unit, n)[k]!),
    };
  });
}
