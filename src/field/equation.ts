/**
 * What stands in `du/dt = R_total(r, t) - gamma0(r) u + div(gamma2 grad u)` (PHYSICS.md sec. 4), d = 1 or 2 dimensions, on the cells of a grid.
 * u J/m^d is the excess energy density, R W/m^d, gamma0 1/s, gamma2 m^2/s.
 */

/**
 * What happens at one side of the domain: no flux through it; u = 0 there; flux out of it = h u (`robin`, h in m/s); or joined to the opposite side
 * (`periodic`, then both sides of the axis are).
 */
export type Side =
  | { readonly type: "no-flux" }
  | { readonly type: "dirichlet" }
  | { readonly type: "robin"; readonly h: number }
  | { readonly type: "periodic" };

/** Sides at the low and the high end of each axis. */
export interface Boundary {
  readonly x: readonly [low: Side, high: Side];
  readonly y: readonly [low: Side, high: Side];
}

/** The two fields of rates, one number per cell. */
export interface Medium {
  readonly gamma0: Float64Array;
  readonly gamma2: Float64Array;
}

/** Absorbed power density in each cell, and the intervals of time (s) in which it is on; a steady source is `[[-Infinity, Infinity]]`. */
export interface Source {
  readonly density: Float64Array;
  readonly on: readonly (readonly [from: number, to: number])[];
}

/**
 * One course of events. `steady`: the state that the sources (all on) keep up. `transient`: u from the time `from`, where it is `start` (`steady` = the
 * steady state under the sources that are on just before `from`), given at `times` (rising, none before `from`).
 */
export type Course =
  | { readonly type: "steady"; readonly sources: readonly Source[] }
  | {
      readonly type: "transient";
      readonly sources: readonly Source[];
      readonly start: Float64Array | "steady";
      readonly from: number;
      readonly times: Float64Array;
    };

/** A direction in the space of everything that the solution depends on; absent = zero. */
export interface Perturbation {
  readonly gamma0?: Float64Array;
  readonly gamma2?: Float64Array;
  /** One per source. */
  readonly densities?: readonly (Float64Array | undefined)[];
  readonly start?: Float64Array;
}

/** Derivatives of a scalar with respect to each cell's value (plain partial derivatives, not per volume). */
export interface Gradient {
  readonly gamma0: Float64Array;
  readonly gamma2: Float64Array;
  readonly densities: readonly Float64Array[];
  /** All zero where the start is not given but steady. */
  readonly start: Float64Array;
}

/** A solved course. */
export interface Solution {
  /** u in every cell at each of the course's times; one state where it is steady. */
  readonly states: readonly Float64Array[];
  /** Least u over largest |u| of all steps: below zero only by rounding and by what the scheme cannot keep positive. */
  readonly least: number;
  /** Largest defect of `d/dt int u = int R - int gamma0 u - flux out`, relative to the largest of its terms. */
  readonly imbalance: number;
  /** Derivative of every state in a direction: exact for the discrete scheme. */
  tangent(direction: Perturbation): Float64Array[];
  /**
   * The same for many directions, time after time: `each(direction, time, state)` for every direction at the first output time, then at the second.
   * The state is overwritten after the call.
   */
  tangents(directions: readonly Perturbation[], each: (direction: number, time: number, state: Float64Array) => void): void;
  /** Gradient of `sum_k weights[k] . states[k]`: exact for the discrete scheme. */
  adjoint(weights: readonly Float64Array[]): Gradient;
}
