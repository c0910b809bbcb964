import { MISSING, WRONG_LENGTH } from "../../numerics/separable/endings.ts";
import { fitTrace, refuse } from "../../numerics/separable/fit-rows.ts";
import type { Plan } from "../../numerics/separable/plan.ts";
import type { Rates } from "../../numerics/separable/results.ts";
import type { TraceChunk } from "../../tables/traces.ts";

/** Some neighbouring traces of a column: trace k of the batch is `values[offsets[k] - base]` to `values[offsets[k + 1] - base]`. */
export interface Batch {
  readonly rows: number;
  readonly values: Float64Array;
  readonly offsets: Int32Array;
  readonly base: number;
  /** 1 where a trace is null or holds a null; undefined where none does. */
  readonly missing: Uint8Array | undefined;
}

/** Traces per batch: what is copied at once where a column does not stand on shared memory. */
const BATCH_ROWS = 4096;

/** The batches of a column, views of it. */
export function* batchesOf(chunks: readonly TraceChunk[]): Generator<Batch> {
  for (const chunk of chunks)
    for (let from = 0; from < chunk.rows; from += BATCH_ROWS) {
      const rows = Math.min(BATCH_ROWS, chunk.rows - from);
      const { isMissing } = chunk;
      const missing = isMissing && Uint8Array.from({ length: rows }, (_, k) => Number(isMissing(from + k)));
      yield { rows, values: chunk.values, offsets: chunk.offsets.subarray(from, from + rows + 1), base: 0, missing };
    }
}

/** Fits the traces of a batch into the rows of `out` from `first` on. */
export function fitBatch(batch: Batch, plan: Plan, out: Rates, first: number): void {
  const { rows, values, offsets, base, missing } = batch;
  const { points } = plan.axis;
  for (let k = 0; k < rows; k++) {
    const from = offsets[k]! - base;
    if (missing !== undefined && missing[k] === 1) refuse(out, first + k, MISSING, 0);
    else if (offsets[k + 1]! - base - from !== points) refuse(out, first + k, WRONG_LENGTH, 0);
    else fitTrace(values, from, plan, out, first + k);
  }
}
