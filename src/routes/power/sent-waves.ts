import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/ports.ts";
import type { PortLayout } from "./port-layout.ts";
import { effectiveS, type OffWaves } from "./port-waves.ts";
import { offReader, type Reference } from "./reference.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";

/** What the qubit sends into the second port over what it sends into the first, `(S_b - C_b)/(S_a - C_a)`, from all points of all powers. */
export interface EmissionRatio {
  readonly re: number;
  readonly im: number;
  /** Per quadrature. */
  readonly sigma: number;
}

export function emissionRatio(traces: readonly ScatteringTrace[], reference: Reference): EmissionRatio {
  let [re, im, weight, own, common] = [0, 0, 0, 0, 0];
  const read = offReader(reference);
  for (const t of traces)
    t.points.forEach((a, i) => {
      const b = t.others[0]?.[i];
      if (!b) return;
      const off = read(a.frequency);
      const [x, y] = [apart(a, off, 0), apart(b, off, 1)];
      const square = x.re * x.re + x.im * x.im;
      re += x.re * y.re + x.im * y.im;
      im += x.re * y.im - x.im * y.re;
      // What noise adds to a square is no wave.
      weight += square - 2 * (a.sigma ** 2 + off.noise[0]! ** 2);
      own += square * (a.sigma ** 2 + b.sigma ** 2);
      common += Math.sqrt(square) * Math.hypot(off.noise[0]!, off.noise[1]!);
    });
  // The reference's noise repeats with every power.
  const repeated = common / Math.sqrt(traces.reduce((n, t) => n + t.points.length, 0) / traces.length);
  return { re: re / weight, im: im / weight, sigma: Math.hypot(Math.sqrt(own), repeated) / weight };
}

function apart(p: ScatteringPoint, off: OffWaves, j: number) {
  return { re: p.re - off.s[j]!.re, im: p.im - off.s[j]!.im };
}

/** Whether a line that goes on shows the same wave in both directions (mirror symmetry); within 4 sigma of two quadratures. */
export function emissionCheck(ratio: EmissionRatio): Check {
  const sigmas = Math.hypot(ratio.re - 1, ratio.im) / ratio.sigma;
  const agree = sigmas < 4;
  const sentence = agree ? say.emissionAgrees(ratio.re, ratio.im, sigmas) : say.emissionDisagrees(ratio.re, ratio.im, sigmas);
  return check("reflection_disagrees", agree, sentence, sigmas, 4);
}

/** All that the qubit sends out coherently over |1 - S|^2 of the incident power: Gr over the driven port's share of it, the same at every point. */
export function coherentShare(traces: readonly ScatteringTrace[], references: readonly Reference[], layout: PortLayout): number {
  const [reference] = references;
  if (!reference) return Number.NaN;
  const read = offReader(reference);
  let [top, bottom] = [0, 0];
  for (const t of traces)
    t.points.forEach((p, i) => {
      const on = [p, ...t.others.map((o) => o[i]!)];
      const off = read(p.frequency);
      const s = effectiveS(layout, on, off);
      const depth = (1 - s.re) ** 2 + s.im ** 2 - 2 * s.sigma ** 2;
      let [sent, total] = [0, 0];
      on.forEach((q, j) => {
        const o = off.s[j]!;
        sent += ((q.re - o.re) ** 2 + (q.im - o.im) ** 2 - 2 * q.sigma ** 2) / off.gains[j]!;
        total += (o.re * o.re + o.im * o.im) / off.gains[j]!;
      });
      // Deep points lead.
      top += (depth * sent) / total;
      bottom += depth * depth;
    });
  return top / bottom;
}
