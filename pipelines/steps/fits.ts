import type { GroupLabels } from "../../src/core/estimate.ts";
import { averageTraces, signalName } from "../../src/fit/average.ts";
import { commonAxis, DECAY_FIT_VERSION, type DecayFitOptions, fitDecay } from "../../src/fit/decay-fit.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import type { FitOutcome } from "../../src/fit/outcome.ts";
import type { FitRecord } from "../../src/fit/record.ts";
import type { Lab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Reason, Slot, StageKey, Store } from "../../src/pipeline/store.ts";
import { statedOnes } from "../../src/routes/decay-files.ts";
import { expectedOffset } from "../../src/routes/expected-offset.ts";
import { type Dataset, measuredIn } from "../../src/tables/dataset.ts";
import type { RunOptions } from "./options.ts";
import type { PlacedDataset } from "./place.ts";

/** A labelled fit, and whether it was computed in this run. */
export interface RunFit extends LabelledFit {
  readonly fresh: boolean;
}

const codec = jsonCodec<FitRecord>();
/** A series whose traces have different delays has no average: null is stored, so that this is not tried again either. */
const averageCodec = jsonCodec<FitRecord | null>();

/** Fits every decay trace, the average of the repeats of every file, and that of a series over its files. Traces excluded whole are left out. */
export async function fitDecays(placed: readonly PlacedDataset[], lab: Lab | undefined, store: Store, options: RunOptions): Promise<Fits> {
  const decays = decayUnits(placed, lab, options);
  const fits: RunFit[] = [];
  const planned: Reason[] = [];
  const averaged = new Map<string, string[]>();
  let done = 0;
  for (const [series, members] of grouped(decays, (u) => seriesName(u.dataset))) {
    const files = grouped(members, fileOf);
    for (const traces of files.values()) {
      for (const [u, fitOptions] of withCommonAxis(traces)) {
        options.signal.throwIfAborted();
        options.onProgress(`fitting ${++done} of ${decays.length}: ${u.path} ${u.dataset.labels.trace}`);
        const slot = { stage: "fit", name: slotName(u.dataset), file: u.path };
        const key = { stage: "fit", version: DECAY_FIT_VERSION, inputs: [u.dataset.id], options: fitOptions };
        if (isPlanned(slot, key)) continue;
        const { value, fresh } = await store.compute(slot, key, codec, () => fitDecay(u.dataset, fitOptions));
        fits.push(labelled(value, u.dataset, [u], u.dataset.axis, fresh));
      }
      await fitAverage(`${series} in its file`, traces);
    }
    if (files.size > 1) await fitAverage(series, members);
  }
  return { fits, planned, averaged };

  /** In a dry run, what would be fitted is noted and not fitted. */
  function isPlanned(slot: Slot, key: StageKey): boolean {
    const reason = options.dryRun ? store.plan(slot, key) : undefined;
    if (reason) planned.push(reason);
    return reason !== undefined;
  }

  async function fitAverage(name: string, members: readonly Unit[]): Promise<void> {
    options.signal.throwIfAborted();
    // Traces with excluded points cannot be averaged point by point with the others; swept ones are never averaged.
    // In the order of their numbers, not of their names: a renamed file is no reason to compute again.
    const whole = statedOnes(members, (u) => u.dataset.kindInferred)
      .filter((u) => u.options.excluded === undefined && u.dataset.axis !== "swept")
      .sort((a, b) => (a.dataset.id < b.dataset.id ? -1 : 1));
    const first = whole[0];
    if (!first || whole.length < 2) return;
    const slot = { stage: "fit", name: `mean of ${name}`, file: members[0]!.path };
    for (const u of whole) averaged.set(slot.name, [...(averaged.get(slot.name) ?? []), u.path]);
    const key = { stage: "fit", version: DECAY_FIT_VERSION, inputs: ["mean", ...whole.map((u) => u.dataset.id)], options: first.options };
    if (isPlanned(slot, key)) return;
    const { value, fresh } = await store.compute(slot, key, averageCodec, () => {
      const average = averageTraces(whole.map((u) => u.dataset));
      return average ? fitDecay(average, first.options) : null;
    });
    if (value) fits.push(labelled(value, first.dataset, whole, "mean", fresh));
  }
}

export interface Fits {
  readonly fits: readonly RunFit[];
  /** Dry run only: what would be fitted, and why. */
  readonly planned: readonly Reason[];
  /** Slot name of every average, and the files it is made of: its reason is theirs. */
  readonly averaged: ReadonlyMap<string, readonly string[]>;
}

/** A decay trace with the options of its fit. */
interface Unit extends PlacedDataset {
  readonly options: DecayFitOptions;
}

/** The decays, without traces that the lab file takes out whole. */
function decayUnits(placed: readonly PlacedDataset[], lab: Lab | undefined, options: FitOptions): Unit[] {
  return placed.flatMap((p) => {
    const fitOptions = p.dataset.kind === "decay" ? optionsFor(p, lab, options) : undefined;
    return fitOptions ? [{ ...p, options: fitOptions }] : [];
  });
}

type FitOptions = Pick<RunOptions, "crossCheck">;

/** Repeats of one file share their readout, and with it the axis of the I/Q plane on which the signal lies. */
function withCommonAxis(traces: readonly Unit[]): (readonly [Unit, DecayFitOptions])[] {
  const axis = traces.length > 1 ? commonAxis(traces.map((u) => u.dataset)) : undefined;
  return traces.map((u) => [u, axis ? { ...u.options, axis } : u.options]);
}

/** Every decay with the options that `fitDecays` fits it with, averages left aside. */
export function decayFitOptions(
  placed: readonly PlacedDataset[],
  lab: Lab | undefined,
  options: FitOptions,
): (readonly [Dataset, DecayFitOptions])[] {
  const series = grouped(decayUnits(placed, lab, options), (u) => seriesName(u.dataset));
  return [...series.values()].flatMap((members) =>
    [...grouped(members, fileOf).values()].flatMap((traces) => withCommonAxis(traces).map(([u, o]) => [u.dataset, o] as const)),
  );
}

/** The file in which a trace was measured: traces that were exported one by one still belong together. */
function fileOf({ dataset, path }: PlacedDataset): string {
  return measuredIn(dataset)[0]?.path ?? path;
}

function grouped<T>(items: readonly T[], name: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = name(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** undefined: the lab file takes the whole trace out. */
function optionsFor(p: PlacedDataset, lab: Lab | undefined, options: FitOptions): DecayFitOptions | undefined {
  const { excluded } = p;
  if (excluded === "all") return undefined;
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
  return JSON.stringify([cooldown, device, qubit, signalName(d.labels.trace), d.conditions.map((c) => [c.name, c.value])]);
}

function labelled(record: FitRecord, d: Dataset, members: readonly PlacedDataset[], axis: LabelledFit["axis"], fresh: boolean): RunFit {
  const checks = uniqueChecks(members);
  return {
    ...record,
    outcome: withChecks(record.outcome, checks),
    alternatives: Object.fromEntries(Object.entries(record.alternatives).map(([name, o]) => [name, withChecks(o, checks)])),
    labels: axis === "mean" ? { ...d.labels, trace: `${signalName(d.labels.trace)}[mean]` } : d.labels,
    axis,
    conditions: d.conditions,
    sources: [...new Set(members.flatMap((m) => measuredIn(m.dataset).map((s) => s.path)))],
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
