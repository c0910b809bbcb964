import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import type { LabelledCoherence } from "../../src/routes/coherence/coherence.ts";
import { type CoherenceTrace, coherenceTrace } from "../../src/routes/coherence/trace.ts";
import { type Dataset, measuredIn, withoutRows } from "../../src/tables/dataset.ts";
import type { PlacedDataset } from "./place.ts";

/** Raised when the same trace would give other numbers. */
const COHERENCE_VERSION = 1;
const codec = jsonCodec<CoherenceTrace>();

/** Every Ramsey and echo trace, fitted once. Equal arrays under equal labels are one measurement. */
export async function fitCoherences(placed: readonly PlacedDataset[], store: Store): Promise<LabelledCoherence[]> {
  const fitted: LabelledCoherence[] = [];
  for (const { dataset: whole, path, excluded } of placed) {
    if (whole.kind !== "coherence" || excluded === "all") continue;
    const dataset = withoutRows(whole, excluded);
    const { labels } = dataset;
    const slot = { stage: "coherence", name: JSON.stringify([path, labels, dataset.id]), file: path };
    const key = { stage: "coherence", version: COHERENCE_VERSION, inputs: [dataset.id], options: namesIn(dataset) };
    fitted.push({ labels, trace: (await store.compute(slot, key, codec, () => coherenceTrace(dataset))).value });
  }
  return fitted;
}

/** What the trace's name and settings decide: which sequence, which operating point. */
function namesIn(dataset: Dataset) {
  const { labels, conditions, axis } = dataset;
  return {
    trace: labels.trace,
    sources: measuredIn(dataset).map((s) => s.path),
    conditions: conditions.map(({ name, value, unit }) => ({ name, value, unit })),
    axis,
  };
}
