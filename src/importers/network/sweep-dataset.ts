import { type Condition, type Kind, NO_LABELS, type Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-network.ts";
import { type Unit, unitConversion } from "../../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import { distinctNames } from "../meaning/distinct-names.ts";
import { noteOddFrequency } from "./odd-scattering.ts";
import { risingOrder, scatteringColumns, take } from "./port-pair.ts";
import { interpretTraces, type Normalisation, otherColumns, type Trace } from "./traces.ts";

/** The stimulus of a sweep in SI; `other` for anything but frequency, time and power. */
export interface Axis {
  readonly name: string;
  readonly role: "frequency" | "time" | "power" | "other";
  readonly unit: Unit;
  readonly values: Float64Array;
  readonly inferred?: string;
}

/** Traces of one sweep with what holds for it. */
export interface Sweep {
  readonly axis: Axis;
  readonly traces: readonly Trace[];
  /** Values of the outer axes. */
  readonly conditions: readonly Condition[];
  /** One of several sweeps between which an outer axis changes. */
  readonly swept: boolean;
  /** ISO 8601, or empty. */
  readonly started: string;
  readonly notes: readonly Note[];
  readonly normalisation: Normalisation;
}

const KINDS: readonly Kind[] = ["scattering", "reference", "other"];

/** @throws ImportError when the lab file calls network parameters a kind that they cannot be */
export function requireNetworkKind(hints: Hints, format: string, place: string): void {
  if (hints.kind !== undefined && !KINDS.includes(hints.kind)) throw new ImportError(say.wrongKind(hints.kind, format), place);
}

/**
 * An axis in SI by the name that CITI, MDIF and analysers give a stimulus: FREQ in Hz, TIME in s, POWER in dBm.
 * @param unit the unit that the file states, if it does
 * @throws ImportError for a unit that such a stimulus does not have
 */
export function axisNamed(name: string, values: Float64Array, unit: string | undefined, place: string): Axis {
  const role = stimulus(name);
  if (role === "other") return { name, role, unit: "1", values };
  const usual = { frequency: "Hz", time: "s", power: "dBm" }[role];
  // Some write GHZ and MHZ; nobody sweeps millihertz.
  const conversion = unitConversion(
    (unit ?? usual).replace(/^([kmgt]?)hz$/i, (_, prefix: string) => `${prefix.toUpperCase().replace("K", "k")}Hz`),
  );
  const si = { frequency: "Hz", time: "s", power: "W" } as const;
  if (conversion?.unit !== si[role]) throw new ImportError(say.axisUnit(name, unit ?? usual, si[role]), place);
  const same = conversion.toSI(1) === 1 && conversion.toSI(2) === 2;
  const inferred = unit === undefined && role === "power" ? { inferred: say.usualUnit(name, usual) } : {};
  return { name: role, role, unit: conversion.unit, values: same ? values : values.map((x) => conversion.toSI(x)), ...inferred };
}

/** The value of an outer axis as a condition in SI; a unit that is only usual is noted. */
export function conditionNamed(name: string, value: number, notes: Note[], place: string): Condition {
  const axis = axisNamed(name, Float64Array.of(value), undefined, place);
  const { inferred } = axis;
  if (inferred !== undefined && !notes.some((note) => note.text === inferred)) notes.push({ code: "unit_inferred", text: inferred });
  return { name: axis.name, value: axis.values[0]!, unit: axis.unit };
}

function stimulus(name: string): Axis["role"] {
  if (/^(?:f|freq|frequency|fstim)$/i.test(name)) return "frequency";
  // T alone is as likely a temperature, P a number of poles.
  if (/^time$/i.test(name)) return "time";
  return /^(?:pow|power|pwr)$/i.test(name) ? "power" : "other";
}

/** More sweeps than a person looks at in one file, and than memory holds as datasets. */
const MOST_SWEEPS = 20_000;

/** @throws ImportError */
export function refuseTooMany(count: number, place: string): void {
  if (count > MOST_SWEEPS) throw new ImportError(say.tooManySweeps(count, MOST_SWEEPS), place);
}

/** One dataset per sweep: `scattering` where S-parameters stand against frequency, else `other`. Equal trace labels are numbered. */
export function sweepDatasets(sweeps: readonly Sweep[], hints: Hints, format: string): Dataset[] {
  const drafts = sweeps.map((sweep) => {
    const notes: Note[] = [...sweep.notes];
    const { pairs, others } = interpretTraces(sweep.traces, sweep.normalisation, notes);
    const order = sweep.axis.role === "other" ? undefined : risingOrder(sweep.axis.values, notes);
    if (sweep.axis.role === "frequency") noteOddFrequency(sweep.axis.values, notes);
    if (hints.columns !== undefined) notes.push({ code: "hint_ignored", text: say.columnsIgnored(format) });
    const scattering = pairs.length > 0 && sweep.axis.role === "frequency";
    const signal = pairs.length === 1 ? `S${pairs[0]!.port}` : pairs.length > 1 ? "S" : (others[0]?.name ?? "");
    const axis: ColumnData = { ...sweep.axis, values: take(sweep.axis.values, order) };
    const rest = otherColumns(others).map((column) => ({ ...column, values: take(column.values, order) }));
    const columns = distinctNames([axis, ...scatteringColumns(pairs, order, notes), ...rest]);
    return { sweep, notes, signal, columns, kind: scattering ? (hints.kind ?? "scattering") : ("other" as const) };
  });
  const counts = new Map<string, number>();
  for (const { signal } of drafts) counts.set(signal, (counts.get(signal) ?? 0) + 1);
  const taken = new Map<string, number>();
  return drafts.map(({ sweep, notes, signal, columns, kind }) => {
    const index = taken.get(signal) ?? 0;
    taken.set(signal, index + 1);
    return makeDataset({
      kind,
      kindInferred: false,
      labels: { ...NO_LABELS, trace: counts.get(signal)! > 1 ? `${signal}[${index}]` : signal },
      started: sweep.started,
      columns,
      conditions: withPower(sweep, hints, notes),
      axis: sweep.swept ? "swept" : "single",
      noise: { type: "unknown" },
      notes,
    });
  });
}

/** A power that the file sweeps or states is not overruled; else the lab file's holds. */
function withPower(sweep: Sweep, hints: Hints, notes: Note[]): readonly Condition[] {
  if (hints.power === undefined) return sweep.conditions;
  if (sweep.axis.role === "power" || (sweep.swept && sweep.conditions.some((c) => c.name === "power"))) {
    notes.push({ code: "hint_ignored", text: say.powerSwept() });
    return sweep.conditions;
  }
  return [...sweep.conditions.filter((c) => c.name !== "power"), { name: "power", value: hints.power.value, unit: "W" }];
}
