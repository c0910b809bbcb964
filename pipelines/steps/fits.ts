import type { GroupLabels } from "../../src/core/estimate.ts";
import { averageTraces } from "../../src/fit/average.ts";
import { DECAY_FIT_VERSION, type DecayFitOptions, fitDecay } from "../../src/fit/decay-fit.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import type { FitOutcome } from "../../src/fit/outcome.ts";
import type { FitRecord } from "../../src/fit/record.ts";
import type { Lab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { expectedOffset } from "../../src/routes/expected-offset.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import type { RunOptions } from "./options.ts";
import type { PlacedDataset } from "./place.ts";

/** A labelled fit, and whether it was computed in this run. */
export interface RunFit extends LabelledFit {
  readonly fresh: boolean;
}

const codec = jsonCodec<FitRecord>();
/** A series whose traces have different delays has no average: null is stored, so that this is not tried again either. */
const averageCodec = jsonCodec<FitRecord | null>();

/** Fits every decay trace, and the average of every series of repeats. Traces excluded whole by the lab file are left out. */
export async function fitDecays(
  placed: readonly PlacedDataset[],
  lab: Lab | undefined,
  store: Store,
  options: RunOptions,
): Promise<RunFit[]> {
  const decays = placed.filter((p) => p.dataset.kind === "decay");
  const fits: RunFit[] = [];
  const series = new Map<string, PlacedDataset[]>();
  for (const [i, p] of decays.entries()) {
    options.signal.throwIfAborted();
    const fitOptions = optionsFor(p, lab, options);
    if (fitOptions === undefined) continue;
    options.onProgress(`fitting ${i + 1} of ${decays.length}: ${p.path} ${p.dataset.labels.trace}`);
    const slot = { stage: "fit", name: slotName(p.dataset), file: p.path };
    const key = { stage: "fit", version: DECAY_FIT_VERSION, inputs: [p.dataset.id], options: fitOptions };
    const { value, fresh } = await store.compute(slot, key, codec, () => fitDecay(p.dataset, fitOptions));
    fits.push(labelled(value, p.dataset, [p], p.dataset.axis, fresh));
    if (p.dataset.axis !== "swept") {
      const name = seriesName(p.dataset);
      series.set(name, [...(series.get(name) ?? []), p]);
    }
  }
  for (const [name, members] of series) {
    const files = new Map<string, PlacedDataset[]>();
    for (const m of members) files.set(m.path, [...(files.get(m.path) ?? []), m]);
    for (const [file, own] of files) await fitAverage(`${name} in ${file}`, own);
    if (files.size > 1) await fitAverage(name, members);
  }
  return fits;

  /** The average of the repeats inside a file, and of a series over its files. */
  async function fitAverage(name: string, members: readonly PlacedDataset[]): Promise<void> {
    options.signal.throwIfAborted();
    const memberOptions = members.map((m) => optionsFor(m, lab, options));
    // Traces with excluded points cannot be averaged point by point with the others.
    const whole = members.filter((_, i) => (memberOptions[i]?.excluded ?? []).length === 0);
    if (whole.length < 2) return;
    const fitOptions = memberOptions[members.indexOf(whole[0]!)] ?? {};
    const first = whole[0]!;
    const slot = { stage: "fit", name: `mean of ${name}`, file: first.path };
    const key = { stage: "fit", version: DECAY_FIT_VERSION, inputs: ["mean", ...whole.map((m) => m.dataset.id)], options: fitOptions };
    const { value, fresh } = await store.compute(slot, key, averageCodec, () => {
      const average = averageTraces(whole.map((m) => m.dataset));
      return average ? fitDecay(average, fitOptions) : null;
    });
    if (value) fits.push(labelled(value, first.dataset, whole, "mean", fresh));
  }
}

/** undefined: the lab file takes the whole trace out. */
function optionsFor(p: PlacedDataset, lab: Lab | undefined, options: RunOptions): DecayFitOptions | undefined {
  const exclusions = p.dataset.sources.flatMap((s) => lab?.exclusionsFor(s.path, p.dataset.labels.trace) ?? []);
  if (exclusions.some((x) => x.points === undefined)) return undefined;
  const excluded = [...new Set(exclusions.flatMap((x) => x.points ?? []))].sort((a, b) => a - b);
  const group: GroupLabels = p.dataset.labels;
  const offset = lab ? expectedOffset(lab.facts(group), p.dataset) : undefined;
  return {
    ...(offset === undefined ? {} : { offset }),
    ...(excluded.length === 0 ? {} : { excluded }),
    ...(options.crossCheck ? { crossCheck: true } : {}),
  };
}

function slotName(d: Dataset): string {
  const { cooldown, device, qubit, trace } = d.labels;
  return JSON.stringify([cooldown, device, qubit, trace, d.sources[0]?.path ?? "", d.conditions.map((c) => [c.name, c.value])]);
}

function seriesName(d: Dataset): string {
  const { cooldown, device, qubit } = d.labels;
  return JSON.stringify([cooldown, device, qubit, signalOf(d.labels.trace), d.conditions.map((c) => [c.name, c.value])]);
}

/** `signal[3]` -> `signal`. */
const signalOf = (trace: string) => trace.replace(/\[\d+\]$/, "");

function labelled(record: FitRecord, d: Dataset, members: readonly PlacedDataset[], axis: LabelledFit["axis"], fresh: boolean): RunFit {
  const checks = uniqueChecks(members);
  return {
    ...record,
    outcome: withChecks(record.outcome, checks),
    labels: axis === "mean" ? { ...d.labels, trace: `${signalOf(d.labels.trace)}[mean]` } : d.labels,
    axis,
    conditions: d.conditions,
    sources: [...new Set(members.flatMap((m) => m.dataset.sources.map((s) => s.path)))],
    started: d.started,
    kindInferred: d.kindInferred,
    fresh,
  };
}

function uniqueChecks(members: readonly PlacedDataset[]) {
  const seen = new Map(members.flatMap((m) => m.checks.map((c) => [c.code, c] as const)));
  return [...seen.values()];
}

function withChecks(outcome: FitOutcome, checks: PlacedDataset["checks"]): FitOutcome {
  return checks.length === 0 ? outcome : { ...outcome, checks: [...outcome.checks, ...checks] };
}
