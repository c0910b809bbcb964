import type { Complex } from "../../physics/complex.ts";
import { extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { LAW_PARAMETERS } from "./line-problem.ts";
import type { PowerTrace } from "./power-traces.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";
import type { Sweep } from "./sweep.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** How a number that was read off a trace changes with the measured S of one point. */
export interface Weight {
  readonly point: ScatteringPoint;
  readonly re: number;
  readonly im: number;
}

/** S of the operating point, and how it depends on the data. */
export interface Reading {
  readonly s: Complex;
  /** Re(1 - S); NaN for magnitudes. */
  readonly extinction: number;
  /** Incident minus what comes out coherently, over incident: one port 1 - |S11|^2; two-sided 1 - |S21|^2 - |S21 - 1|^2; of magnitudes 1 - |S|^2. */
  readonly loss: number;
  readonly extinctionWeights: readonly Weight[];
  readonly lossWeights: readonly Weight[];
  /** d ln(extinction) and d ln(loss) with respect to the law's parameters; undefined where no law was used. */
  readonly shape: { readonly extinction: readonly number[]; readonly loss: readonly number[] } | undefined;
  readonly method: "line" | "nearest" | "interpolated";
}

/** Points that the line shape is fitted to; fewer are read off singly. */
const FEWEST_FOR_LINE = 7;

/** Share of a half-width around the drive over which any smooth line has the law's shape to less than 1 %. */
const LOCAL = 1 / 5;

/**
 * S at drive frequency w: where the trace resolves the line, the sweep's line shape scaled to this trace alone (1 - S = a M(w), a free per power,
 * so that powers stay independent); else the mean of the points nearest to w. A line that is not of the law's shape is scaled over the points around w
 * alone: W/(n_e - n_eq) is immune to slow frequency noise as long as S is read where the population was (PHYSICS.md sec. 1).
 */
export function readTrace(sweep: Sweep, trace: PowerTrace, omega: number): Reading | undefined {
  const { fit } = sweep;
  const frequencies = new Set(trace.points.map((p) => p.frequency)).size;
  const ports = outgoing(sweep);
  if (fit?.free.includes("gamma2") && frequencies >= FEWEST_FOR_LINE && sweep.complex) {
    const used = sweep.lorentzian ? trace : around(trace, fit, omega);
    if (used) return readLine(fit, used, omega, ports, sweep.lorentzian);
  }
  return readNearest(trace, omega, sweep.complex, ports);
}

/** The points near the drive; undefined where they are too few to be told from their noise. */
function around(trace: PowerTrace, fit: SweepFit, omega: number): PowerTrace | undefined {
  const reach = LOCAL * fit.law.gamma2 * Math.sqrt(1 + fit.law.k * trace.pFit);
  const points = trace.points.filter((p) => Math.abs(2 * Math.PI * p.frequency - omega) <= reach);
  return points.length >= 3 ? { ...trace, points } : undefined;
}

/** Coherent waves that carry 1 - S: `loss = 2x - outgoing |1 - S|^2`. A magnitude knows only its own. */
function outgoing(sweep: Pick<Sweep, "outgoing" | "complex">): number {
  return sweep.complex ? sweep.outgoing : 1;
}

/** S of the fitted law at a power that was not swept. */
export function readLaw(sweep: Sweep, fit: SweepFit, power: number, omega: number): Reading {
  const at = (law: SaturationLaw) => valuesOf(extinctionOf(law, omega, power), fit.sign, outgoing(sweep));
  return { ...at(fit.law), extinctionWeights: [], lossWeights: [], shape: shapeOf(fit, at), method: "interpolated" };
}

function valuesOf(x: Complex, sign: number, ports: number) {
  return { s: { re: 1 - x.re, im: -sign * x.im }, extinction: x.re, loss: 2 * x.re - ports * (x.re * x.re + x.im * x.im) };
}

/** @param both whether Im S tells the scale as well: the ratio of both parts, Delta/G2, is that of a Lorentzian line alone */
function readLine(fit: SweepFit, trace: PowerTrace, omega: number, ports: number, both: boolean): Reading {
  const scaled = (law: SaturationLaw) => {
    const shape = trace.points.map((p) => {
      const m = extinctionOf(law, 2 * Math.PI * p.frequency, trace.pFit);
      return { re: m.re, im: both ? fit.sign * m.im : 0, weight: 1 / (p.sigma * p.sigma + p.eta * p.eta * (p.re * p.re + p.im * p.im)) };
    });
    let top = 0;
    let bottom = 0;
    trace.points.forEach((p, i) => {
      const m = shape[i]!;
      // 1 - S has real part 1 - Re S and imaginary part -Im S.
      top += m.weight * (m.re * (1 - p.re) - m.im * p.im);
      bottom += m.weight * (m.re * m.re + m.im * m.im);
    });
    const factor = top / bottom;
    const m = extinctionOf(law, omega, trace.pFit);
    return { factor, bottom, shape, m, values: valuesOf({ re: factor * m.re, im: factor * m.im }, fit.sign, ports) };
  };
  const best = scaled(fit.law);
  const extinctionWeights = trace.points.map((point, i) => {
    const m = best.shape[i]!;
    const c = (-m.weight / best.bottom) * best.m.re;
    return { point, re: c * m.re, im: c * m.im };
  });
  const m2 = best.m.re * best.m.re + best.m.im * best.m.im;
  const lossPerExtinction = 2 - (2 * ports * best.factor * m2) / best.m.re;
  return {
    ...best.values,
    extinctionWeights,
    lossWeights: extinctionWeights.map((w) => ({ point: w.point, re: w.re * lossPerExtinction, im: w.im * lossPerExtinction })),
    shape: shapeOf(fit, (law) => scaled(law).values),
    method: "line",
  };
}

function readNearest(trace: PowerTrace, omega: number, complex: boolean, ports: number): Reading | undefined {
  const distance = (p: ScatteringPoint) => (Number.isFinite(omega) ? Math.abs(2 * Math.PI * p.frequency - omega) : 0);
  const nearest = Math.min(...trace.points.map(distance));
  const points = trace.points.filter((p) => distance(p) <= nearest * (1 + 1e-12));
  const first = points[0];
  // A point elsewhere is another measurement: beyond the trace's ends by more than its widest step, or than 1 ppm where it has one frequency.
  const steps = trace.points.slice(1).map((p, i) => p.frequency - trace.points[i]!.frequency);
  const reach = Math.max(2 * Math.PI * Math.max(0, ...steps), 1e-6 * omega);
  if (!first || nearest > reach) return undefined;
  const n = points.length;
  const s = { re: points.reduce((a, p) => a + p.re, 0) / n, im: points.reduce((a, p) => a + p.im, 0) / n };
  return {
    s,
    extinction: complex ? 1 - s.re : Number.NaN,
    loss: 2 * (1 - s.re) - ports * ((1 - s.re) ** 2 + s.im * s.im),
    extinctionWeights: points.map((point) => ({ point, re: -1 / n, im: 0 })),
    lossWeights: points.map((point) => ({ point, re: (-2 + 2 * ports * (1 - s.re)) / n, im: (-2 * ports * s.im) / n })),
    shape: undefined,
    method: "nearest",
  };
}

/** Own noise of a read number: root of the sum of squared weights times variances. */
export function readingSigma(weights: readonly Weight[]): number {
  return Math.sqrt(weights.reduce((sum, w) => sum + (w.re * w.re + w.im * w.im) * w.point.sigma ** 2, 0));
}

/** Central differences, a tenth of each parameter's error wide. */
function shapeOf(fit: SweepFit, at: (law: SaturationLaw) => { readonly extinction: number; readonly loss: number }): Reading["shape"] {
  const parts = LAW_PARAMETERS.map((name, j) => {
    const step = 0.1 * Math.sqrt(fit.covariance[j]![j]!);
    if (!fit.free.includes(name)) return { extinction: 0, loss: 0 };
    const up = at({ ...fit.law, [name]: fit.law[name] + step });
    const down = at({ ...fit.law, [name]: fit.law[name] - step });
    return {
      extinction: Math.log(up.extinction / down.extinction) / (2 * step),
      loss: (2 * (up.loss - down.loss)) / (up.loss + down.loss) / (2 * step),
    };
  });
  return { extinction: parts.map((p) => p.extinction), loss: parts.map((p) => p.loss) };
}
