/** What the lab file states for maps, in plain SI numbers. */

export type SideWord = "no-flux" | "dirichlet" | "robin" | "periodic";
/** One word for all sides, or one each: `left` and `right` end x, `bottom` and `top` end y. */
export type StatedBoundary = SideWord | { readonly [side in "left" | "right" | "bottom" | "top"]?: SideWord };

/** A spot of absorbed power that is described rather than measured; SI. */
export interface StatedSpot {
  /** Where it stands in the lab file: what one entry states has one error. */
  readonly entry: string;
  readonly centre: readonly number[];
  /** Standard deviation, m. */
  readonly width: number;
  /** W. */
  readonly power: number;
  readonly on?: readonly [number, number];
  readonly free: readonly ("centre" | "width" | "power")[];
  readonly scale: "known" | "relative";
  readonly uncertainty?: number;
}

export interface StatedRegion {
  readonly name: string;
  /** Lower left and upper right corner, m; absent: everywhere else. */
  readonly box?: { readonly from: readonly number[]; readonly to: readonly number[] };
}

/** The block `field:` for the maps of one cooldown, SI. */
export interface FieldFacts {
  readonly domain?: readonly (readonly [low: number, high: number])[];
  readonly boundary?: StatedBoundary;
  /** h of robin sides, m/s. */
  readonly robin?: number;
  readonly initial?: "empty" | "steady" | "unknown";
  readonly spread?: number;
  /** `none`: a free decay, said so. */
  readonly sources?: "none" | readonly StatedSpot[];
  readonly gamma0?: "field" | "constant" | "regions" | "spots";
  readonly gamma2?: "scalar" | "regions";
  readonly regions: readonly StatedRegion[];
  readonly spots: readonly { readonly centre: readonly number[]; readonly width: number; readonly height: number }[];
  readonly background: boolean;
}
