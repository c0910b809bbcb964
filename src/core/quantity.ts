import type { Unit } from "./units.ts";

/** A number with its standard uncertainty and SI unit. Units are literal types: adding a `Quantity<"s">` to a `Quantity<"1/s">` does not compile. */
export interface Quantity<U extends Unit = Unit> {
  readonly value: number;
  /** One standard deviation; NaN = not estimated (which is not the same as zero). */
  readonly sigma: number;
  readonly unit: U;
}

/** @param sigma one standard deviation in the same unit; NaN when it is not known. */
export function quantity<U extends Unit>(value: number, unit: U, sigma = Number.NaN): Quantity<U> {
  return { value, sigma, unit };
}
