import { HBAR } from "./constants.ts";
import type { Bath } from "./two-level.ts";

/** Photons per second that a qubit of this population gives to a bath: `G [(1 + n) n_e - n (1 - n_e)]`; negative where the bath heats it. */
export function fluxInto(bath: Bath, population: number): number {
  return bath.gamma * ((1 + bath.n) * population - bath.n * (1 - population));
}

/**
 * Heat current through an undriven qubit between two baths, W, from the hotter to the colder:
 * `J = hbar w Gc Gh (nh - nc)/(Gc(1+2nc) + Gh(1+2nh))` (PHYSICS.md sec. 1).
 */
export function heatCurrent(omega: number, cold: Bath, hot: Bath): number {
  const total = cold.gamma * (1 + 2 * cold.n) + hot.gamma * (1 + 2 * hot.n);
  return (HBAR * omega * cold.gamma * hot.gamma * (hot.n - cold.n)) / total;
}
