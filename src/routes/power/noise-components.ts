import type { Complex } from "../../physics/complex.ts";

/** What a fit leaves of one point, and the noise it was taken to have. */
export interface Residual {
  readonly frequency: number;
  /** Measured minus fitted S. */
  readonly re: number;
  readonly im: number;
  /** Measured S: an error of the reference moves the point by as much as this. */
  readonly s: Complex;
  /** Own noise per quadrature, and the reference's relative to |S|, from the scatter along the traces. */
  readonly sigma: number;
  readonly eta: number;
}

/** Factors on the noise that was assumed. */
export interface NoiseComponents {
  readonly own: readonly number[];
  readonly reference: number;
}

/**
 * Own noise of every trace and noise of the reference from the residuals of a fit, by maximum likelihood (EM for a one-factor model): what is common to
 * all powers at one frequency is the reference's, `r = S delta + e`. To subtract an assumed power of the reference instead would make a trace's own noise
 * nothing wherever the reference happened to be taken as too noisy.
 * @param parameters numbers that the fit had free
 * @param known whether the reference's noise is stated
 */
export function noiseComponents(traces: readonly (readonly Residual[])[], parameters: number, known: boolean): NoiseComponents {
  const groups = new Map<number, { trace: number; r: Residual }[]>();
  traces.forEach((residuals, trace) => {
    for (const r of residuals) groups.set(r.frequency, [...(groups.get(r.frequency) ?? []), { trace, r }]);
  });
  const quadratures = 2 * traces.reduce((n, t) => n + t.length, 0);
  const left = 1 - parameters / quadratures;
  let own = traces.map(() => 1);
  let reference = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const squares = traces.map(() => 0);
    let [common, referenced] = [0, 0];
    for (const group of groups.values()) {
      const eta = reference * (group[0]!.r.eta || 0);
      let [precision, re, im] = [eta > 0 ? 1 / eta ** 2 : Number.POSITIVE_INFINITY, 0, 0];
      for (const { trace, r } of group) {
        const w = 1 / (own[trace]! * r.sigma) ** 2;
        precision += w * (r.s.re ** 2 + r.s.im ** 2);
        re += w * (r.s.re * r.re + r.s.im * r.im);
        im += w * (r.s.re * r.im - r.s.im * r.re);
      }
      const [a, b] = [re / precision, im / precision];
      for (const { trace, r } of group) {
        const [x, y] = [r.re - (r.s.re * a - r.s.im * b), r.im - (r.s.re * b + r.s.im * a)];
        squares[trace]! += (x * x + y * y + (2 * (r.s.re ** 2 + r.s.im ** 2)) / precision) / r.sigma ** 2;
      }
      if (!(eta > 0)) continue;
      common += (a * a + b * b + 2 / precision) / group[0]!.r.eta ** 2;
      referenced += 2;
    }
    own = squares.map((square, t) => Math.sqrt(square / (2 * traces[t]!.length * left)));
    if (!known && referenced > 0) reference = Math.sqrt((SCATTER_DOF + common) / (SCATTER_DOF + referenced));
  }
  return { own, reference };
}

const ROUNDS = 40;

/** Residuals that say as much about a noise power as the scatter along one trace does (relative variance 0.06). */
const SCATTER_DOF = 33;
