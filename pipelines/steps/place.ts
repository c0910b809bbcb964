import type { Check } from "../../src/core/check.ts";
import { check } from "../../src/core/check.ts";
import type { Note } from "../../src/core/dataset.ts";
import { duplicateData, excluded, kindInferred } from "../../src/core/messages/cli.ts";
import type { Exclusion } from "../../src/lab/lab.ts";
import { labelDataset } from "../../src/lab/labels.ts";
import type { Lab, Match } from "../../src/lab/load.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import type { ImportedFile } from "./import.ts";
import { withOperatingPoints } from "./operating-points.ts";
import type { RunOptions } from "./options.ts";

/** A dataset with its final labels, the lab file's entry for it, and what the labels revealed. */
export interface PlacedDataset {
  readonly dataset: Dataset;
  readonly path: string;
  readonly match: Match | undefined;
  /** What the lab file takes out of the fits: the whole trace, or points by row number (empty: nothing). */
  readonly excluded: "all" | readonly number[];
  /** Checks on where the data come from; they go with every result made from them. */
  readonly checks: readonly Check[];
}

/**
 * Labels every imported dataset and joins copies: equal numbers under equal labels are one dataset with several sources;
 * under different labels they stay apart, each with the check `duplicate_data`.
 */
export function placeDatasets(
  files: readonly ImportedFile[],
  lab: Lab | undefined,
  options: Pick<RunOptions, "qubit" | "cooldown">,
): PlacedDataset[] {
  const joined = new Map<string, PlacedDataset>();
  const labelsOfId = new Map<string, Set<string>>();
  for (const file of files) {
    if (file.result.status !== "imported") continue;
    for (const imported of file.result.datasets) {
      const labelled = labelDataset(imported, file.match, lab, file.path, file.result.datasets);
      const exclusions = lab?.exclusionsFor(file.path, labelled.labels.trace) ?? [];
      // What is taken out is printed wherever the dataset's notes are.
      const notes = exclusions.map((x) => ({ code: "excluded", text: excluded(x.points, x.reason) }));
      const dataset = { ...labelled, notes: eachOnce([...labelled.notes, ...notes]) };
      const { cooldown, device, qubit, trace } = dataset.labels;
      const place = JSON.stringify([dataset.id, cooldown, device, qubit, trace]);
      const where = `${cooldown || "(no cooldown)"}/${qubit}`;
      labelsOfId.set(dataset.id, (labelsOfId.get(dataset.id) ?? new Set()).add(where));
      const twin = joined.get(place);
      const out = both(twin?.excluded ?? [], takenOut(exclusions));
      if (twin)
        joined.set(place, { ...twin, excluded: out, dataset: { ...twin.dataset, sources: [...twin.dataset.sources, ...dataset.sources] } });
      else joined.set(place, { dataset, path: file.path, match: file.match, excluded: out, checks: [] });
    }
  }
  const placed: PlacedDataset[] = [];
  for (const p of joined.values()) {
    const { cooldown, qubit } = p.dataset.labels;
    if (options.qubit !== undefined && qubit !== options.qubit) continue;
    if (options.cooldown !== undefined && cooldown !== options.cooldown) continue;
    const others = [...(labelsOfId.get(p.dataset.id) ?? [])].filter((w) => w !== `${cooldown || "(no cooldown)"}/${qubit}`);
    const checks: Check[] = [];
    if (others.length > 0) checks.push(check("duplicate_data", false, duplicateData(others)));
    if (p.dataset.kind === "decay" && p.dataset.kindInferred) checks.push(check("kind_inferred", false, kindInferred()));
    placed.push({ ...p, checks });
  }
  return withOperatingPoints(placed);
}

/** A dataset that was exported has the notes of its first labelling already. */
export function eachOnce(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.code} ${note.text}`, note])).values()];
}

function takenOut(exclusions: readonly Exclusion[]): PlacedDataset["excluded"] {
  return exclusions.some((x) => x.points === undefined) ? "all" : exclusions.flatMap((x) => x.points ?? []);
}

function both(a: PlacedDataset["excluded"], b: PlacedDataset["excluded"]): PlacedDataset["excluded"] {
  return a === "all" || b === "all" ? "all" : [...new Set([...a, ...b])].sort((x, y) => x - y);
}
