import { autocorrelationTime } from "./autocorrelation-time.ts";

/** A density in any number of dimensions and where the walkers start. */
export interface EnsembleProblem {
  /** ln of the density, up to a constant; -Infinity outside its support. NaN counts as outside. */
  readonly logDensity: (x: Float64Array) => number;
  /** Start of each walker, inside the support and not all in one plane; an even number, at least twice the dimension. */
  readonly walkers: readonly Float64Array[];
  /** Steps of the whole ensemble. */
  readonly steps: number;
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
}

/** What the walkers visited. */
export interface EnsembleChain {
  /** `position[(k * walkers + w) * dimension + d]` after step k. */
  readonly position: Float64Array;
  readonly steps: number;
  readonly walkers: number;
  readonly dimension: number;
  /** Share of the moves that were accepted. */
  readonly acceptance: number;
}

/** Goodman and Weare's scale: z in [1/2, 2] with density 1/sqrt(z). */
const STRETCH = 2;

/**
 * Affine-invariant ensemble sampler with the stretch move (Goodman and Weare, Comm. App. Math. Comp. Sci. 5, 65 (2010), eq. 7 to 9): a walker moves
 * along the line to one of the other half of the ensemble by z, and is accepted with probability min(1, z^(d-1) p(y)/p(x)). Linear changes of variables
 * do not change its performance, so that correlated and badly scaled parameters need no tuning. Deterministic by the source of `uniform`.
 * @throws RangeError where the walkers are too few, odd, or start outside the support.
 */
export function ensembleSample({ logDensity, walkers, steps, uniform }: EnsembleProblem): EnsembleChain {
  const count = walkers.length;
  const dimension = walkers[0]?.length ?? 0;
  if (dimension < 1 || count % 2 !== 0 || count < 2 * dimension || !(steps >= 1))
    throw new RangeError(
      `ensembleSample: ${count} walkers in ${dimension} dimensions, ${steps} steps; an even number >= 2 d of walkers is needed`,
    );
  const at = walkers.map((x) => x.slice());
  const density = at.map(logDensity);
  if (!density.every((v) => v > Number.NEGATIVE_INFINITY)) throw new RangeError("ensembleSample: a walker starts outside the support");
  const position = new Float64Array(steps * count * dimension);
  const half = count / 2;
  const trial = new Float64Array(dimension);
  let accepted = 0;
  const move = (w: number, other: Float64Array) => {
    const z = ((STRETCH - 1) * uniform() + 1) ** 2 / STRETCH;
    const x = at[w]!;
    for (let d = 0; d < dimension; d++) trial[d] = other[d]! + z * (x[d]! - other[d]!);
    const next = logDensity(trial);
    if (!(Math.log(1 - uniform()) < (dimension - 1) * Math.log(z) + next - density[w]!)) return;
    x.set(trial);
    density[w] = next;
    accepted++;
  };
  for (let k = 0; k < steps; k++) {
    // Each half moves against the other, which stands still: the product density is kept exactly.
    for (let w = 0; w < count; w++) move(w, at[(w < half ? half : 0) + Math.floor(uniform() * half)]!);
    for (let w = 0; w < count; w++) position.set(at[w]!, (k * count + w) * dimension);
  }
  return { position, steps, walkers: count, dimension, acceptance: accepted / (steps * count) };
}

/** Values of a function of the position, from a step on: `values[k * walkers + w]`, with their autocorrelation time and effective number. */
export function traceOf(chain: EnsembleChain, from: number, of: (x: Float64Array) => number) {
  const { walkers, dimension } = chain;
  const steps = chain.steps - from;
  const values = new Float64Array(steps * walkers);
  for (let i = 0; i < values.length; i++) {
    const start = (from * walkers + i) * dimension;
    values[i] = of(chain.position.subarray(start, start + dimension));
  }
  const tau = autocorrelationTime((k, w) => values[k * walkers + w]!, steps, walkers);
  return { values, tau, effective: values.length / tau };
}
