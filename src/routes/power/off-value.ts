import type { Complex } from "../../physics/complex.ts";
import { between } from "./noise-from-scatter.ts";

/** How much of a value's noise one independent part of the reference makes; the squares of the parts sum to 1. */
export interface Rest {
  /** Which point of which trace, or which number of its line. */
  readonly place: string;
  readonly part: number;
}

/** The qubit-off value at one frequency, and what its noise is made of. */
export interface OffValue {
  readonly s: Complex;
  /** Its noise over that of one reference point. */
  readonly spread: number;
  readonly rests: readonly Rest[];
}

type Point = Complex & { readonly frequency: number };

/** The reference at any frequency: in amplitude and phase between its points, beyond its ends flat; its mean for a point without frequency. @param of its name */
export function interpolated(points: readonly Point[], of: string): (frequency: number) => OffValue {
  const n = points.length;
  const mean = { re: points.reduce((a, p) => a + p.re / n, 0), im: points.reduce((a, p) => a + p.im / n, 0) };
  return (frequency) => {
    if (n === 1) return made(points[0]!, of, [["0", 1]]);
    if (!Number.isFinite(frequency)) return made(mean, of, [["mean", 1 / Math.sqrt(n)]]);
    let low = 0;
    let high = n - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (points[middle]!.frequency <= frequency) low = middle;
      else high = middle;
    }
    const [a, b] = [points[low]!, points[high]!];
    const span = b.frequency - a.frequency;
    const t = span > 0 ? Math.min(1, Math.max(0, (frequency - a.frequency) / span)) : 0;
    return made(between(a, b, t), of, [
      [`${low}`, 1 - t],
      [`${high}`, t],
    ]);
  };
}

/** Straight line of ln S over frequency through all points: what far points say of the background between them. */
export function straight(points: readonly Point[], of: string): (frequency: number) => OffValue {
  const n = points.length;
  const middle = points.reduce((a, p) => a + p.frequency / n, 0);
  const x = points.map((p) => p.frequency - middle);
  const square = x.reduce((a, d) => a + d * d, 0);
  if (!(square > 0) || points.some((p) => p.re === 0 && p.im === 0)) return interpolated(points, of);
  const size = points.map((p) => Math.log(Math.hypot(p.re, p.im)));
  const phase = unwrapped(points);
  const line = (y: readonly number[]) => {
    const level = y.reduce((a, v) => a + v / n, 0);
    const slope = y.reduce((a, v, k) => a + (v * x[k]!) / square, 0);
    return (d: number) => level + slope * d;
  };
  const [amplitude, angle] = [line(size), line(phase)];
  return (frequency) => {
    const d = Number.isFinite(frequency) ? frequency - middle : 0;
    const [r, a] = [Math.exp(amplitude(d)), angle(d)];
    // Level at the middle and slope of a straight line are independent.
    return made({ re: r * Math.cos(a), im: r * Math.sin(a) }, of, [
      ["level", 1 / Math.sqrt(n)],
      ["slope", d / Math.sqrt(square)],
    ]);
  };
}

/** Phase from point to point; across the widest step, where it may turn several times, with the slope of the others. */
function unwrapped(points: readonly Point[]): number[] {
  const steps = points.slice(1).map((b, i) => {
    const a = points[i]!;
    return { width: b.frequency - a.frequency, turn: Math.atan2(b.im * a.re - b.re * a.im, b.re * a.re + b.im * a.im) };
  });
  const widest = steps.reduce((a, b) => (b.width > a.width ? b : a));
  const others = steps.filter((s) => s !== widest);
  const width = others.reduce((a, s) => a + s.width, 0);
  const slope = width > 0 ? others.reduce((a, s) => a + s.turn, 0) / width : widest.turn / widest.width;
  const turns = Math.round((slope * widest.width - widest.turn) / (2 * Math.PI));
  let phase = Math.atan2(points[0]!.im, points[0]!.re);
  return [
    phase,
    ...steps.map((s) => {
      phase += s.turn + (s === widest ? 2 * Math.PI * turns : 0);
      return phase;
    }),
  ];
}

function made(s: Complex, of: string, shares: readonly (readonly [string, number])[]): OffValue {
  const used = shares.filter(([, share]) => share !== 0);
  const spread = Math.hypot(...used.map(([, share]) => share));
  return { s, spread, rests: used.map(([k, share]) => ({ place: `${of}[${k}]`, part: share / spread })) };
}
