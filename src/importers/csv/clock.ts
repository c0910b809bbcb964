import type { Quantity } from "./quantities.ts";

const CLOCK = /^(time|time ?stamps?|epoch|unix ?time|clock|wall ?clock|date ?time|started|acquired|measured at)$/i;

/** A column that says when a row was measured: it tells repeats apart and orders them, and is no setting of an instrument. */
export function isClock(quantity: Quantity): boolean {
  return (quantity.role === "other" || quantity.role === "condition") && CLOCK.test(quantity.name.replace(/[_-]+/g, " ").trim());
}

/** ISO time of a reading in seconds (or, without a unit, milliseconds) since 1970; empty for a clock that starts elsewhere. */
export function isoOf(reading: number): string {
  if (reading >= 1e8 && reading < 1e10) return new Date(1000 * reading).toISOString();
  return reading >= 1e11 && reading < 1e13 ? new Date(reading).toISOString() : "";
}
