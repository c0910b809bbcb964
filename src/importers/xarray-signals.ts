import type { Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { magnitudeOnly } from "../core/messages/csv.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { ColumnData } from "../tables/dataset.ts";
import { isUnitOf, siColumn } from "./si-column.ts";
import { polarToIq } from "./signal.ts";

/** A measured variable with its numbers, before its meaning is known. */
export interface Measured {
  /** Unique name: `y0`. */
  readonly id: string;
  /** What the experimenter calls it: name and long name. */
  readonly name: string;
  readonly longName: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/** Variables that make one signal together: an i and a q (possibly from magnitude and angle), or one real column. */
export interface Signal {
  /** `I,Q`, `magn,phase`, `y2`. */
  readonly name: string;
  readonly columns: readonly ColumnData[];
  readonly notes: readonly Note[];
}

const MAGNITUDE = /^(mag|magn|magnitude|amp|amplitude|abs)\d*$/i;
const PHASE = /^(phase|angle|arg)\d*$/i;
const IN_PHASE = /^(i|voltage ?i|re|real|in-?phase)\d*$/i;
const QUADRATURE = /^(q|voltage ?q|im|imag|imaginary|quadrature)\d*$/i;
const POPULATION = /^(p1|pe|p_?e|pop|population|excited ?state ?population|p\(1\))\d*$/i;

/**
 * Pairs neighbouring variables to complex signals (magnitude with phase, I with Q); the rest are real signals or, in another unit than
 * voltage and population (`dt` in s), columns that are only kept.
 * @throws ImportError when an angle's unit can be neither read nor inferred
 */
export function signalsOf(variables: readonly Measured[], file: string): { signals: readonly Signal[]; others: readonly ColumnData[] } {
  const signals: Signal[] = [];
  const others: ColumnData[] = [];
  for (let k = 0; k < variables.length; k++) {
    const a = variables[k]!;
    const b = variables[k + 1];
    if (b !== undefined && called(a, MAGNITUDE) && called(b, PHASE)) {
      const magnitude = siColumn(a.name || a.id, "voltage", a.values, a.unit);
      const inferred = magnitude.inferred === undefined ? {} : { inferred: magnitude.inferred };
      const columns = polarToIq(magnitude, radians(b, file)).map((c) => ({ ...c, ...inferred }));
      const notes = [{ code: "polar_to_iq", text: formatMessages.polarToIq(a.name || a.id, b.name || b.id) }];
      signals.push({ name: `${a.name || a.id},${b.name || b.id}`, columns, notes });
      k++;
    } else if (b !== undefined && called(a, IN_PHASE) && called(b, QUADRATURE) && a.unit === b.unit) {
      const columns = [siColumn(a.id, "i", a.values, a.unit), siColumn(b.id, "q", b.values, b.unit)];
      signals.push({ name: `${a.name || a.id},${b.name || b.id}`, columns, notes: [] });
      k++;
    } else if (called(a, POPULATION)) {
      signals.push({ name: a.name || a.id, columns: [siColumn(a.id, "population", a.values, a.unit)], notes: [] });
    } else if (isUnitOf("V", a.unit) || called(a, MAGNITUDE)) {
      const notes = called(a, MAGNITUDE) ? [{ code: "magnitude_only", text: magnitudeOnly(a.name || a.id) }] : [];
      signals.push({ name: a.name || a.id, columns: [siColumn(a.id, "voltage", a.values, a.unit)], notes });
    } else others.push(siColumn(a.id, "other", a.values, a.unit));
  }
  return { signals, others };
}

/** Complex numbers are I and Q, or a scattering parameter where the name says so (`S21`). */
export function complexSignal(name: string, re: Float64Array, im: Float64Array, unit: string): Signal {
  const port = /^s_?([1-9][1-9])$/i.exec(name)?.[1];
  const [real, imaginary] = port === undefined ? (["i", "q"] as const) : (["s_re", "s_im"] as const);
  const more = port === undefined ? {} : { port };
  const columns = [siColumn(`${name}, real`, real, re, unit, more), siColumn(`${name}, imaginary`, imaginary, im, unit, more)];
  return { name, columns, notes: [] };
}

const called = (v: Measured, pattern: RegExp) => [v.name, v.longName, v.id].some((text) => pattern.test(text.trim()));

function radians(v: Measured, file: string): Float64Array {
  if (isUnitOf("rad", v.unit)) return siColumn(v.id, "other", v.values, v.unit).values;
  const largest = v.values.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
  // Wrapped or not, an angle in radians of one turn cannot reach 4 pi; one in degrees nearly always does.
  if (v.unit.trim() === "" && largest > 4 * Math.PI) return v.values.map((x) => (x * Math.PI) / 180);
  throw new ImportError(formatMessages.phaseUnit(v.name || v.id, largest), `${file}:${v.id}`);
}
