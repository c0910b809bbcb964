import { looksLike, nothingWithin, zeroWithin } from "../../core/messages/laws.ts";
import { pairExponential } from "../../numerics/pair-exponential.ts";
import type { DecayModel, FittedLaw } from "../model.ts";
import { free, positive } from "./bounds.ts";
import { defectStarts } from "./coupled-defect-starts.ts";

const pair = new Float64Array(6);

/** Amplitude of the excitation in the qubit, h = C + delta S, and what its derivatives need. */
function amplitude(p: readonly number[], t: number) {
  const [, rate, defectRate, beat, mixing] = p as readonly [number, number, number, number, number];
  const x = (defectRate - rate) / 4;
  // The decay depends on the square of the detuning: the floor keeps the derivative by the mixing finite at resonance, 1e-12 away from it.
  const root = Math.sqrt(Math.max(1 - mixing, 1e-12));
  const y = (beat / 2) * root;
  pairExponential(x * x - (beat * beat) / 4, 2 * x * y, (rate + defectRate) / 4, t, pair);
  const [cRe, cIm, sRe, sIm] = pair as unknown as [number, number, number, number];
  return { x, y, root, beat, re: cRe + x * sRe - y * sIm, im: cIm + x * sIm + y * sRe };
}

/**
 * `y = A |a(t)|^2 + C`: one excitation shared by the qubit (rate) and a two-level defect (defect_rate) at detuning Delta, coupled by g:
 * a' = -(rate/2) a - i g b, b' = -(defect_rate/2 + i Delta) b - i g a, a(0) = 1, b(0) = 0, zero temperature, no pure dephasing. With
 * delta = (defect_rate - rate)/4 + i Delta/2 and D = delta^2 - g^2: a = e^{-(rate + defect_rate) t/4} [cosh(sqrt(D) t) + delta sinh(sqrt(D) t)/sqrt(D)]
 * up to a phase: beating where g is the larger, two exponentials where the losses are.
 * The decay is even in g and Delta, so neither has a derivative at its zero; the data determine the beat sqrt(4 g^2 + Delta^2) and the mixing
 * 4 g^2/beat^2 (0 decoupled, 1 resonant), which are the parameters. coupling and detuning are derived.
 */
export const coupledDefect: DecayModel = {
  name: "coupled_defect",
  formula:
    "A exp(-(rate + defect_rate) t/2) |cosh(sqrt(D) t) + delta sinh(sqrt(D) t)/sqrt(D)|^2 + C; delta = (defect_rate - rate)/4 + i Delta/2, D = delta^2 - g^2, beat = sqrt(4 g^2 + Delta^2), mixing = 4 g^2/beat^2",
  reference:
    "single-excitation solution of two damped coupled two-level systems, derived in the docstring and tested against their Lindblad equation; such beats: K. B. Cooper et al., Phys. Rev. Lett. 93, 180401 (2004)",
  parameters: [
    { name: "amplitude", unit: "signal", linear: true, ...free },
    { name: "rate", unit: "1/s", linear: false, ...positive },
    { name: "defect_rate", unit: "1/s", linear: false, ...positive },
    { name: "beat", unit: "1/s", linear: false, ...positive },
    { name: "mixing", unit: "1", linear: false, lower: 0, upper: 1 },
    { name: "offset", unit: "signal", linear: true, ...free },
  ],
  evaluate(p, t) {
    const { re, im } = amplitude(p, t);
    return p[0]! * (re * re + im * im) + p[5]!;
  },
  gradient(p, t, out) {
    const { x, y, root, beat, re, im } = amplitude(p, t);
    const [sRe, sIm, uRe, uIm] = [pair[2]!, pair[3]!, pair[4]!, pair[5]!];
    // dh/dD at fixed delta: t S/2 + delta dS/dD.
    const [dRe, dIm] = [(t * sRe) / 2 + x * uRe - y * uIm, (t * sIm) / 2 + x * uIm + y * uRe];
    const square = re * re + im * im;
    /** d|h|^2 for dD and d delta (complex). */
    const moved = (DRe: number, DIm: number, deltaRe: number, deltaIm: number) =>
      2 * (re * (dRe * DRe - dIm * DIm + sRe * deltaRe - sIm * deltaIm) + im * (dRe * DIm + dIm * DRe + sRe * deltaIm + sIm * deltaRe));
    const byX = moved(2 * x, 2 * y, 1, 0);
    const byY = moved(0, 2 * x, 0, 1);
    const a = p[0]!;
    out[0] = square;
    out[1] = a * (-byX / 4 - (t * square) / 2);
    out[2] = a * (byX / 4 - (t * square) / 2);
    out[3] = a * (moved(-beat / 2, 0, 0, 0) + (byY * root) / 2);
    out[4] = (-a * byY * beat) / (4 * root);
    out[5] = 1;
  },
  oscillates: true,
  starts: defectStarts,
  rate: (p) => ({ value: p[1]!, gradient: [0, 1, 0, 0, 0, 0] }),
  rateMeaning:
    "the qubit's own rate, without the defect: 1/T1 that it would have far detuned from it; where the beats are strong the sum rate + defect_rate is better known than either",
  derived(p) {
    const [, , , beat, mixing] = p as readonly [number, number, number, number, number];
    const [g, d] = [Math.sqrt(mixing), Math.sqrt(1 - mixing)];
    return [
      { name: "coupling", unit: "1/s", value: (beat * g) / 2, gradient: [0, 0, 0, g / 2, beat / (4 * g), 0] },
      { name: "detuning", unit: "1/s", value: beat * d, gradient: [0, 0, 0, d, -beat / (2 * d), 0] },
      { name: "total_loss", unit: "1/s", value: p[1]! + p[2]!, gradient: [0, 1, 1, 0, 0, 0] },
    ];
  },
  degenerate({ p, sigma }: FittedLaw) {
    const says = (why: string, names: string[]) => looksLike("coupled_defect", "exponential or biexponential", why, names);
    if (!(p[4]! > 2 * sigma([0, 0, 0, 0, 1, 0]))) return says(zeroWithin("mixing"), ["beat", "mixing", "defect_rate"]);
    if (!(p[3]! > 2 * sigma([0, 0, 0, 1, 0, 0]))) return says(zeroWithin("beat"), ["beat", "mixing", "defect_rate"]);
    if (!Number.isFinite(sigma([0, 0, 1, 0, 0, 0]))) return says(nothingWithin("defect_rate"), ["beat", "mixing", "defect_rate"]);
    return undefined;
  },
  examples: [
    [0.9, 3e4, 9e4, 6e5, 0.7, 0.05],
    [0.9, 4e4, 2e5, 3e5, 1, 0.03],
    [-0.7, 2e4, 1.2e5, 1e6, 0.4, 0.85],
  ],
};
