import type { Random } from "../../core/random.ts";
import { orthonormalBasis } from "../../numerics/orthonormal.ts";
import { mean } from "../../numerics/quantile.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";

/** A source of traces like the fitted one, with the law at the optimum as truth. */
export interface Resampler {
  readonly draw: (source: Random) => Signal;
  /** Skewness of the noise of each point in units of its standard deviation. */
  readonly skewness: Float64Array;
  /** Points so far that a population's limits held at 0 or 1. */
  readonly clipped: () => number;
}

/** Traces with the signal's own noise: counts, stated sigma, sigma relative to the law, or the scale found from the residuals. */
export function parametricResampler(fit: LawFit, signal: Signal): Resampler {
  const { values, weight, scale } = fit;
  const { noise } = signal;
  if (noise.type === "binomial") {
    // Rounding may leave the optimum a hair outside 0..1.
    const q = values.map((v) => Math.min(Math.max(v, 0), 1));
    const skewness = q.map((v, i) => (v > 0 && v < 1 ? (1 - 2 * v) / Math.sqrt(noise.shots[i]! * v * (1 - v)) : 0));
    return { draw: (source) => countsLike(signal, noise.shots, q, source), skewness, clipped: () => 0 };
  }
  const draw = (source: Random) => ({ ...signal, y: values.map((v, i) => v + (scale / weight[i]!) * source.normal()) });
  return { draw, skewness: new Float64Array(values.length), clipped: () => 0 };
}

/**
 * Counts with these probabilities. Where a law has channels, a row of channel 2 holds the shots that the row of channel 1 before it left over
 * (`qutrit-counts.ts`): they follow the simulated counts, and a row without shots is left out.
 */
function countsLike(signal: Signal, shots: Float64Array, q: Float64Array, source: Random): Signal {
  const { t, channel } = signal;
  const rows: { readonly i: number; readonly count: number; readonly shots: number }[] = [];
  for (let i = 0; i < q.length; i++) {
    const before = rows[rows.length - 1];
    const rest = channel?.[i] === 2 && before && channel[before.i] === 1 && t[before.i] === t[i];
    const n = rest ? before.shots - before.count : shots[i]!;
    if (n > 0) rows.push({ i, count: source.binomial(n, q[i]!), shots: n });
  }
  return {
    ...signal,
    t: Float64Array.from(rows, (r) => t[r.i]!),
    y: Float64Array.from(rows, (r) => r.count / r.shots),
    noise: { type: "binomial", shots: Float64Array.from(rows, (r) => r.shots) },
    ...(channel ? { channel: Uint8Array.from(rows, (r) => channel[r.i]!) } : {}),
  };
}

/** A point that the law follows entirely has no residual to draw. */
const LEVERAGE_LIMIT = 1 - 1e-9;

/**
 * Traces whose whitened residuals are drawn with replacement from r_i/sqrt(1 - h_i), h the leverage, centred (Davison and Hinkley 1997, sec. 6.3 and 7.2):
 * their variance is that of the noise whatever the number of parameters. Populations of counts are kept inside 0..1.
 */
export function residualResampler(fit: LawFit, signal: Signal): Resampler {
  const m = signal.t.length;
  const leverage = new Float64Array(m);
  for (const q of orthonormalBasis(fit.tangents, m)) for (let i = 0; i < m; i++) leverage[i]! += q[i]! * q[i]!;
  const corrected = [...fit.residual.keys()]
    .filter((i) => leverage[i]! < LEVERAGE_LIMIT)
    .map((i) => fit.residual[i]! / Math.sqrt(1 - leverage[i]!));
  const centre = mean(corrected);
  const pool = corrected.map((r) => centre - r);
  const variance = mean(pool.map((r) => r * r));
  let clipped = 0;
  const draw = (source: Random): Signal => ({
    ...signal,
    y: fit.values.map((v, i) => {
      const y = v + pool[Math.floor(source.uniform() * pool.length)]! / fit.weight[i]!;
      const inside = fit.likelihood.bounded ? Math.min(Math.max(y, 0), 1) : y;
      if (inside !== y) clipped++;
      return inside;
    }),
  });
  const skewness = variance > 0 ? mean(pool.map((r) => r ** 3)) / variance ** 1.5 : 0;
  return { draw, skewness: new Float64Array(m).fill(skewness), clipped: () => clipped };
}
