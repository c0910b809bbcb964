/** The thread in which batches of traces are fitted. It writes into the shared columns of results. */
import type { Plan, PlanOptions } from "../../numerics/separable/plan.ts";
import { ratesOn } from "../../numerics/separable/results.ts";
import { type Batch, fitBatch } from "./batch.ts";
import { planFor } from "./batch-plan.ts";

export interface BatchTask {
  /** Number of the plan: the same one is made once per thread. */
  readonly plan: number;
  readonly delays: Float64Array;
  readonly options: PlanOptions;
  /** Memory of all results (`allocateRates`), for so many traces; the batch's begin at `first`. */
  readonly results: SharedArrayBuffer;
  readonly traces: number;
  readonly batch: Batch;
  readonly first: number;
}

let made: { readonly number: number; readonly plan: Plan } | undefined;

/** @returns the number of traces fitted. */
export default function fit(task: BatchTask): number {
  if (made?.number !== task.plan) made = { number: task.plan, plan: planFor(task.delays, task.options) };
  const { batch, first } = task;
  fitBatch(batch, made.plan, ratesOn(task.results, task.traces, first, first + batch.rows), 0);
  return batch.rows;
}
