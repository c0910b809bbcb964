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

/** Starting values of `fitLine` from the data: L from the far points of the strongest power, M from the direction of the circle at the weakest, then the law. */
export function lineStart(traces: readonly ScatteringTrace[], empty: LineShape): LineStart | undefined {
  const byPower = [...traces].sort((a, b) => a.pSource - b.pSource);
  const background = empty.line ? farLine(byPower.at(-1)!.points, empty) : [];
  const bare = empty.with(background);
  const weakest = byPower[0]!.points.map((p) => bare.corrected(p));
  const turned =
    empty.exchange === "none" ? [] : empty.exchange === "mismatch" ? [clamped(direction(weakest, 0, empty))] : turnAndLag(weakest, empty);
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

/** ln gain, tilt, phase and delay of the outer sixths. */
function farLine(points: readonly ScatteringPoint[], shape: LineShape): readonly number[] {
  const edge = Math.max(2, Math.floor(points.length / 6));
  const ends = points.filter((_, i) => i < edge || i >= points.length - edge);
  return logLinear(ends.map((p) => ({ ...p, x: shape.at(p.frequency) })));
}

/** Angle of the circle's diameter, the off point being 1: the wave 1 - S of the deep points leads. @param lag phase per half span taken out first */
function direction(points: readonly ScatteringPoint[], lag: number, shape: LineShape): number {
  const { re, im } = summed(points, lag, shape);
  return Math.atan2(im, re);
}

function summed(points: readonly ScatteringPoint[], lag: number, shape: LineShape) {
  let [re, im] = [0, 0];
  for (const p of points) {
    const angle = -lag * shape.at(p.frequency);
    const [a, b] = [1 - p.re, -p.im];
    const weight = a * a + b * b;
    re += weight * (a * Math.cos(angle) - b * Math.sin(angle));
    im += weight * (a * Math.sin(angle) + b * Math.cos(angle));
  }
  return { re, im };
}

/** Phase and delay of a wave that is seen alone: the slope of its phase far from resonance, where the resonance itself turns no more. */
function turnAndLag(points: readonly ScatteringPoint[], shape: LineShape): readonly number[] {
  const edge = Math.max(3, Math.floor(points.length / 6));
  const slope = (part: readonly ScatteringPoint[]) =>
    logLinear(part.map((p) => ({ re: 1 - p.re, im: -p.im, x: shape.at(p.frequency) })))[3];
  const lag = (slope(points.slice(0, edge)) + slope(points.slice(-edge))) / 2;
  return [direction(points, lag, shape), lag];
}

const clamped = (angle: number) => Math.min(1.2, Math.max(-1.2, angle));
