import { times } from "../../physics/complex.ts";
import { extinctionOf } from "../../physics/saturation.ts";
import type { ScatteringTrace } from "./scattering-traces.ts";
import { fitSweep } from "./sweep-fit.ts";

/** ln of the background, linear in frequency (in units of half the span about its middle): gain, slope of the gain, phase, delay. */
interface Background {
  readonly gain: number;
  readonly tilt: number;
  readonly phase: number;
  readonly delay: number;
}

const ROUNDS = 8;
/** Fewer points than this leave nothing to tell a line from a resonance. */
const FEWEST = 12;

/**
 * Gain and delay of the line, common to all powers, fitted in turn with the resonance (the far and the saturated points carry it).
 * Used only where there is no reference trace. Undefined where the traces are too short or no resonance is found.
 */
export function fittedBackground(
  traces: readonly ScatteringTrace[],
): { readonly traces: readonly ScatteringTrace[]; readonly sigmaAmplitude: number } | undefined {
  if (traces.some((t) => !t.complex || t.points.length < FEWEST)) return undefined;
  const all = traces.flatMap((t) => t.points);
  const low = Math.min(...all.map((p) => p.frequency));
  const high = Math.max(...all.map((p) => p.frequency));
  if (!(high > low)) return undefined;
  const at = (frequency: number) => (2 * frequency - low - high) / (high - low);
  const noise = Math.sqrt(all.reduce((s, p) => s + (p.sigma * p.sigma) / (p.re * p.re + p.im * p.im), 0) / all.length);
  // Start: the strongest trace, ends only.
  const strongest = traces.reduce((a, b) => (b.pSource > a.pSource ? b : a));
  const edge = Math.max(2, Math.floor(strongest.points.length / 6));
  let background = logLinear(
    strongest.points.filter((_, i, p) => i < edge || i >= p.length - edge).map((p) => ({ ...p, x: at(p.frequency) })),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const clean = traces.map((t) => divided(t, background, at));
    const fit = fitSweep(
      clean.flatMap((t) =>
        t.points.map((p) => ({ omega: 2 * Math.PI * p.frequency, power: t.pSource, re: p.re, im: p.im, sigma: p.sigma, eta: 0 })),
      ),
    );
    if (!fit) return undefined;
    const rest = traces.flatMap((t) =>
      t.points.map((p) => {
        const x = extinctionOf(fit.law, 2 * Math.PI * p.frequency, t.pSource);
        const s = { re: 1 - x.re, im: -fit.sign * x.im };
        const d = s.re * s.re + s.im * s.im;
        return { x: at(p.frequency), ...times(p, { re: s.re / d, im: -s.im / d }), weight: d };
      }),
    );
    background = logLinear(rest, background);
  }
  // A level common to all points: the resonance takes about half of what the points know about it.
  return { traces: traces.map((t) => divided(t, background, at)), sigmaAmplitude: noise / Math.sqrt(all.length / 2) };
}

function divided(trace: ScatteringTrace, b: Background, at: (frequency: number) => number): ScatteringTrace {
  return {
    ...trace,
    points: trace.points.map((p) => {
      const x = at(p.frequency);
      const scale = Math.exp(-b.gain - b.tilt * x);
      const turn = -b.phase - b.delay * x;
      return { ...p, ...times(p, { re: scale * Math.cos(turn), im: scale * Math.sin(turn) }), sigma: p.sigma * scale };
    }),
  };
}

/** Weighted straight lines through ln|S| and the unwrapped phase (about a previous background, whose turns are undone first). */
function logLinear(
  points: readonly { readonly x: number; readonly re: number; readonly im: number; readonly weight?: number }[],
  about: Background = { gain: 0, tilt: 0, phase: 0, delay: 0 },
): Background {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  let previous = Number.NaN;
  const rows = sorted.map((p) => {
    let angle = Math.atan2(p.im, p.re) - about.phase - about.delay * p.x;
    if (Number.isNaN(previous)) angle -= 2 * Math.PI * Math.round(angle / (2 * Math.PI));
    else angle -= 2 * Math.PI * Math.round((angle - previous) / (2 * Math.PI));
    previous = angle;
    return { x: p.x, gain: Math.log(Math.hypot(p.re, p.im)) - about.gain - about.tilt * p.x, angle, weight: p.weight ?? 1 };
  });
  const line = (y: (r: (typeof rows)[number]) => number) => {
    let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
    for (const r of rows) {
      w += r.weight;
      wx += r.weight * r.x;
      wy += r.weight * y(r);
      wxx += r.weight * r.x * r.x;
      wxy += r.weight * r.x * y(r);
    }
    const slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    return { level: (wy - slope * wx) / w, slope };
  };
  const gain = line((r) => r.gain);
  const angle = line((r) => r.angle);
  return {
    gain: about.gain + gain.level,
    tilt: about.tilt + gain.slope,
    phase: about.phase + angle.level,
    delay: about.delay + angle.slope,
  };
}
