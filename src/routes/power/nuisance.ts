import { cholesky } from "../../numerics/cholesky.ts";
import type { Complex } from "../../physics/complex.ts";
import type { LineParameter, LineShape } from "./line-shape.ts";
import type { PowerTrace } from "./power-traces.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** Something that moves every normalised S together, one standard deviation of it. */
export interface Nuisance {
  readonly input: string;
  readonly shared: string;
  /** Change of S at this point. */
  move(point: ScatteringPoint): Complex;
}

const WORDS: Readonly<Record<LineParameter, string>> = {
  gain: "reference (gain of the fitted line)",
  tilt: "reference (tilt of the fitted line)",
  phase: "phase of the fitted line",
  delay: "phase (delay of the fitted line)",
  mismatch: "phase of the mismatch",
  turn: "phase of the chain",
  lag: "phase (delay of the chain)",
};

/** Correlated numbers as independent directions (columns of the covariance's Cholesky factor), each named after the number that it is first. */
export function nuisancesOf(shape: LineShape, covariance: readonly (readonly number[])[], shared: string): Nuisance[] {
  const n = covariance.length;
  const factor = cholesky(covariance.flat(), n);
  return shape.parameters.map((name, j) => ({
    input: WORDS[name],
    shared: `${name}:${shared}`,
    move: (p) => {
      let [re, im] = [0, 0];
      shape.parameters.forEach((other, i) => {
        const size = factor ? factor[i * n + j]! : Number.NaN;
        if (size === 0) return;
        const d = shape.correctedBy(other, p, p.frequency);
        re += size * d.re;
        im += size * d.im;
      });
      return { re, im };
    },
  }));
}

/** What nuisances add to the law's covariance: each moves all points, and the fit follows them. */
export function addedCovariance(fit: SweepFit, traces: readonly PowerTrace[], nuisances: readonly Nuisance[]): number[][] {
  const points = traces.flatMap((t) => t.points);
  const moved = nuisances.map((n) => {
    const moves = points.map((p) => n.move(p));
    return fit.influence.re.map((re, j) => moves.reduce((sum, m, i) => sum + re[i]! * m.re + fit.influence.im[j]![i]! * m.im, 0));
  });
  const size = fit.influence.re.length;
  return Array.from({ length: size }, (_, j) => Array.from({ length: size }, (_, k) => moved.reduce((sum, m) => sum + m[j]! * m[k]!, 0)));
}
