import type { GroupLabels } from "../core/estimate.ts";
import { missing as say } from "../core/messages/lab.ts";
import type { Lab } from "./load.ts";

/** What the lab file could still say about these qubits, and what that would unlock; one sentence each. */
export function missingFacts(lab: Lab | undefined, groups: readonly GroupLabels[]): string[] {
  if (!lab) return [say.labFile()];
  const sentences = groups.flatMap((labels) => {
    const { qubit, readout, line } = lab.facts(labels);
    const who = [labels.cooldown, labels.qubit].filter(Boolean).join("/");
    return [
      !qubit.frequency && say.frequency(who),
      !line?.attenuation && say.attenuation(who),
      line?.attenuation && line.attenuation_from === "unknown" && say.origin(who),
      !(readout.p1_given_0 && readout.p0_given_1) && say.readout(who),
      line && !qubit.geometry && say.geometry(who),
    ];
  });
  return sentences.filter((s): s is string => typeof s === "string");
}
