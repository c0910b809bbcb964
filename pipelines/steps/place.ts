import type { Check } from "../../src/core/check.ts";
import { check } from "../../src/core/check.ts";
import { duplicateData, excluded, kindInferred } from "../../src/core/messages/cli.ts";
import { labelDataset } from "../../src/lab/labels.ts";
import type { Lab, Match } from "../../src/lab/load.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import type { ImportedFile } from "./import.ts";
import type { RunOptions } from "./options.ts";

/** A dataset with its final labels, the lab file's entry for it, and what the labels revealed. */
export interface PlacedDataset {
  readonly dataset: Dataset;
  readonly path: string;
  readonly match: Match | undefined;
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
      const dataset = withExclusions(labelled, file.path, lab);
      const { cooldown, device, qubit, trace } = dataset.labels;
      const place = JSON.stringify([dataset.id, cooldown, device, qubit, trace]);
      const where = `${cooldown || "(no cooldown)"}/${qubit}`;
      labelsOfId.set(dataset.id, (labelsOfId.get(dataset.id) ?? new Set()).add(where));
      const twin = joined.get(place);
      if (twin) joined.set(place, { ...twin, dataset: { ...twin.dataset, sources: [...twin.dataset.sources, ...dataset.sources] } });
      else joined.set(place, { dataset, path: file.path, match: file.match, checks: [] });
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
  return placed;
}

/** What the lab file takes out of the fits is printed wherever the dataset's notes are. */
function withExclusions(dataset: Dataset, path: string, lab: Lab | undefined): Dataset {
  const notes = (lab?.exclusionsFor(path, dataset.labels.trace) ?? []).map((x) => ({
    code: "excluded",
    text: excluded(x.points, x.reason),
  }));
  return notes.length === 0 ? dataset : { ...dataset, notes: [...dataset.notes, ...notes] };
}
