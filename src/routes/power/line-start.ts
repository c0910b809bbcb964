import type { Complex } from "../../physics/complex.ts";
import type { SaturationLaw } from "../../physics/saturation.ts";
import type { LineShape } from "./line-shape.ts";
import { logLinear } from "./log-linear.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";
import { fitSweep, signsToTry } from "./sweep-fit.ts";
import { sweepStart } from "./sweep-start.ts";

export interface LineStart {
  readonly law: SaturationLaw;
  /** Of line and exchange, in their order. */
  readonly values: readonly number[];
  /** Signs of Im S that the data leave open. */
  readonly signs: readonly (1 | -1)[];
}

/** Starting values of `fitLine` from the data: L from the far points of the strongest power, M from the direction of the circle, then the law. */
export function lineStart(traces: readonly ScatteringTrace[], empty: LineShape): LineStart | undefined {
  const byPower = [...traces].sort((a, b) => a.pSource - b.pSource);
  const background = empty.line ? farLine(byPower.at(-1)!.points, empty) : [];
  const bare = empty.with(background);
  const bared = byPower.map((t) => t.points.map((p) => bare.corrected(p)));
  const turned =
    empty.exchange === "none" ? [] : empty.exchange === "mismatch" ? [clamped(direction(bared, 0, empty))] : turnAndLag(bared, empty);
  const values = [...background, ...turned];
  const shape = empty.with(values);
  const points = traces.flatMap((t) =>
    t.points.map((p) => {
      const c = shape.corrected(p);
      return { omega: 2 * Math.PI * p.frequency, power: t.pSource, re: c.re, im: c.im, sigma: p.sigma, eta: 0 };
    }),
  );
  const powers = new Set(traces.map((t) => t.pSource)).size;
  // How saturated a single power is, only a fit tells.
  const law = (powers === 1 ? fitSweep(points)?.law : undefined) ?? sweepStart(points, true, powers > 1);
  return law.gamma2 > 0 && Number.isFinite(law.amplitude) ? { law, values, signs: signsToTry(points, law) } : undefined;
}

/** ln gain, tilt, phase and delay of the outer sixths. Between them the phase may turn several times: the turn from point to point says how far. */
function farLine(points: readonly ScatteringPoint[], shape: LineShape): readonly number[] {
  const edge = Math.max(2, Math.floor(points.length / 6));
  const delay = farTurn([points], shape, (p) => p);
  const ends = points.filter((_, i) => i < edge || i >= points.length - edge);
  const [gain, tilt, phase, rest] = logLinear(
    ends.map((p) => ({ ...turnedBack(p, delay * shape.at(p.frequency)), x: shape.at(p.frequency) })),
  );
  return [gain, tilt, phase, delay + rest];
}

function turnedBack(z: Complex, angle: number): Complex {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return { re: z.re * c + z.im * s, im: z.im * c - z.re * s };
}

/** Turn per half span from point to point of the outer sixths, where the resonance itself turns no more. */
function farTurn(traces: readonly (readonly ScatteringPoint[])[], shape: LineShape, of: (p: ScatteringPoint) => Complex): number {
  let [re, im, steps, weight] = [0, 0, 0, 0];
  for (const points of traces) {
    const edge = Math.max(3, Math.floor(points.length / 6));
    points.forEach((p, i) => {
      const q = points[i + 1];
      if (!q || (i >= edge && i < points.length - edge)) return;
      const [a, b] = [of(p), of(q)];
      re += a.re * b.re + a.im * b.im;
      im += a.re * b.im - a.im * b.re;
      const size = Math.hypot(a.re, a.im) * Math.hypot(b.re, b.im);
      steps += size * (shape.at(q.frequency) - shape.at(p.frequency));
      weight += size;
    });
  }
  return Math.atan2(im, re) / (steps / weight);
}

/** The wave of the qubit alone. */
const wave = (p: ScatteringPoint): Complex => ({ re: 1 - p.re, im: -p.im });

/** Angle of the circle's diameter, the off point being 1: the wave 1 - S of the deep points leads. @param lag phase per half span taken out first */
function direction(traces: readonly (readonly ScatteringPoint[])[], lag: number, shape: LineShape): number {
  let [re, im] = [0, 0];
  for (const p of traces.flat()) {
    const w = turnedBack(wave(p), lag * shape.at(p.frequency));
    const weight = w.re * w.re + w.im * w.im;
    re += weight * w.re;
    im += weight * w.im;
  }
  return Math.atan2(im, re);
}

/** Phase and delay of a wave that is seen alone. */
function turnAndLag(traces: readonly (readonly ScatteringPoint[])[], shape: LineShape): readonly number[] {
  const lag = farTurn(traces, shape, wave);
  return [direction(traces, lag, shape), lag];
}

const clamped = (angle: number) => Math.min(1.2, Math.max(-1.2, angle));
