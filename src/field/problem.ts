import type { Boundary } from "./equation.ts";

/** Where u was measured. */
export interface Points {
  readonly x: Float64Array;
  /** Absent on a line. */
  readonly y?: Float64Array;
  /** Standard deviation (m) of the Gaussian over which each sensor averages; absent or 0 = the value at the point. */
  readonly spread?: Float64Array;
}

/** Absorbed power density of one source: a map (values at points, linear in between, 0 beyond the domain), or a Gaussian spot of which numbers may be fitted. */
export type SourceShape =
  | { readonly type: "map"; readonly points: Points; readonly values: Float64Array }
  | {
      readonly type: "spot";
      /** m; one number on a line. */
      readonly centre: readonly number[];
      /** Standard deviation, m. */
      readonly width: number;
      /** Total absorbed power, W. */
      readonly power: number;
      /** What is fitted, from these starts. */
      readonly free: readonly ("centre" | "width" | "power")[];
    };

/** A source: its shape, when it is on, and whether its size is known. */
export interface SourceTerm {
  readonly name: string;
  readonly shape: SourceShape;
  readonly on: readonly (readonly [from: number, to: number])[];
  /** `relative`: known up to one factor, which is fitted and shared by all terms of this name. */
  readonly scale: "known" | "relative";
  /** Relative standard deviation of a known scale, an input common to everything that it gives; 0 = exact, NaN = not stated. */
  readonly sigma: number;
}

/** One map or film: u at points, and at times where it is no steady state. */
export interface Experiment {
  readonly name: string;
  readonly points: Points;
  /** s, rising; absent = a steady state. */
  readonly times?: Float64Array;
  /** J/m^d, `values[time * points + point]`; NaN = masked or not measured. */
  readonly values: Float64Array;
  /** One standard deviation per value; absent = equal for all and estimated from the residuals. */
  readonly sigma?: Float64Array;
  readonly sources: readonly SourceTerm[];
  /** u before the first time: `empty` = 0 at time `from`; `steady` = kept up by the sources on before; `unknown` = fitted, a field of its own. */
  readonly start: "empty" | "steady" | "unknown";
  /** Time of the start, s. */
  readonly from: number;
}

/** Regions of the domain: every point belongs to the region of the last rectangle (m) that holds it, else to the first region. */
export interface Regions {
  readonly names: readonly string[];
  readonly boxes: readonly { readonly region: number; readonly low: readonly number[]; readonly high: readonly number[] }[];
}

/** Gaussian places of higher loss on a constant ground: starts of what is fitted. */
export interface DefectSpot {
  readonly centre: readonly number[];
  readonly width: number;
  /** gamma0 at its centre above the ground, 1/s. */
  readonly height: number;
}

export type Gamma0Law =
  | { readonly type: "constant" }
  | { readonly type: "field" }
  | { readonly type: "regions"; readonly regions: Regions }
  | { readonly type: "spots"; readonly spots: readonly DefectSpot[] };
export type Gamma2Law = { readonly type: "scalar" } | { readonly type: "regions"; readonly regions: Regions };

/** Everything that one fit of the field model rests on. Several experiments share the medium. */
export interface FieldProblem {
  readonly dimensions: 1 | 2;
  /** Low and high end of each axis, m. */
  readonly domain: readonly (readonly [low: number, high: number])[];
  readonly boundary: Boundary;
  readonly experiments: readonly Experiment[];
  readonly gamma0: Gamma0Law;
  readonly gamma2: Gamma2Law;
  /** Fit a constant offset of the measured u. */
  readonly background: boolean;
}
