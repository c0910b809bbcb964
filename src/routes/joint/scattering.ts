import type { JointBlock, JointParameter } from "../../fit/joint/joint-problem.ts";
import { SWEEP_NAMES, scatteringBlock } from "../../fit/joint/saturation-blocks.ts";
import { cholesky } from "../../numerics/cholesky.ts";
import type { PowerTrace } from "../power/power-traces.ts";
import type { Sweep } from "../power/sweep.ts";
import type { SweepFit } from "../power/sweep-fit.ts";
import type { Evidence } from "./evidence.ts";

/**
 * The scattering point by point. The reference's noise is an error of its own at each frequency, the same at every power: two parameters with their
 * prior, which the fit eliminates frequency by frequency, so that its correlations over the powers are those of the data and not an average.
 * Where a background was fitted to the very traces, or the reference has far fewer points than they, so that its noise is not one of each frequency, the
 * covariance goes with the sweep's four numbers, which then stand for the points.
 * @param reference rad/s, that offsets count from
 */
export function scatteringEvidence(sweep: Sweep, fit: SweepFit, reference: number): Evidence {
  const common = { held: "scattering" as const, datasets: sweep.datasets };
  if (sweep.extraCovariance || referenceIsSparse(sweep.traces))
    return {
      ...common,
      blocks: [summaryBlock(fit, reference)],
      own: [],
      lines: (rows) => [{ input: "fit of the sweep", contribution: Math.hypot(...rows) }],
    };
  const groups = byFrequency(sweep.traces, fit.sign);
  const referenced = groups.some((g) => g.eta > 0);
  const names = (i: number) => ({ re: `reference_re[${i}]`, im: `reference_im[${i}]` });
  const all = groups.flatMap((g) => g.points);
  const own: JointParameter[] = !referenced
    ? []
    : groups.flatMap(({ eta }, i) =>
        [names(i).re, names(i).im].map((name) =>
          eta > 0
            ? ({ name, unit: "1", start: 0, prior: { mean: 0, sigma: eta } } as const)
            : ({ name, unit: "1", start: 0, fixed: true } as const),
        ),
      );
  return {
    ...common,
    blocks: referenced
      ? groups.map(({ points }, i) => scatteringBlock(`S at frequency ${i}`, points, reference, names(i)))
      : [scatteringBlock("S", all, reference)],
    own,
    lines: (rows, reference_) => [
      { input: "noise of S", contribution: Math.hypot(...rows) },
      ...(referenced ? [{ input: "noise of the reference", contribution: Math.hypot(...reference_), shared: sweep.referenceShared }] : []),
    ],
  };
}

/** Whether the reference's noise at one frequency is that at most others. */
function referenceIsSparse(traces: readonly PowerTrace[]): boolean {
  const points = traces.flatMap((t) => t.points).filter((p) => p.eta > 0 && p.rests);
  const frequencies = new Set(points.map((p) => p.frequency)).size;
  const places = new Set(points.flatMap((p) => p.rests!.map((r) => r.place))).size;
  return frequencies > 1 && 2 * places < frequencies;
}

function byFrequency(traces: readonly PowerTrace[], sign: 1 | -1) {
  const groups = new Map<number, { eta: number; points: Parameters<typeof scatteringBlock>[1][number][] }>();
  for (const t of traces)
    for (const p of t.points) {
      const g = groups.get(p.frequency) ?? { eta: p.eta, points: [] };
      groups.set(p.frequency, g);
      g.points.push({ omega: 2 * Math.PI * p.frequency, power: t.pFit, re: p.re, im: sign * p.im, sigma: p.sigma });
    }
  return [...groups.values()];
}

/** The four numbers of a sweep with their covariance C: residuals L^-1 (q - q_fit), C = L L^T. No frequency noise can be read off them. */
function summaryBlock(fit: SweepFit, reference: number): JointBlock {
  const names = SWEEP_NAMES.slice(0, 4);
  const values = [fit.law.amplitude, fit.law.gamma2, fit.law.k, fit.law.resonance - reference];
  const size = fit.covariance.map((row, j) => Math.sqrt(row[j]!));
  const correlation = Float64Array.from({ length: 16 }, (_, i) => fit.covariance[i >> 2]![i & 3]! / size[i >> 2]! / size[i & 3]!);
  const factor = cholesky(correlation, 4);
  const solve = (x: readonly number[]) => {
    const out = [0, 0, 0, 0];
    for (let i = 0; i < 4; i++) {
      let s = x[i]!;
      for (let j = 0; j < i; j++) s -= factor![i * 4 + j]! * out[j]!;
      out[i] = s / factor![i * 4 + i]!;
    }
    return out;
  };
  return {
    name: "sweep",
    points: 4,
    parameters: names,
    evaluate(p, residual, jacobian) {
      if (!factor) return Number.NaN;
      const r = solve(values.map((v, j) => (p[j]! - v) / size[j]!));
      residual.set(r);
      for (let j = 0; j < 4; j++) jacobian.set(solve(values.map((_, i) => (i === j ? 1 / size[j]! : 0))), 4 * j);
      return r.reduce((s, x) => s + x * x, 0) / 2;
    },
  };
}
