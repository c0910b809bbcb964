import type { Note, Role } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { sweepMessages } from "../../core/messages/import-qcodes.ts";
import { unitConversion } from "../../core/units.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import type { Meaning, Named } from "../csv/names.ts";
import { siColumn } from "../meaning/si-column.ts";
import type { SweptSignal } from "./parameter.ts";

/** Columns that make one signal, over the setpoints of its first parameter. */
export interface TraceSignal {
  readonly name: string;
  readonly qubit: string;
  readonly of: SweptSignal;
  readonly columns: readonly ColumnData[];
  readonly notes: readonly Note[];
}

/** A parameter with what it means. */
export interface NamedSignal {
  readonly signal: SweptSignal;
  readonly named: Named;
  /** The lab file says so. */
  readonly stated: boolean;
}

/**
 * Puts together what belongs together: I with Q, magnitude with phase, real with imaginary part, where they were taken at the same setpoints of the
 * same qubit and port. What is neither stays a signal of its own; its role is `other` when nothing says what it is.
 * @param spectrum whether the signals stand beside a frequency: complex numbers without a unit are then scattering parameters
 */
export function traceSignals(all: readonly NamedSignal[], spectrum: boolean): TraceSignal[] {
  const again = writtenAgain(all);
  const used = new Set<NamedSignal>(again.keys());
  const result: TraceSignal[] = [];
  for (const one of all) {
    if (used.has(one) || (SECONDS.has(one.named.meaning) && all.some((other) => arePair(other, one)))) continue;
    const partner = all.find((other) => !used.has(other) && arePair(one, other));
    used.add(one);
    if (partner !== undefined) used.add(partner);
    const trace = signalOf(one, partner, spectrum);
    const left = [...again].filter(([, kept]) => kept === one).map(([other]) => other.signal.name);
    const notes = left.length === 0 ? [] : [{ code: "same_trace", text: formatMessages.sameTrace(left, trace.name) }];
    result.push({ ...trace, notes: [...trace.notes, ...notes] });
  }
  return result;
}

/** Magnitude and phase beside I and Q of the same qubit and setpoints, and all of them beside its population, with what says the same already. */
function writtenAgain(all: readonly NamedSignal[]): ReadonlyMap<NamedSignal, NamedSignal> {
  const again = new Map<NamedSignal, NamedSignal>();
  for (const one of all) {
    const { meaning } = one.named;
    if (one.stated || !["i", "q", "magnitude", "phase"].includes(meaning)) continue;
    const counted = all.find((other) => other.named.meaning === "population" && areTogether(one, other));
    const cartesian = all.find((other) => other.named.meaning === "i" && areTogether(one, other) && all.some((q) => arePair(other, q)));
    const kept = counted ?? (meaning === "magnitude" || meaning === "phase" ? cartesian : undefined);
    if (kept !== undefined) again.set(one, kept);
  }
  return again;
}

const PAIRS: readonly (readonly [Meaning, Meaning])[] = [
  ["i", "q"],
  ["magnitude", "phase"],
  ["s_re", "s_im"],
  ["s_db", "s_deg"],
  ["s_mag", "s_deg"],
];
const SECONDS = new Set(PAIRS.map(([, second]) => second));

function arePair(a: NamedSignal, b: NamedSignal): boolean {
  return PAIRS.some(([first, second]) => a.named.meaning === first && b.named.meaning === second) && areTogether(a, b);
}

/** Taken at the same setpoints of the same qubit and port. */
function areTogether(a: NamedSignal, b: NamedSignal): boolean {
  return (
    a !== b &&
    a.named.port === b.named.port &&
    a.named.qubit === b.named.qubit &&
    a.named.repeat === b.named.repeat &&
    a.signal.setpoints.length === b.signal.setpoints.length &&
    a.signal.setpoints.every((s, k) => s.name === b.signal.setpoints[k]!.name && sameValues(s.values, b.signal.setpoints[k]!.values))
  );
}

const sameValues = (a: Float64Array, b: Float64Array) => a.length === b.length && a.every((x, k) => Object.is(x, b[k]));

function signalOf({ signal, named }: NamedSignal, partner: NamedSignal | undefined, spectrum: boolean): TraceSignal {
  const name = partner === undefined ? signal.name : `${signal.name},${partner.signal.name}`;
  const { columns, notes } = columnsOf(signal, named, partner, spectrum);
  const ported = named.port === undefined ? columns : columns.map((c) => (c.role.startsWith("s_") ? { ...c, port: named.port! } : c));
  return { name, qubit: named.qubit ?? "", of: signal, columns: ported, notes };
}

type Made = { readonly columns: readonly ColumnData[]; readonly notes: readonly Note[] };

function columnsOf(signal: SweptSignal, named: Named, partner: NamedSignal | undefined, spectrum: boolean): Made {
  const { meaning } = named;
  const scattering =
    meaning.startsWith("s_") || (spectrum && isRatio(signal.unit) && (signal.imaginary !== undefined || partner !== undefined));
  const inferred = scattering && !meaning.startsWith("s_") ? { inferred: sweepMessages.besideFrequency(signal.name) } : {};
  const [first, second]: readonly [Role, Role] = scattering ? ["s_re", "s_im"] : ["i", "q"];
  if (signal.imaginary !== undefined) return { columns: complexColumns(signal, signal.imaginary, first, second, inferred), notes: [] };
  if (partner === undefined) return aloneColumns(signal, meaning, scattering);
  const other = partner.signal;
  if (partner.named.meaning === "q" || partner.named.meaning === "s_im") {
    const columns = [
      siColumn(signal.name, first, signal.values, signal.unit, inferred),
      siColumn(other.name, second, other.values, other.unit, inferred),
    ];
    return { columns, notes: [] };
  }
  const angle = anglesOf(other);
  if (angle === undefined) {
    const column = siColumn(signal.name, "other", signal.values, signal.unit);
    return { columns: [column], notes: [{ code: "unit_missing", text: formatMessages.phaseUnit(other.name, largest(other.values)) }] };
  }
  const linear = linearOf(signal);
  const part = (role: Role, f: (x: number) => number): ColumnData => {
    const values = linear.values.map((r, k) => r * f(angle.values[k]!));
    return { ...linear, name: `${signal.name}.${role === first ? "re" : "im"}`, role, values, ...inferred };
  };
  const notes = [{ code: "polar_to_iq", text: formatMessages.polarToIq(signal.name, other.name) }];
  if (angle.inferred) notes.push({ code: "unit_inferred", text: sweepMessages.degreesInferred(other.name, largest(other.values)) });
  return { columns: [part(first, Math.cos), part(second, Math.sin)], notes };
}

function complexColumns(signal: SweptSignal, imaginary: Float64Array, first: Role, second: Role, more: object): ColumnData[] {
  return [
    siColumn(`${signal.name}.re`, first, signal.values, signal.unit, more),
    siColumn(`${signal.name}.im`, second, imaginary, signal.unit, more),
  ];
}

function aloneColumns(signal: SweptSignal, meaning: Meaning, scattering: boolean): Made {
  if (meaning === "magnitude" || (scattering && (meaning === "s_db" || meaning === "s_mag"))) {
    const column = { ...linearOf(signal), role: scattering ? ("s_mag" as const) : ("voltage" as const) };
    return { columns: [column], notes: scattering ? [] : [{ code: "magnitude_only", text: sweepMessages.magnitudeOnly(signal.name) }] };
  }
  const role: Role = ALONE.includes(meaning as Role) ? (meaning as Role) : meaning === "i" || meaning === "q" ? "voltage" : "other";
  return { columns: [siColumn(signal.name, role, signal.values, signal.unit)], notes: [] };
}

const ALONE: readonly Role[] = ["population", "voltage"];

const isRatio = (unit: string) => unit.trim() === "" || ["1", "dB"].includes(unitConversion(unit)?.unit ?? "");

/** A magnitude as it is, or out of 20 log10. */
function linearOf(signal: SweptSignal): ColumnData {
  const column = siColumn(signal.name, "other", signal.values, signal.unit);
  if (column.unit !== "dB") return column;
  return { ...column, unit: "1", values: column.values.map((db) => 10 ** (db / 20)), inferred: sweepMessages.decibels(signal.name) };
}

/** Radians; undefined when the unit is neither stated nor clear. */
function anglesOf(phase: SweptSignal): { readonly values: Float64Array; readonly inferred: boolean } | undefined {
  const unit = phase.unit.trim();
  const conversion = unitConversion(unit === "" ? "deg" : unit);
  // An angle in radians of one turn, wrapped or not, cannot reach 4 pi.
  if (conversion?.unit !== "rad" || (unit === "" && !(largest(phase.values) > 4 * Math.PI))) return undefined;
  return { values: phase.values.map((x) => conversion.toSI(x)), inferred: unit === "" };
}

function largest(values: Float64Array): number {
  return values.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
}
