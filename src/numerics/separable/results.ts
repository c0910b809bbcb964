/** Fitted numbers of many traces, one column each; what was not found is NaN. */
export interface Rates {
  /** Value of the exponential at delay 0, and its standard deviation, in the unit of the traces; 0 as standard deviation of what was fixed. */
  readonly amplitude: Float64Array;
  readonly sigmaAmplitude: Float64Array;
  /** 1/s */
  readonly rate: Float64Array;
  readonly sigmaRate: Float64Array;
  readonly offset: Float64Array;
  readonly sigmaOffset: Float64Array;
  /** Squared deviations over the stated variance (Pearson's for counts); the plain sum of squares where the noise is unknown. */
  readonly chi2: Float64Array;
  readonly iterations: Uint16Array;
  /** `BATCH_ENDINGS[code]` says what it means. */
  readonly ending: Uint8Array;
}

/** The numbers of a trace, in the order in which a row of them is passed. */
export const RATE_COLUMNS = ["amplitude", "sigmaAmplitude", "rate", "sigmaRate", "offset", "sigmaOffset", "chi2"] as const;

/** Bytes per trace of all columns. */
const BYTES = 8 * RATE_COLUMNS.length + 2 + 1;

/** @param shared columns stand on shared memory, so that worker threads write into them. */
export function allocateRates(traces: number, shared = false): Rates {
  const padded = Math.ceil(traces / 8) * 8;
  const buffer = shared ? new SharedArrayBuffer(padded * BYTES) : new ArrayBuffer(padded * BYTES);
  return ratesOn(buffer, traces);
}

/** The columns on a buffer that `allocateRates` made; `from`, `to`: a part of its traces, not copied. */
export function ratesOn(buffer: ArrayBufferLike, traces: number, from = 0, to = traces): Rates {
  const padded = Math.ceil(traces / 8) * 8;
  const column = (k: number) => new Float64Array(buffer, 8 * (k * padded + from), to - from);
  const integers = 8 * RATE_COLUMNS.length * padded;
  return {
    ...{ amplitude: column(0), sigmaAmplitude: column(1), rate: column(2), sigmaRate: column(3) },
    ...{ offset: column(4), sigmaOffset: column(5), chi2: column(6) },
    iterations: new Uint16Array(buffer, integers + 2 * from, to - from),
    ending: new Uint8Array(buffer, integers + 2 * padded + from, to - from),
  };
}
