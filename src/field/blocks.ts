import type { Grid } from "./grid.ts";
import type { Parameter } from "./parameters.ts";

/** Everything that the equation is given, for all experiments. */
export interface Fields {
  gamma0: Float64Array;
  gamma2: Float64Array;
  /** Per experiment and source. */
  readonly densities: Float64Array[][];
  /** Per experiment, where it is a given state. */
  readonly starts: (Float64Array | undefined)[];
  /** J/m^d, added to everything that is read. */
  background: number;
}

/** Derivative of the fields with respect to one parameter; absent = zero. */
export interface Change {
  readonly gamma0?: Float64Array;
  readonly gamma2?: Float64Array;
  readonly densities?: readonly (readonly (Float64Array | undefined)[])[];
  readonly starts?: readonly (Float64Array | undefined)[];
  readonly background?: number;
}

/** A law of some of the fields, with its parameters: one piece of theta. */
export interface Block {
  readonly parameters: readonly Parameter[];
  /** The law on the cells of a grid. */
  on(grid: Grid): BlockOnGrid;
}

export interface BlockOnGrid {
  /** Writes what the law says into the fields. */
  put(theta: Float64Array, fields: Fields): void;
  /** Derivative with respect to the block's j-th parameter; `fields` are those of theta. */
  change(theta: Float64Array, j: number, fields: Fields): Change;
  /** Where it is cheaper than one change after the other: the sum of all changes times a direction, and its transpose. */
  readonly all?: {
    along(direction: Float64Array, fields: Fields): Change;
    /** @param of gradient with respect to gamma0, and to each experiment's start */
    transposed(of: { readonly gamma0: Float64Array; readonly starts: readonly Float64Array[] }, fields: Fields): Float64Array;
  };
}
