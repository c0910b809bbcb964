import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/ports.ts";
import type { PortLayout } from "./port-layout.ts";
import type { PowerTrace } from "./power-traces.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";
import { fitSweep, type SweepFit } from "./sweep-fit.ts";

/** Magnitudes on resonance as signed, real S, with their fit over power. */
export interface OnResonance {
  readonly traces: readonly PowerTrace[];
  readonly fit: SweepFit | undefined;
  readonly remark: string;
}

/** Half-widths of the weakest line within which a point stands on resonance: 1 - S is lower there by the square of it. */
const NEAR = 0.05;

/**
 * Estimators 7 and 8 of magnitudes: S on resonance is real, and so `1 - Re S = 1 - sgn |S|`. The sign of a reflection changes where saturation takes
 * `Gr|z_eq|/G2` below 1 + S: of all powers at which it could change, the one is taken with which `1/(1 - S)` is linear in power.
 * A wave that is seen alone, and S21 past a qubit beside a line (which takes half of Gr, G2 >= G1/2), have no sign to lose.
 */
export function onResonance(traces: readonly PowerTrace[], layout: PortLayout, statedHertz: number): OnResonance | Check {
  const found = resonanceOf(traces, statedHertz);
  if ("code" in found) return found;
  const signless = layout.reading === "wave" || layout.law === "two-sided";
  const magnitudes = traces.map((t) => ({ ...t, points: [meanOf(found.pick(t), found.hertz, layout)] }));
  if (signless) return { traces: magnitudes, fit: fitOf(magnitudes), remark: "" };
  return withSigns(magnitudes);
}

/** The points of a trace that stand on resonance. */
function resonanceOf(traces: readonly PowerTrace[], stated: number) {
  const all = new Set(traces.flatMap((t) => t.points.map((p) => p.frequency)));
  if (all.size === 1) return { hertz: [...all][0]!, pick: (t: PowerTrace) => t.points };
  const weakest = traces[0]!.points;
  // Squared twice, so that the noise of the far points does not pull the middle.
  const weight = (p: ScatteringPoint) => Math.abs(1 - p.re * p.re - p.im * p.im) ** 2;
  const deepest = Math.max(...weakest.map(weight));
  const total = weakest.reduce((a, p) => a + weight(p), 0);
  const middle = weakest.reduce((a, p) => a + (weight(p) * p.frequency) / total, 0);
  const inside = weakest.filter((p) => weight(p) > deepest / 4).map((p) => p.frequency);
  const half = (Math.max(...inside) - Math.min(...inside)) / 2;
  const hertz = Math.abs(stated - middle) < half / 4 ? stated : middle;
  const pick = (t: PowerTrace) => t.points.filter((p) => Math.abs(p.frequency - hertz) <= NEAR * half);
  const nearest = Math.max(...traces.map((t) => Math.min(...t.points.map((p) => Math.abs(p.frequency - hertz))))) / half;
  if (!(nearest <= NEAR)) return check("off_resonance", false, say.offResonance(nearest), nearest, NEAR);
  return { hertz, pick };
}

/** Points of one power as one: the mean magnitude, without what noise adds to it, as the real S that the layout makes of it. */
function meanOf(points: readonly ScatteringPoint[], frequency: number, layout: PortLayout): ScatteringPoint {
  const n = points.length;
  const sigma = Math.sqrt(points.reduce((a, p) => a + p.sigma ** 2, 0)) / n;
  const { eta, rests } = points[0]!;
  const wave = layout.reading === "wave";
  const square = points.reduce((a, p) => {
    const [re, im] = wave ? [1 - p.re, -p.im] : [p.re, p.im];
    return a + (re * re + im * im) / n;
  }, 0);
  // The other quadrature's noise.
  const magnitude = Math.sqrt(Math.max(0, square - (Number.isFinite(sigma) ? points[0]!.sigma ** 2 : 0)));
  return { frequency, re: wave ? 1 - magnitude : magnitude, im: 0, sigma, eta, rests };
}

function fitOf(traces: readonly PowerTrace[]): SweepFit | undefined {
  return fitSweep(traces.flatMap((t) => t.points.map((p) => ({ ...p, omega: 2 * Math.PI * p.frequency, power: t.pFit }))));
}

/** A change of chi2 below which an assignment of signs is as good as the best, and noise around zero in which the sign means nothing. */
const AS_GOOD = 9;
const AROUND_ZERO = 3;

function withSigns(magnitudes: readonly PowerTrace[]): OnResonance | Check {
  const n = magnitudes.length;
  if (n < 3) return check("sign_undecided", false, say.fewPowers(), n, 3);
  const known = magnitudes.every((t) => t.points.every((p) => p.sigma > 0));
  const strongest = magnitudes.at(-1)!.pFit;
  // Unknown noise is that of a receiver, constant in volts; its size follows from the best assignment.
  const sigmaOf = (t: PowerTrace) => (known ? t.points[0]!.sigma : Math.sqrt(strongest / t.pFit) * SMALL);
  const candidates = Array.from({ length: n + 1 }, (_, flips) => {
    const traces = magnitudes.map((t, i) => ({
      ...t,
      points: t.points.map((p) => ({ ...p, re: i < flips ? -p.re : p.re, sigma: sigmaOf(t) })),
    }));
    const fit = fitOf(traces);
    // Deeper than twice the incident wave nothing passive can be.
    return fit && fit.law.amplitude < DEEPEST ? { flips, traces, fit } : undefined;
  }).filter((c) => c !== undefined);
  const best = candidates.reduce((a, b) => (!a || b.fit.chi2 < a.fit.chi2 ? b : a), candidates[0]);
  if (!best) return check("sign_undecided", false, say.signUndecided());
  const scale = known ? Math.max(1, best.fit.chi2 / best.fit.dof) : best.fit.chi2 / best.fit.dof;
  const rivals = candidates.filter((c) => c !== best && (c.fit.chi2 - best.fit.chi2) / scale < AS_GOOD);
  const undecided = rivals.some((c) =>
    best.traces.some((t, i) => {
      const p = t.points[0]!;
      return p.re * c.traces[i]!.points[0]!.re < 0 && Math.abs(p.re) > AROUND_ZERO * Math.sqrt(scale) * p.sigma;
    }),
  );
  if (undecided) return check("sign_undecided", false, say.signUndecided());
  const grown = best.traces.map((t) => ({
    ...t,
    points: t.points.map((p) => ({ ...p, sigma: known ? p.sigma : p.sigma * Math.sqrt(scale) })),
  }));
  return { traces: grown, fit: fitOf(grown) ?? best.fit, remark: say.signTold(best.flips) };
}

const SMALL = 1e-3;
const DEEPEST = 2.05;
