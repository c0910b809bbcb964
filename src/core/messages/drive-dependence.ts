/** Sentences on the rate against drive strength: which ordinary errors make its trend, and what a trend that they do not make could be. */

const short = (x: number) => String(Number(x.toPrecision(3)));

/** `0.42 ± 0.10 %`: both to two digits of the error. */
function percent(value: number, sigma: number): string {
  const decimals = Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(100 * sigma))));
  return Number.isFinite(decimals)
    ? `${(100 * value).toFixed(decimals)} ± ${(100 * sigma).toFixed(decimals)} %`
    : `${short(100 * value)} %`;
}

/** An ordinary error as fitted, and one s.d. of it as stated (NaN = not stated). */
interface Fitted {
  readonly value: number;
  readonly sigma: number;
  readonly stated: number;
}

export const constant = (p: number) => `The rate per power is constant within its errors (p = ${short(p)}).`;
export const withinStated = (p: number) =>
  `The rate per power is constant within the errors that the powers share (p = ${short(p)}), which the common error holds.`;
export const notConstant = (p: number) =>
  `The rate per power is not constant within its errors (p = ${short(p)}), and neither a population offset nor an amplitude error of the reference explains it.`;

const significant = (e: Fitted) => Math.abs(e.value) > 2 * e.sigma;

/** The errors that the data show; both where neither stands out alone. */
function named(offset: Fitted, amplitude: Fitted): string {
  const size = (name: string, e: Fitted) =>
    `${name} of ${percent(e.value, e.sigma)}${e.stated > 0 ? ` (stated: ± ${short(100 * e.stated)} %)` : ""}`;
  const [d, e] = [size("a population offset", offset), size("an amplitude error of the reference", amplitude)];
  if (significant(offset) && !significant(amplitude)) return d;
  if (significant(amplitude) && !significant(offset)) return e;
  return `${d} and ${e}`;
}

/** Which way the rates go, where one error does it. */
function trend(offset: Fitted, amplitude: Fitted): string {
  if (significant(offset) && !significant(amplitude)) return offset.value < 0 ? "The rise at weak drive" : "The fall at weak drive";
  if (significant(amplitude) && !significant(offset)) return amplitude.value < 0 ? "The rise at strong drive" : "The fall at strong drive";
  return "The trend over power";
}

export const ordinaryErrors = (offset: Fitted, amplitude: Fitted) =>
  `${trend(offset, amplitude)} is what ${named(offset, amplitude)} would produce; it is not evidence for a drive-dependent rate.`;

export const extrapolated = (offset: Fitted, amplitude: Fitted) => `Extrapolated to weak drive after fitting ${bothOf(offset, amplitude)}.`;
const bothOf = (d: Fitted, e: Fitted) =>
  `a population offset of ${percent(d.value, d.sigma)} and an amplitude error of the reference of ${percent(e.value, e.sigma)}`;

export const lowSpan = (low: number, high: number) =>
  `S spans ${short(low)} to ${short(high)}; the extrapolation to weak drive needs 0.1 to 10: measure weaker or stronger powers as well.`;
export const noSaturation = () => "The saturation parameter S is not known, so the rate cannot be extrapolated to weak drive.";
export const shapesAlike = (points: number) =>
  `With ${points} points a population offset and an amplitude error of the reference cannot be told from the rate, so it is not extrapolated to weak drive: measure at four powers or more, with S from 0.1 to 10.`;

export const shapesUnfit = () =>
  "A population offset and an amplitude error of the reference cannot be fitted to the rates, so they are not extrapolated to weak drive: the noise of the points is not known, or the offset would be as large as the population itself. State shots or errors of the populations, and check the equilibrium population.";

/** A change that is left over, over the measured span of Rabi rates. */
interface LeftOver {
  /** Relative change of the rate from no drive to the strongest, and its error. */
  readonly change: number;
  readonly sigma: number;
  /** Largest Rabi rate, Hz. */
  readonly rabi: number;
  /** Probability of a larger chi2 with it. */
  readonly probability: number;
}

/**
 * A smooth loss spectrum sampled at w_d and w_d +- Omega gives `G (1 + (c/4 - s^2/2) Omega^2)`, s = dlnG/dw, c = G''/G.
 * @param limit probability below which a change with the square of the Rabi rate is no description.
 */
export function leftOver(x: LeftOver, limit: number): string {
  const what = `If the stated errors hold, the rate ${x.change < 0 ? "falls" : "rises"} by ${percent(Math.abs(x.change), x.sigma)} up to the strongest drive (Rabi rate ${frequency(x.rabi)}).`;
  const spectrum =
    x.change < 0
      ? `a loss that changes by ${short(100 * Math.sqrt(-2 * x.change))} % over ${frequency(x.rabi)}, or is largest at the qubit's frequency,`
      : `a loss that is smallest at the qubit's frequency and ${short(200 * x.change)} % larger ${frequency(x.rabi)} away`;
  const cause =
    x.probability > limit
      ? `Sampled at the drive's frequency and one Rabi rate to either side, ${spectrum} would do that; so would two-level defects that saturate, whose loss falls with power.`
      : `That change is not as the square of the Rabi rate (p = ${short(x.probability)}), as from a loss that varies smoothly with frequency; two-level defects that saturate, whose loss falls with power, have other shapes.`;
  return `${what} ${cause} Do not call the bend a spectrum before the loss was measured against frequency.`;
}

function frequency(hertz: number): string {
  return hertz >= 1e6 ? `${short(hertz / 1e6)} MHz` : `${short(hertz / 1e3)} kHz`;
}

export const intercept = (value: string, sigma: string, holds: boolean, offset: string) =>
  holds
    ? `The straight line through the points meets the axis at ${value} ± ${sigma} 1/s: through the origin.`
    : `The straight line through the points meets the axis at ${value} ± ${sigma} 1/s, not at the origin: a population offset of ${offset} % does that, or power that is absorbed beside the qubit.`;

/** @param scatter relative s.d. of T1 between repeats; @param least, largest over 1/mean(T1). */
export const fluctuating = (scatter: number, least: number, largest: number) =>
  `T1 scatters by ${short(100 * scatter)} % between repeats. Work and population are averaged apart, so that the power route may find anything from ${short(least)} (weak drive) to ${short(largest)} (saturating drive) times 1/mean(T1), and the decay its own mean: a trend of that size is no structured bath.`;
