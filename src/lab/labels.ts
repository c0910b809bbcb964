import type { Condition, Labels } from "../core/dataset.ts";
import { sidecarMessages as say } from "../core/messages/import-sidecars.ts";
import { leadingQubit } from "../importers/meaning/measurement-name.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { Lab, Match } from "./load.ts";
import { entryPlace, labelContradictions, settledConditions } from "./settle.ts";

/**
 * Final labels of a dataset (CONTRACT.md, "Labels"): from the lab file, else the file's own metadata, else the path. Without either, the cooldown is
 * the first folder below the root (empty for files in the root), the qubit a leading `q<letters or digits>_` of the file name, else its stem.
 * A power that the entry states or cuts out becomes the condition `power` (W). Where the lab file, the file, a sidecar and the path contradict each
 * other, a note says so, and which is used.
 * @param together all datasets of the file: where they name several qubits, a name for the whole file cannot stand for each of them
 */
export function labelDataset(
  dataset: Dataset,
  match: Match | undefined,
  lab: Lab | undefined,
  path: string,
  together: readonly Dataset[] = [dataset],
): Dataset {
  const named = dataset.labels;
  const cut = match?.labels ?? {};
  // What was exported has the labels that it had where it was measured: its path is that of the export.
  const exported = dataset.sources.some((source) => source.exportedFrom !== undefined);
  const cooldown = cut.cooldown ?? (named.cooldown || (exported ? "" : cooldownOfPath(path)));
  const channels = new Set(together.map((d) => d.labels.qubit).filter((q) => q !== ""));
  const labels: Labels = {
    cooldown,
    device: cut.device || lab?.cooldowns[cooldown]?.device || lab?.device || named.device,
    qubit: (channels.size > 1 ? named.qubit || cut.qubit : cut.qubit || named.qubit) || qubitOfPath(path),
    trace: traceOf(named.trace, match),
  };
  const power: readonly Condition[] = match?.entry.power ? [{ name: "power", value: match.entry.power.value, unit: "W" }] : [];
  const place = entryPlace(match?.entry);
  const file = dataset.sources[0]?.path ?? path;
  const { conditions, notes } = settledConditions(dataset, together, [...power, ...(match?.conditions ?? [])], place, file);
  const own = (name: "cooldown" | "device" | "qubit") => ({
    name,
    used: labels[name],
    usedPlace: place,
    other: named[name],
    otherPlace: say.fileOrSidecar(file),
  });
  const inPath = (name: "cooldown" | "qubit", other: string) => ({
    name,
    used: named[name],
    usedPlace: say.fileOrSidecar(file),
    other,
    otherPlace: say.thePath(),
  });
  const contradictions = labelContradictions([
    own("cooldown"),
    own("device"),
    ...(channels.size > 1 ? [] : [own("qubit")]),
    ...(cut.cooldown === undefined && !exported
      ? [inPath("cooldown", /^(?:cd|cool|run)/i.test(cooldownOfPath(path)) ? cooldownOfPath(path) : "")]
      : []),
    ...(cut.qubit === undefined && channels.size <= 1 && !exported ? [inPath("qubit", leadingQubit(path))] : []),
  ]);
  const told = (match?.conditions.length ?? 0) > 0 || cut.power !== undefined;
  const started = dataset.started || lab?.cooldowns[cooldown]?.started || "";
  return {
    ...{ ...dataset, labels, started, conditions, notes: [...dataset.notes, ...notes, ...contradictions] },
    // Operating points that file names tell apart are never averaged over.
    axis: dataset.kind === "decay" && told ? "swept" : dataset.axis,
  };
}

/** The file's own index stays behind a stated name: `p1[3]`. */
function traceOf(trace: string, match: Match | undefined): string {
  const [, signal = "", index = ""] = /^(.*?)(\[(?:\d+|mean)\])?$/s.exec(trace) ?? [];
  return [match?.labels.trace || signal || "signal", ...(match?.marks ?? [])].join(" ") + index;
}

function cooldownOfPath(path: string): string {
  const parts = path.split("/");
  return parts.length > 1 ? parts[0]! : "";
}

function qubitOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return leadingQubit(path) || stem;
}
