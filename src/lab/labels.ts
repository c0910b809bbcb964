import type { Condition, Labels } from "../core/dataset.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { Lab, Match } from "./load.ts";

/**
 * Final labels of a dataset (CONTRACT.md, "Labels"): from the lab file, else the file's own metadata, else the path. Without either, the cooldown is
 * the first folder below the root (empty for files in the root), the qubit a leading `q<letters or digits>_` of the file name, else its stem.
 * A power that the entry states or cuts out becomes the condition `power` (W) of a dataset that has none of its own.
 */
export function labelDataset(dataset: Dataset, match: Match | undefined, lab: Lab | undefined, path: string): Dataset {
  const own = dataset.labels;
  const cut = match?.labels ?? {};
  const cooldown = cut.cooldown ?? (own.cooldown || cooldownOfPath(path));
  const labels: Labels = {
    cooldown,
    device: cut.device ?? (own.device || lab?.cooldowns[cooldown]?.device || lab?.device || ""),
    // A file of many channels tells its qubits itself; a name cut out of its path cannot stand for all of them.
    qubit: cut.qubit ?? (own.qubit || qubitOfPath(path)),
    trace: cut.trace === undefined ? own.trace || "signal" : cut.trace + (/\[\d+\]$/.exec(own.trace)?.[0] ?? ""),
  };
  const power = match?.entry.power;
  const stated = dataset.conditions.some((c) => c.name === "power");
  const conditions: readonly Condition[] =
    power === undefined || stated ? dataset.conditions : [...dataset.conditions, { name: "power", value: power.value, unit: "W" }];
  const started = dataset.started || lab?.cooldowns[cooldown]?.started || "";
  return { ...dataset, labels, conditions, started };
}

function cooldownOfPath(path: string): string {
  const parts = path.split("/");
  return parts.length > 1 ? parts[0]! : "";
}

function qubitOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return /^(q[a-z0-9]+)_/i.exec(stem)?.[1] ?? stem;
}
