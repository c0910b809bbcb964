/** ln(10)/10: an error of 1 dB in power is 0.2303 in ln(power). */
export const LN_PER_DB = Math.LN10 / 10;

/** Power ratio of x dB. */
export function powerRatio(dB: number): number {
  return 10 ** (dB / 10);
}

/** Power ratio in dB; NaN for a ratio that is not positive. */
export function decibel(ratio: number): number {
  return ratio > 0 ? 10 * Math.log10(ratio) : Number.NaN;
}
