/** How the scatter of a real signal is known. */
export type SignalNoise =
  | { readonly type: "binomial"; readonly shots: Float64Array }
  | { readonly type: "sigma"; readonly sigma: Float64Array }
  | { readonly type: "relative"; readonly relative: number }
  | { readonly type: "unknown" };

/** A real signal against delay: what every law is fitted to. Sorted by delay. */
export interface Signal {
  /** s, rising, repeats allowed. */
  readonly t: Float64Array;
  readonly y: Float64Array;
  readonly noise: SignalNoise;
  readonly unit: "1" | "V";
  /** For each point, which of the law's channels it is (`DecayModel.channels`); absent = all are the first. */
  readonly channel?: Uint8Array;
}

/** Level of a prepared state in the signal's unit. */
export interface Level {
  readonly value: number;
  /** Number of calibration points behind it. */
  readonly points: number;
  /** Its own standard deviation where the noise is known; NaN where it follows from the trace's residuals. */
  readonly sigma: number;
}
