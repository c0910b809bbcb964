import type { Estimate, GroupLabels } from "../../src/core/estimate.ts";
import type { Lab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { type LabelledCoherence, quotedCoherence } from "../../src/routes/coherence/coherence.ts";
import { quotedPower } from "../../src/routes/compare.ts";
import type { JointResult } from "../../src/routes/joint/joint.ts";
import { POWER_ROUTE_VERSION, type PowerDataset, type PowerResult, powerRoute } from "../../src/routes/power/power.ts";
import { withoutRows } from "../../src/tables/dataset.ts";
import { groupName, POWER_KINDS, sameGroup } from "./groups.ts";
import { jointStage } from "./joint.ts";
import type { PlacedDataset } from "./place.ts";
import { drawnStage } from "./propagation.ts";

/** One qubit in one cooldown between its two routes. */
export interface MeasuredQubit {
  readonly labels: GroupLabels;
  readonly datasets: readonly PowerDataset[];
  /** The quoted rate of each route. */
  readonly decay: Estimate | undefined;
  readonly power: Estimate | undefined;
  readonly result: PowerResult;
  readonly joint: JointResult;
  readonly detectors: readonly string[];
}

/** What is known of the qubit before its power route. */
export interface QubitData {
  readonly labels: GroupLabels;
  readonly placed: readonly PlacedDataset[];
  readonly decay: Estimate | undefined;
  readonly coherences: readonly LabelledCoherence[];
}

const codec = jsonCodec<PowerResult>();

/** Power route, drawn errors and joint fit of one qubit in one cooldown, each a stage of the store. */
export async function measureQubit(data: QubitData, lab: Lab | undefined, store: Store): Promise<MeasuredQubit> {
  const { labels, decay } = data;
  const own = data.placed
    .filter((p) => sameGroup(p.dataset.labels, labels) && POWER_KINDS.includes(p.dataset.kind) && p.excluded !== "all")
    .map((p) => ({ ...p, dataset: withoutRows(p.dataset, p.excluded === "all" ? [] : p.excluded) }))
    .sort((a, b) => (a.dataset.id < b.dataset.id ? -1 : 1));
  const datasets = own.map((p) => ({ dataset: p.dataset, ...(p.match ? { entry: p.match.entry } : {}) }));
  const detectors = [...new Set(datasets.flatMap((d) => d.entry?.detector ?? (d.dataset.kind === "scattering" ? "vna" : [])))];
  // Scattering alone (a resonator scan, say) claims nothing about a power route; it takes a lab file or population data to mean one.
  const claimed = own.length > 0 && (lab !== undefined || own.some((p) => p.dataset.kind === "population" || p.dataset.kind === "power"));
  const { result, joint } = claimed
    ? await throughStore(data, own, datasets, lab, store)
    : { result: { estimates: [], studies: [] }, joint: { estimates: [], studies: [] } };
  return { labels, datasets, decay, power: quotedPower(result.estimates), result, joint, detectors };
}

async function throughStore(
  { labels, decay, coherences }: QubitData,
  own: readonly PlacedDataset[],
  datasets: readonly PowerDataset[],
  lab: Lab | undefined,
  store: Store,
): Promise<Pick<MeasuredQubit, "result" | "joint">> {
  const facts = lab?.facts(
    labels,
    own.flatMap((p) => (p.match ? [p.match.entry] : [])),
  ) ?? { device: labels.device, qubit: {}, readout: {} };
  // The decay of the population between drive and readout is all that the power route takes from T1: without a gap it does not depend on it.
  const gapDecay = facts.readout.drive_to_readout ? decay : undefined;
  // Rabi frequencies alone want the coherence rate of other data.
  const coherence = own.some((p) => p.dataset.kind === "rabi") ? quotedCoherence(labels, coherences) : undefined;
  const options = {
    facts,
    // Places are for messages; a line number that moved is no reason to compute again.
    entries: datasets.map((d) => ({ ...d.entry, place: undefined })),
    // A power that a sidecar or the path states is no part of the numbers' id.
    conditions: own.map((p) => p.dataset.conditions.map(({ name, value, unit }) => ({ name, value, unit }))),
    ...(coherence ? { coherence: { value: coherence.value, sigma: coherence.sigmaStat, by: coherence.estimator } } : {}),
    decay: gapDecay && { value: gapDecay.value, sigma: [gapDecay.sigmaStat, gapDecay.sigmaCommon], status: gapDecay.status },
  };
  const slot = { name: groupName(labels), file: own.map((p) => p.path).sort()[0]! };
  const inputs = own.map((p) => p.dataset.id);
  const key = { stage: "power", version: POWER_ROUTE_VERSION, inputs, options };
  const input = { labels, facts, datasets, ...(gapDecay ? { decay: gapDecay } : {}), ...(coherence ? { coherence } : {}) };
  const measured = (await store.compute({ stage: "power", ...slot }, key, codec, () => powerRoute(input))).value;
  return {
    result: await drawnStage(store, { slot, inputs, options }, input, measured),
    joint: await jointStage(store, { slot, inputs, options }, { labels, facts, datasets }, decay),
  };
}
