import { median } from "../../numerics/quantile.ts";
import { over } from "../../physics/complex.ts";
import { extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import type { LineShape } from "./line-shape.ts";
import { noiseFromScatter } from "./noise-from-scatter.ts";
import { interpolated, type OffValue, straight } from "./off-value.ts";
import type { PortBalance } from "./port-balance.ts";
import type { PortLayout } from "./port-layout.ts";
import { effectiveS, type OffWaves } from "./port-waves.ts";
import { everyPort, type ScatteringPoint, type ScatteringTrace } from "./scattering-traces.ts";

/** Where the qubit-off value comes from. */
export interface Reference {
  readonly trace: ScatteringTrace;
  /** Noise per quadrature of one of its points at every port of the trace; NaN = not known. */
  readonly noise: readonly number[];
  /** How the qubit was put out of the way (lab file). */
  readonly off: "detuned" | "far-points" | "high-power" | "through";
  /** Gains of the return chains of a multiport. */
  readonly balance: PortBalance | undefined;
}

/** A reference with its noise: stated, else from the scatter of its points about their neighbours. */
export function referenceOf(whole: ScatteringTrace, off: Reference["off"] = "detuned", balance?: PortBalance): Reference {
  const trace = off === "far-points" ? everyPort(whole, farPoints) : whole;
  const noise = [whole.points, ...whole.others].map((points) => {
    const stated = median(points.map((p) => p.sigma));
    return Number.isFinite(stated) ? stated : noiseFromScatter(points, whole.complex);
  });
  return { trace, noise, off, balance };
}

/** The outer sixths: between them the qubit's own line may stand, and the reference is the straight line through all of them. */
function farPoints<T>(points: readonly T[]): readonly T[] {
  const edge = Math.max(1, Math.floor(points.length / 6));
  return points.filter((_, i) => i < edge || i >= points.length - edge);
}

/** A reference with the line that saturation or distance leaves in it taken out, by the law that the sweep itself gives. */
export function withoutLine(reference: Reference, law: SaturationLaw, sign: 1 | -1, power: number, shape?: LineShape): Reference {
  const { trace } = reference;
  const points = trace.points.map((p) => {
    const x = extinctionOf(law, 2 * Math.PI * p.frequency, power);
    const s = { re: 1 - x.re, im: -sign * x.im };
    return { ...p, ...over(p, shape ? shape.seen(s, p.frequency) : s) };
  });
  return { ...reference, trace: { ...trace, points } };
}

/** Effective S, the reference interpolated in amplitude and phase at each point's frequency (a point without frequency takes its mean). */
export function normalised(trace: ScatteringTrace, reference: Reference, layout: PortLayout): ScatteringTrace {
  const complex = trace.complex && reference.trace.complex;
  const read = offReader(reference);
  const points = trace.points.map((p, i) => {
    const { rests, ...waves } = read(p.frequency);
    if (!complex) return { ...magnitudeOver(p, waves, layout), rests };
    return { frequency: p.frequency, ...effectiveS(layout, [p, ...trace.others.map((o) => o[i]!)], waves), rests };
  });
  return { ...trace, complex, points, others: [] };
}

function magnitudeOver(p: ScatteringPoint, { s: [off], noise }: OffWaves, layout: PortLayout): ScatteringPoint {
  const size = Math.hypot(off!.re, off!.im);
  const m = Math.hypot(p.re, p.im) / size;
  if (layout.reading !== "wave") return { ...p, re: m, im: 0, sigma: p.sigma / size, eta: noise[0]! / size };
  const c = Math.abs(layout.factor);
  return { ...p, re: 1 - c * m, im: 0, sigma: (c * p.sigma) / size, eta: 0 };
}

/** The reference at any frequency, with the points that it rests on: those of the main port, whose places are the others' too. */
export function offReader(reference: Reference): (frequency: number) => OffWaves & Pick<OffValue, "rests"> {
  const { trace, noise, balance, off } = reference;
  const of = `${trace.dataset}@${trace.pSource}`;
  const ports = [trace.points, ...trace.others].map((port) => (off === "far-points" ? straight(port, of) : interpolated(port, of)));
  return (frequency) => {
    const values = ports.map((at) => at(frequency));
    const s = values.map((v) => v.s);
    const spread = noise.map((sigma, j) => sigma * values[j]!.spread);
    return { s, noise: spread, gains: balance?.gainsAt(frequency) ?? s.map(() => 1), rests: values[0]!.rests };
  };
}
