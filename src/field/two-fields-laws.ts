/** How a rate changes with the energy density U of the second field (PHYSICS.md sec. 4): a factor, 1 at U = 0. */
export interface RateLaw {
  readonly name: "constant" | "linear" | "saturation";
  /** The factor at U, J/m^d. */
  at(bath: number): number;
}

export const CONSTANT: RateLaw = { name: "constant", at: () => 1 };

/** `1 + a U`, a in m^d/J: a warm bath that takes energy faster. */
export function linearLaw(a: number): RateLaw {
  return { name: "linear", at: (bath) => 1 + a * bath };
}

/** `1/sqrt(1 + U/scale)`: defects that saturate, and so take energy more slowly. @param scale U at which the rate has fallen by sqrt(2), J/m^d */
export function saturationLaw(scale: number): RateLaw {
  return { name: "saturation", at: (bath) => 1 / Math.sqrt(1 + bath / scale) };
}

/** One law for both signs of `slope = d ln(rate)/dU` at U = 0: `1 + slope U` above 0, `1/sqrt(1 - 2 slope U)` below, where a line would end in a negative rate. */
export function lawOfSlope(slope: number): RateLaw {
  return slope >= 0 ? linearLaw(slope) : saturationLaw(-1 / (2 * slope));
}
