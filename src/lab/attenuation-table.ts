import { type Quantity, quantity } from "../core/quantity.ts";

/** One-way loss against frequency, sorted, as a file of the lab holds it. Its error is one for all frequencies: that of its calibration. */
export interface AttenuationTable {
  /** Relative to the lab file. */
  readonly file: string;
  /** Hz, rising. */
  readonly frequency: readonly number[];
  /** dB, positive. */
  readonly loss: readonly number[];
  /** dB, one standard deviation; NaN where it is not known. */
  readonly sigma: readonly number[];
}

/** Loss and its error at a frequency (Hz), both linear in dB between the rows; undefined outside the table, which is never extrapolated. */
export function attenuationAt({ frequency, loss, sigma }: AttenuationTable, hertz: number): Quantity<"dB"> | undefined {
  const above = frequency.findIndex((f) => f >= hertz);
  if (above < 0 || !(hertz >= frequency[0]!)) return undefined;
  const below = Math.max(0, above - 1);
  const share = above === below ? 0 : (hertz - frequency[below]!) / (frequency[above]! - frequency[below]!);
  const between = (values: readonly number[]) =>
    share === 1 ? values[above]! : values[below]! + share * (values[above]! - values[below]!);
  return quantity(between(loss), "dB", between(sigma));
}
