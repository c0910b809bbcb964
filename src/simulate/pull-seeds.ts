import type { GroupLabels } from "../core/estimate.ts";
import type { Facts, FileEntry } from "../lab/lab.ts";
import type { Dataset } from "../tables/dataset.ts";
import { DEFAULT_LAB } from "./default-lab.ts";
import { factsOf } from "./lab-facts.ts";
import { recordLab } from "./lab-folder.ts";
import type { Experiment, LabSpec } from "./lab-spec.ts";
import { datasetOf } from "./recording-datasets.ts";
import type { LabTruth, QubitTruth } from "./truth-record.ts";

/** One qubit in one cooldown: what the routes may see, and what they should find. */
export interface PullGroup {
  readonly labels: GroupLabels;
  readonly facts: Facts;
  /** With the entry of the lab file that would have matched: it says detector and reference. */
  readonly datasets: readonly { readonly dataset: Dataset; readonly entry: FileEntry }[];
  readonly truth: QubitTruth;
}

/** A whole lab of one seed. Groups that share an entry of the lab file share its error. */
export interface PullCase {
  readonly seed: number;
  readonly groups: readonly PullGroup[];
  readonly truth: LabTruth;
}

/** Repeats of every T1 measurement: with fewer, the error of a mean from its own scatter is itself too uncertain for a pull of width 1. */
const REPEATS = 20;

/** The default lab without its quirks and with 20 repeats everywhere: what is left has a true value for every number. */
export const PULL_LAB: LabSpec = {
  ...DEFAULT_LAB,
  exclude: [],
  cooldowns: DEFAULT_LAB.cooldowns.map((c) => ({ ...c, experiments: c.experiments.filter(hasTruth).map(withoutQuirks) })),
};

function hasTruth(e: Experiment): boolean {
  return !["echo-csv", "echo-quantify", "two-component-csv", "other-file"].includes(e.what);
}

function withoutQuirks(e: Experiment): Experiment {
  switch (e.what) {
    case "t1-csv":
      return { what: e.what, qubit: e.qubit, repeats: REPEATS, delays: e.delays, shots: e.shots };
    case "t1-labber":
      return { what: e.what, qubit: e.qubit, repeats: REPEATS, planned: REPEATS, delays: e.delays };
    case "t1-tergite":
    case "t1-quantify":
      return { ...e, repeats: REPEATS };
    default:
      return e;
  }
}

/**
 * Simulated labs in memory, one per seed from `first` on, with attenuation, readout errors, temperature and stated population drawn anew
 * for each from their stated sigmas: (estimate - truth)/sigma over the seeds must have mean 0 and width 1.
 * Yields one at a time; a lab takes about 0.1 s.
 */
export function* pullSeeds(count: number, spec: LabSpec = PULL_LAB, first = 1): Generator<PullCase> {
  for (let seed = first; seed < first + count; seed++) {
    const { cooldowns, truth } = recordLab(spec, seed);
    const groups = cooldowns.flatMap(({ name: cooldown, recorded }) =>
      Object.keys(spec.qubits).map((qubit) => {
        const labels = { cooldown, device: spec.device, qubit };
        const own = recorded.filter(([e]) => e.what !== "other-file" && e.qubit === qubit);
        const datasets = own.flatMap(([, recordings]) => recordings.map((r) => placed(datasetOf(r, labels))));
        return { labels, facts: factsOf(spec, cooldown, qubit), datasets, truth: truth.cooldowns[cooldown]![qubit]! };
      }),
    );
    yield { seed, groups, truth };
  }
}

function placed(dataset: Dataset): { readonly dataset: Dataset; readonly entry: FileEntry } {
  const { kind } = dataset;
  const own =
    kind === "reference"
      ? { off: "detuned" as const }
      : kind === "power"
        ? { detector: "vna" as const }
        : kind === "emission"
          ? { power_at: "device" as const }
          : {};
  return { dataset, entry: { match: "**", kind, place: "gammawatt.yaml:1:1", ...own } };
}
