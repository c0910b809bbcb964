/** Sentences of the checks of a sweep that need no line shape. */

const short = (x: number, digits = 3) => String(Number(x.toPrecision(digits)));
const percent = (x: number) => `${x < 0 ? "-" : "+"}${short(100 * Math.abs(x), 2)} %`;

export interface NoiseThatWouldDo {
  /** Gaussian width, 1/s (NaN: known as a share only), and as a share of gamma2. */
  readonly sigma: number;
  readonly share: number;
  /** Rate of the Lorentzian sweep over that with the noise, minus 1. */
  readonly bias: number;
}

const cause = (noise: NoiseThatWouldDo | undefined) =>
  noise === undefined
    ? " Quasi-static frequency noise would not do it: look at normalisation, reference and power scale."
    : ` Quasi-static frequency noise of ${Number.isNaN(noise.sigma) ? `${short(noise.share, 2)} G2 (Gaussian width)` : `${short(noise.sigma)} 1/s (Gaussian width, ${short(noise.share, 2)} of G2)`} would do it; G1 from the sweep alone would then be ${noise.bias < 0 ? "low" : "high"} by ${short(100 * Math.abs(noise.bias), 2)} %. Population and T1 do not share this error: quote those, or the joint fit, which carries the width.`;

export const integralAgrees = (worst: number) =>
  `The area of the line is that of the fitted Lorentzian at every power (worst ${short(worst, 2)} sigma).`;
export const integralDiffers = (difference: number, sigmas: number, power: number, noise: NoiseThatWouldDo | undefined) =>
  `Not a Lorentzian line: at ${short(power)} W the area of 1 - Re S differs by ${percent(difference)} (${short(Math.abs(sigmas), 2)} sigma) from the fitted one.${cause(noise)}`;
export const straight = (sigmas: number) => `1/(1-S) on resonance is linear in power (bend ${short(sigmas, 2)} sigma).`;
export const bent = (bend: number, sigmas: number, noise: NoiseThatWouldDo | undefined) =>
  `1/(1-S) on resonance is not linear in power: at weak drive it is off the line of strong drive by ${percent(bend)} (${short(Math.abs(sigmas), 2)} sigma).${cause(noise)}`;
export const plateauAgrees = (difference: number, sigmas: number) =>
  `The plateau that the absorbed power reaches is that of the fit (${percent(difference)}, ${short(Math.abs(sigmas), 2)} sigma).`;
export const plateauDiffers = (difference: number, sigmas: number, noise: NoiseThatWouldDo | undefined) =>
  `The absorbed power saturates at a plateau hbar w (Gd-Gu)/2 that differs by ${percent(difference)} (${short(Math.abs(sigmas), 2)} sigma) from the fit's: the rate from the sweep is off by as much.${cause(noise)}`;
export const dephasingNegative = (sigmas: number) =>
  sigmas < 0
    ? `G2 is smaller than G1tot/2 by ${short(-sigmas, 2)} sigma, which no dephasing can do: attenuation, T1 or line shape is off.`
    : "G2 is at least G1tot/2.";
