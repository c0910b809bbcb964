import { median } from "../../numerics/quantile.ts";
import { type Complex, over } from "../../physics/complex.ts";
import { extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { between, noiseFromScatter } from "./noise-from-scatter.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";

/** Where the qubit-off value comes from. */
export interface Reference {
  readonly trace: ScatteringTrace;
  /** Noise per quadrature relative to |S_off| of one of its points; NaN = not known. */
  readonly eta: number;
  /** How the qubit was put out of the way (lab file). */
  readonly off: "detuned" | "far-points" | "high-power";
}

/** A reference with its noise: stated, else from the scatter of its points about their neighbours. */
export function referenceOf(whole: ScatteringTrace, off: Reference["off"] = "detuned"): Reference {
  const trace = off === "far-points" ? farPoints(whole) : whole;
  const size = median(trace.points.map((p) => Math.hypot(p.re, p.im)));
  const stated = median(trace.points.map((p) => p.sigma));
  return { trace, eta: (Number.isFinite(stated) ? stated : noiseFromScatter(whole.points, trace.complex)) / size, off };
}

/** The outer sixths: between them the qubit's own line may stand, and the reference is interpolated. */
function farPoints(trace: ScatteringTrace): ScatteringTrace {
  const n = trace.points.length;
  const edge = Math.max(1, Math.floor(n / 6));
  return { ...trace, points: trace.points.filter((_, i) => i < edge || i >= n - edge) };
}

/** A reference with the line that saturation or distance leaves in it taken out, by the law that the sweep itself gives. */
export function withoutLine(reference: Reference, law: SaturationLaw, sign: 1 | -1, power: number): Reference {
  const { trace } = reference;
  const points = trace.points.map((p) => {
    const x = extinctionOf(law, 2 * Math.PI * p.frequency, power);
    return { ...p, ...over(p, { re: 1 - x.re, im: -sign * x.im }) };
  });
  return { ...reference, trace: { ...trace, points } };
}

/** S over S_off, interpolated in amplitude and phase at each point's frequency (a point without frequency takes the mean of the reference). */
export function normalised(trace: ScatteringTrace, reference: Reference): ScatteringTrace {
  const complex = trace.complex && reference.trace.complex;
  const points = trace.points.map((p) => {
    const off = offAt(reference.trace.points, p.frequency);
    const size = Math.hypot(off.re, off.im);
    const s = complex ? over(p, off) : { re: Math.hypot(p.re, p.im) / size, im: 0 };
    return { ...p, ...s, sigma: p.sigma / size, eta: reference.eta };
  });
  return { ...trace, complex, points };
}

/** Beyond its ends the reference is taken as flat. */
function offAt(points: readonly ScatteringPoint[], frequency: number): Complex {
  const first = points[0]!;
  if (points.length === 1) return first;
  if (!Number.isFinite(frequency)) return meanOf(points);
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.frequency <= frequency) low = middle;
    else high = middle;
  }
  const [a, b] = [points[low]!, points[high]!];
  const span = b.frequency - a.frequency;
  return between(a, b, span > 0 ? Math.min(1, Math.max(0, (frequency - a.frequency) / span)) : 0);
}

function meanOf(points: readonly Complex[]): Complex {
  let re = 0;
  let im = 0;
  for (const p of points) {
    re += p.re / points.length;
    im += p.im / points.length;
  }
  return { re, im };
}
