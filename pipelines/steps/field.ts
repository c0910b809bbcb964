import type { Estimate, GroupLabels } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/field-pipeline.ts";
import type { Lab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Reason, Store } from "../../src/pipeline/store.ts";
import { FIELD_ROUTE_VERSION, type FieldResult, fieldRoute, withChecks } from "../../src/routes/field/field.ts";
import type { FieldDataset, FieldInput } from "../../src/routes/field/input.ts";
import type { FieldStudy } from "../../src/routes/field/study.ts";
import { fieldInputs } from "./field-inputs.ts";
import { Interrupted, type RunOptions } from "./options.ts";
import type { PlacedDataset } from "./place.ts";

const codec = jsonCodec<FieldResult>();

/** What became of the maps. */
export interface FieldRun {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly FieldStudy[];
  /** Fits of this run and of the store, and those that were refused. */
  readonly counts: { readonly run: number; readonly reused: number; readonly refused: number };
  /** Slot name of every fit, and the files that it rests on: its reason is theirs. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Dry run only. */
  readonly planned: readonly Reason[];
}

/** Of a folder without maps. */
export const NO_FIELD: FieldRun = { estimates: [], studies: [], counts: { run: 0, reused: 0, refused: 0 }, files: new Map(), planned: [] };

/** The field model on the maps of every cooldown and device, each a stage of the store. @throws Interrupted with the best point so far, which is not stored */
export async function runField(
  placed: readonly PlacedDataset[],
  lab: Lab | undefined,
  store: Store,
  options: RunOptions,
): Promise<FieldRun> {
  const results: { readonly value: FieldResult; readonly fresh: boolean }[] = [];
  const planned: Reason[] = [];
  const files = new Map<string, readonly string[]>();
  const inputs = fieldInputs(placed, lab);
  for (const [i, input] of inputs.entries()) {
    options.signal.throwIfAborted();
    const name = mapName(input.labels);
    const progress = (text: string) => options.onProgress(say.progress(i + 1, inputs.length, name, text));
    progress("");
    const slot = { stage: "field", name: JSON.stringify([input.labels.cooldown, input.labels.device]), file: input.maps[0]!.path };
    const all = [...input.maps, ...input.sources];
    const key = {
      ...{ stage: "field", version: FIELD_ROUTE_VERSION, inputs: all.map((d) => d.dataset.id) },
      options: { facts: input.facts, files: Object.fromEntries(all.map((d) => [d.path, statementOf(d)])) },
    };
    files.set(
      slot.name,
      all.map((d) => d.path),
    );
    const reason = options.dryRun ? store.plan(slot, key) : undefined;
    if (reason) {
      planned.push(reason);
      continue;
    }
    const { value, fresh } = await store.compute(slot, key, codec, () => uninterrupted(input, name, progress, options));
    // Not part of the fit: a copy elsewhere repeats none.
    const origin = input.maps.flatMap((map) => map.checks);
    results.push({ value: withChecks(value, origin), fresh });
  }
  const studies = results.map((r) => r.value.study);
  const run = results.filter((r) => r.fresh).length;
  return {
    estimates: results.flatMap((r) => r.value.estimates),
    studies,
    counts: { run: run + planned.length, reused: results.length - run, refused: studies.filter((s) => s.status === "refused").length },
    files,
    planned,
  };
}

/** What of a file's entry, its path apart, the fit depends on. */
function statementOf({ entry, cut, dataset }: FieldDataset) {
  const { on, scale, uncertainty, boundary, robin, initial, spread, map, match } = entry ?? {};
  // One entry is one scale, and frames in files of their own are one film.
  const together = dataset.kind === "field-source" || map?.at !== undefined ? match : undefined;
  return { on, scale, uncertainty, boundary, robin, initial, spread, cut, together };
}

async function uninterrupted(input: FieldInput, name: string, progress: (text: string) => void, options: RunOptions): Promise<FieldResult> {
  const result = await fieldRoute(input, { progress, signal: options.signal });
  const { outcome } = result.study;
  // A fit that was stopped from outside has no result: the next run makes it.
  if (options.signal.aborted && outcome.state === "stopped") throw new Interrupted(say.bestSoFar(name, outcome.numbers));
  return result;
}

/** `cd07/chipA`; `map` where nothing has a name. */
function mapName({ cooldown, device }: GroupLabels): string {
  return [cooldown, device].filter(Boolean).join("/") || "map";
}
