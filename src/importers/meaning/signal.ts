import type { Calibration, Condition, Kind, Noise, Note, Role } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { type ColumnData, type Dataset, type DatasetDraft, makeDataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";

/** One trace as an importer found it: an axis, the signal's columns, and what is known about them. */
export interface Trace {
  /** The swept axis; its role decides what the trace can be. */
  readonly axis: ColumnData;
  readonly signal: readonly ColumnData[];
  /** Further columns that are kept with it. */
  readonly others?: readonly ColumnData[];
  readonly qubit: string;
  readonly trace: string;
  readonly started?: string;
  readonly conditions?: readonly Condition[];
  readonly repetition?: Dataset["axis"];
  readonly notes?: readonly Note[];
  /** Calibration points that the importer found by itself; they count for a decay only. */
  readonly calibration?: Calibration;
  /** Noise that the file's own repetitions show; unknown without it. */
  readonly noise?: Noise;
  /** What the file says it is; undefined when it says nothing. */
  readonly stated: Extract<Kind, "decay" | "other"> | undefined;
}

/** Turns a trace into a dataset: the lab file decides the kind, then the file itself, then the axis. */
export function datasetOf(trace: Trace, hints: Hints): Dataset {
  const notes = [...(trace.notes ?? [])];
  const { kind, inferred } = kindOf(trace, hints);
  if (inferred) notes.push({ code: "kind_inferred", text: formatMessages.kindInferred() });
  const signal = kind === "scattering" || kind === "reference" ? asScattering(trace.signal) : trace.signal;
  if (kind === "other" && trace.axis.role === "frequency" && signal.some((c) => c.unit === "V"))
    notes.push({ code: "not_scattering", text: formatMessages.voltageNotS() });
  const calibration = kind === "decay" ? trace.calibration : undefined;
  if (calibration !== undefined) notes.push({ code: "calibration_layout", text: calibration.note });
  for (const c of [trace.axis, ...signal])
    if (c.inferred !== undefined) notes.push({ code: "unit_inferred", text: `${c.name}: ${c.inferred}` });
  const draft: DatasetDraft = {
    kind,
    kindInferred: inferred,
    labels: { cooldown: "", device: "", qubit: trace.qubit, trace: trace.trace },
    started: trace.started ?? "",
    columns: [trace.axis, ...signal, ...(trace.others ?? [])],
    conditions: withPower(trace.conditions ?? [], kind, hints),
    axis: trace.repetition ?? "single",
    noise:
      trace.noise ??
      (typeof hints.shots === "number" && signal.some((c) => c.role === "population")
        ? { type: "binomial", shots: hints.shots }
        : { type: "unknown" }),
    notes,
    ...(calibration === undefined ? {} : { calibration }),
  };
  return makeDataset(draft);
}

function kindOf(trace: Trace, hints: Hints): { kind: Kind; inferred: boolean } {
  if (hints.kind !== undefined) return { kind: hints.kind, inferred: false };
  const roles = trace.signal.map((c) => c.role);
  if (trace.axis.role === "delay") {
    if (!roles.some((role) => role === "i" || role === "voltage" || role === "population")) return { kind: "other", inferred: false };
    return trace.stated === undefined ? { kind: "decay", inferred: true } : { kind: trace.stated, inferred: false };
  }
  const scattering = trace.axis.role === "frequency" && roles.some((role) => role === "s_re" || role === "s_mag");
  return { kind: scattering ? "scattering" : "other", inferred: false };
}

/** Kinds whose evaluation needs the source power: they find it under the name `power`. */
const POWERED: readonly Kind[] = ["scattering", "reference", "population", "equilibrium", "total-power", "power"];

/** The lab file's power, else the only condition in watts. */
function withPower(conditions: readonly Condition[], kind: Kind, hints: Hints): readonly Condition[] {
  if (hints.power !== undefined) return [...conditions, { name: "power", value: hints.power.value, unit: "W" }];
  const powers = conditions.filter((c) => c.unit === "W");
  if (!POWERED.includes(kind) || powers.length !== 1) return conditions;
  return conditions.map((c) => (c === powers[0] ? { ...c, name: "power" } : c));
}

/** The lab file says that a readout voltage is a scattering parameter, up to the normalisation that its reference undoes. */
function asScattering(signal: readonly ColumnData[]): ColumnData[] {
  const role: Partial<Record<Role, Role>> = { i: "s_re", q: "s_im", voltage: "s_mag" };
  return signal.map((c) => {
    const to = role[c.role];
    return to === undefined ? c : { ...c, role: to, unit: "1", inferred: formatMessages.voltageAsS() };
  });
}

/** The columns `i` and `q` of a magnitude and an angle in radians. */
export function polarToIq(magnitude: ColumnData, angle: Float64Array): [ColumnData, ColumnData] {
  const { unit } = magnitude;
  return [
    { name: "i", unit, role: "i", values: magnitude.values.map((m, k) => m * Math.cos(angle[k]!)) },
    { name: "q", unit, role: "q", values: magnitude.values.map((m, k) => m * Math.sin(angle[k]!)) },
  ];
}

/** The rows `rows` of a column. */
export function pick(column: ColumnData, rows: readonly number[]): ColumnData {
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
}
