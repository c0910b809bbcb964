import { badThreads } from "../../core/messages/batch.ts";
import { BATCH_ENDINGS } from "../../numerics/separable/endings.ts";
import type { PlanOptions } from "../../numerics/separable/plan.ts";
import { allocateRates, RATE_COLUMNS, type Rates } from "../../numerics/separable/results.ts";
import { resultTable, type TraceColumn, traceChunks } from "../../tables/traces.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { workerUrl } from "../../workers/worker-url.ts";
import { type Batch, batchesOf, fitBatch } from "./batch.ts";
import { planFor } from "./batch-plan.ts";
import type { BatchTask } from "./worker.ts";

/** `significance` defaults to the limit of single fits: a trace that noise alone makes with probability 1e-4 or more ends as `no_decay`; with `contradiction` it is also told from noise of the size found. */
export type TraceOptions = PlanOptions;

/**
 * Fits `A exp(-G t) + C` to every trace of a column, on one core: least squares, or maximum likelihood for counts.
 * The column is read where it lies, slices and several chunks included. A null or NaN inside a trace refuses that trace.
 * @param delays s, the same for all traces.
 * @throws RangeError when the column is no list of float64, or delays, noise or fixed values cannot be meant. A trace that cannot be fitted is a row
 * with an ending (`BATCH_ENDINGS`) and NaN.
 */
export function fitTraces(column: TraceColumn, delays: ArrayLike<number>, options: TraceOptions = {}): Rates {
  const plan = planFor(delays, options);
  const out = allocateRates(column.length);
  let first = 0;
  for (const batch of batchesOf(traceChunks(column))) {
    fitBatch(batch, plan, out, first);
    first += batch.rows;
  }
  return out;
}

const TIME_LIMIT = 600_000;

/**
 * The same numbers, bit for bit, from several worker threads. Traces on a SharedArrayBuffer are read by the threads where they lie; others are
 * copied batch by batch (4096 traces) into memory that each thread reuses.
 * @throws RangeError as `fitTraces`; WorkerFailure when a thread gives no answer.
 */
export async function fitTracesInThreads(
  column: TraceColumn,
  delays: ArrayLike<number>,
  options: TraceOptions,
  threads: number,
): Promise<Rates> {
  if (!(Number.isInteger(threads) && threads >= 1)) throw new RangeError(badThreads(threads));
  // What cannot be meant is told here, once.
  planFor(delays, options);
  const out = allocateRates(column.length, true);
  const pool = new WorkerPool<BatchTask, number>({ worker: workerUrl("worker", import.meta.url), threads, timeLimit: TIME_LIMIT });
  const results = out.rate.buffer as SharedArrayBuffer;
  const common = { plan: nextPlan++, delays: Float64Array.from(delays), options: plain(options), results, traces: column.length };
  const batches = batchesOf(traceChunks(column));
  let first = 0;
  const work = async () => {
    let stage: Float64Array<ArrayBufferLike> = new Float64Array(0);
    for (;;) {
      const next = batches.next();
      if (next.done) return;
      const from = first;
      first += next.value.rows;
      const shared = staged(next.value, stage);
      stage = shared.stage;
      await pool.run({ ...common, batch: shared.batch, first: from });
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, work));
  } finally {
    await pool.close();
  }
  return out;
}
let nextPlan = 1;

/** Array-likes as typed arrays, so that they can be sent to a thread. */
function plain(options: TraceOptions): TraceOptions {
  const { noise } = options;
  const numbers = (v: number | ArrayLike<number>) => (typeof v === "number" ? v : Float64Array.from(v));
  if (noise?.type === "sigma") return { ...options, noise: { type: "sigma", sigma: numbers(noise.sigma) } };
  if (noise?.type === "binomial") return { ...options, noise: { type: "binomial", shots: numbers(noise.shots) } };
  return options;
}

/** The batch on shared memory: as it is, or copied to the stage (which grows where it must). */
function staged(batch: Batch, stage: Float64Array<ArrayBufferLike>): { batch: Batch; stage: Float64Array<ArrayBufferLike> } {
  const offsets = batch.offsets.slice();
  if (batch.values.buffer instanceof SharedArrayBuffer) return { batch: { ...batch, offsets }, stage };
  const base = offsets[0]!;
  const length = offsets[batch.rows]! - base;
  const room = stage.length >= length ? stage : new Float64Array(new SharedArrayBuffer(8 * length));
  room.set(batch.values.subarray(base, base + length));
  return { batch: { ...batch, values: room, offsets, base }, stage: room };
}

/**
 * The results as an Arrow table over the same memory, units in the fields; `ending` is a code of `BATCH_ENDINGS`.
 * @param unit of the traces.
 * @param options with which they were fitted: without known noise chi2 is a sum of squares.
 */
export function ratesTable(rates: Rates, unit: "1" | "V", options: TraceOptions = {}) {
  const known = options.noise !== undefined && options.noise.type !== "unknown";
  const unitOf = (name: (typeof RATE_COLUMNS)[number]) => {
    if (name === "rate" || name === "sigmaRate") return "1/s";
    return name !== "chi2" ? unit : known || unit === "1" ? "1" : "V^2";
  };
  return resultTable([
    ...RATE_COLUMNS.map((name) => ({ name, unit: unitOf(name), values: rates[name] })),
    { name: "iterations", unit: "1", values: rates.iterations },
    { name: "ending", unit: "1", values: rates.ending },
  ]);
}

/** How many traces ended how, by the ending's name, most frequent first. */
export function countEndings(rates: Rates): readonly { readonly code: string; readonly sentence: string; readonly traces: number }[] {
  const counts = new Uint32Array(BATCH_ENDINGS.length);
  for (let k = 0; k < rates.ending.length; k++) counts[rates.ending[k]!]!++;
  return BATCH_ENDINGS.map((ending, k) => ({ ...ending, traces: counts[k]! }))
    .filter((e) => e.traces > 0)
    .sort((a, b) => b.traces - a.traces);
}
