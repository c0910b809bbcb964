import type { Rest } from "./off-value.ts";

/** One normalised S with the power at the device. */
export interface SweepPoint {
  /** rad/s. */
  readonly omega: number;
  /** W at the device. */
  readonly power: number;
  readonly re: number;
  readonly im: number;
  /** Own noise per quadrature, NaN = unknown; and the reference's, relative to |S|. */
  readonly sigma: number;
  readonly eta: number;
  /** The reference points that make it; absent: one of this frequency. */
  readonly rests?: readonly Rest[] | undefined;
}
