import type { GroupLabels } from "../core/estimate.ts";
import { missing as say } from "../core/messages/lab.ts";
import { columnOf, type Dataset } from "../tables/dataset.ts";
import type { Facts } from "./lab.ts";
import type { Lab } from "./load.ts";

/** What may be missing, in the order of what it unlocks, and the sentence about the qubits that lack it. */
const FACTS: readonly (readonly [lacks: (facts: Facts, measured: boolean) => boolean, sentence: (who: string) => string])[] = [
  [({ qubit }) => !qubit.frequency, say.frequency],
  [({ line }) => !line?.attenuation && !line?.attenuation_table, say.attenuation],
  [({ line }) => (line?.attenuation ?? line?.attenuation_table) !== undefined && line?.attenuation_from === "unknown", say.origin],
  [({ line }) => line?.attenuation_at !== undefined && !line.ripple, say.attenuationAt],
  [({ readout }) => !(readout.p1_given_0 && readout.p0_given_1), say.readout],
  [({ readout }) => (readout.p1_given_0 ?? readout.p0_given_1) !== undefined && readout.prepared === undefined, say.prepared],
  [({ line, qubit }) => line !== undefined && qubit.geometry === undefined, say.geometry],
  [({ line, readout }) => line !== undefined && readout.p1_given_0 !== undefined && readout.drive_to_readout === undefined, say.gap],
  [({ qubit }, measured) => !measured && !qubit.temperature && !qubit.equilibrium_population, say.equilibrium],
];

/**
 * What the lab file could still say about these qubits, and what that would unlock; one sentence each, naming the qubits.
 * @param measured whether the data themselves give a qubit's equilibrium population
 */
export function missingFacts(
  lab: Lab | undefined,
  groups: readonly GroupLabels[],
  measured: (labels: GroupLabels) => boolean = () => false,
): string[] {
  if (!lab) return [say.labFile()];
  const known = groups.map((labels) => ({
    who: [labels.cooldown, labels.qubit].filter(Boolean).join("/"),
    facts: lab.facts(labels),
    hasEquilibrium: measured(labels),
  }));
  return FACTS.flatMap(([lacks, sentence]) => {
    const who = [...new Set(known.filter(({ facts, hasEquilibrium }) => lacks(facts, hasEquilibrium)).map((k) => k.who))];
    return who.length > 0 ? [sentence(say.who(who))] : [];
  });
}

/** Whether a dataset is about a qubit: a map of energy or power is about the chip, and what is only listed about nothing. */
export function isOfQubit(dataset: Dataset): boolean {
  if (dataset.kind === "field" || dataset.kind === "field-source") return columnOf(dataset, "population") !== undefined;
  return dataset.kind !== "other";
}

/** Qubits whose populations are points of a map, and whose place nothing states. */
export function missingPositions(lab: Lab | undefined, datasets: readonly Dataset[]): string[] {
  const lost = datasets.filter(
    (d) => d.kind === "field" && isOfQubit(d) && columnOf(d, "x") === undefined && lab?.facts(d.labels).qubit.position === undefined,
  );
  const who = [...new Set(lost.map(({ labels }) => [labels.cooldown, labels.qubit].filter(Boolean).join("/")))];
  return who.length > 0 ? [say.position(say.who(who))] : [];
}
