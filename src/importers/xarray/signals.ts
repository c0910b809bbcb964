import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { magnitudeOnly } from "../../core/messages/csv.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { sweepMessages } from "../../core/messages/import-qcodes.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import { type Meaning, meaningOf } from "../csv/names.ts";
import { isUnitOf, siColumn } from "../meaning/si-column.ts";
import { polarToIq } from "../meaning/signal.ts";

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
  /** The qubit that its names say. */
  readonly qubit?: string;
  readonly columns: readonly ColumnData[];
  readonly notes: readonly Note[];
}

/** What the names of a variable say it is, and whose. */
interface Saying {
  readonly variable: Measured;
  readonly meaning: Meaning | undefined;
  readonly qubit: string;
  /** Qubit and number (`I_q0`, `Q1`): equal for what belongs together. */
  readonly owner: string;
}

/**
 * Pairs variables of one qubit and number to complex signals (I with Q, magnitude with phase) by the names that tables of text know; the rest are real
 * signals or, in another unit than voltage and population (`dt` in s), columns that are only kept. Magnitude and phase beside I and Q of the same
 * qubit, and all of them beside its population, are the same trace written again, not a second one.
 * @throws ImportError when an angle's unit can be neither read nor inferred
 */
export function signalsOf(variables: readonly Measured[], file: string): { signals: readonly Signal[]; others: readonly ColumnData[] } {
  const said = variables.map(sayingOf);
  const pairs = pairsOf(said);
  const seconds = new Set(pairs.values());
  const again = writtenAgain(said, pairs);
  const signals: Signal[] = [];
  const others: ColumnData[] = [];
  for (const one of said) {
    if (seconds.has(one) || again.includes(one)) continue;
    const { variable, meaning, owner } = one;
    const second = pairs.get(one)?.variable;
    const signal = second === undefined ? realSignal(variable, meaning) : complexPair(variable, meaning, second, file);
    if (signal === undefined) {
      others.push(siColumn(variable.id, "other", variable.values, variable.unit));
      continue;
    }
    const left = meaning === undefined ? [] : again.filter((v) => v.owner === owner).map((v) => titleOf(v.variable));
    const notes = left.length === 0 ? [] : [{ code: "same_trace", text: formatMessages.sameTrace(left, signal.name) }];
    signals.push({ ...signal, ...(one.qubit === "" ? {} : { qubit: one.qubit }), notes: [...signal.notes, ...notes] });
  }
  return { signals, others };
}

const POLAR: readonly (Meaning | undefined)[] = ["magnitude", "phase"];
const KNOWN: readonly Meaning[] = ["i", "q", "magnitude", "phase", "population"];
const titleOf = (v: Measured) => v.name || v.id;

/** What a population, or I and Q, of the same owner says already. */
function writtenAgain(said: readonly Saying[], pairs: ReadonlyMap<Saying, Saying>): readonly Saying[] {
  const owners = (all: readonly Saying[], meaning: Meaning) => new Set(all.filter((v) => v.meaning === meaning).map((v) => v.owner));
  const [counted, cartesian] = [owners(said, "population"), owners([...pairs.keys()], "i")];
  return said.filter(({ meaning, owner }) =>
    counted.has(owner) ? meaning !== undefined && meaning !== "population" : POLAR.includes(meaning) && cartesian.has(owner),
  );
}

/** `Magnitude q0` by the names of tables; `I1` is `I` with a number. */
function sayingOf(variable: Measured): Saying {
  const all = [variable.name, variable.longName, variable.id].flatMap((text) => {
    const name = text.trim();
    const [, letters = "", digits = ""] = /^([a-z ]+)(\d+)$/i.exec(name) ?? [];
    const named = meaningOf({ raw: name, name });
    if (named !== undefined && KNOWN.includes(named.meaning)) return [{ ...named, number: String(named.repeat ?? "") }];
    const counted = letters === "" ? undefined : meaningOf({ raw: letters, name: letters });
    return counted !== undefined && KNOWN.includes(counted.meaning) ? [{ ...counted, number: digits }] : [];
  });
  const qubit = all.find((named) => named.qubit !== undefined)?.qubit ?? "";
  return { variable, meaning: all[0]?.meaning, qubit, owner: `${qubit}/${all[0]?.number ?? ""}` };
}

/** The second half of every variable that has one: the nearest behind it, else the first before. */
function pairsOf(said: readonly Saying[]): ReadonlyMap<Saying, Saying> {
  const pairs = new Map<Saying, Saying>();
  for (const [k, one] of said.entries()) {
    const other = one.meaning === "i" ? "q" : one.meaning === "magnitude" ? "phase" : undefined;
    const taken = new Set(pairs.values());
    const second = [...said.slice(k + 1), ...said.slice(0, k)].find(
      (v) => v.meaning === other && v.owner === one.owner && !taken.has(v) && (other === "phase" || v.variable.unit === one.variable.unit),
    );
    if (other !== undefined && second !== undefined) pairs.set(one, second);
  }
  return pairs;
}

function complexPair(a: Measured, meaning: Meaning | undefined, b: Measured, file: string): Signal {
  const name = `${titleOf(a)},${titleOf(b)}`;
  if (meaning === "i") return { name, columns: [siColumn(a.id, "i", a.values, a.unit), siColumn(b.id, "q", b.values, b.unit)], notes: [] };
  const magnitude = linear(a);
  const inferred = magnitude.inferred === undefined ? {} : { inferred: magnitude.inferred };
  const columns = polarToIq(magnitude, radians(b, file)).map((c) => ({ ...c, ...inferred }));
  return { name, columns, notes: [{ code: "polar_to_iq", text: formatMessages.polarToIq(titleOf(a), titleOf(b)) }] };
}

function realSignal(v: Measured, meaning: Meaning | undefined): Signal | undefined {
  const name = titleOf(v);
  if (meaning === "population") return { name, columns: [siColumn(v.id, "population", v.values, v.unit)], notes: [] };
  if (meaning === "magnitude") return { name, columns: [linear(v)], notes: [{ code: "magnitude_only", text: magnitudeOnly(name) }] };
  return isUnitOf("V", v.unit) ? { name, columns: [siColumn(v.id, "voltage", v.values, v.unit)], notes: [] } : undefined;
}

/** A magnitude as it is, or out of 20 log10. */
function linear(v: Measured): ColumnData {
  const column = siColumn(v.id, "voltage", v.values, v.unit);
  if (column.unit !== "dB") return column;
  return { ...column, unit: "1", values: column.values.map((db) => 10 ** (db / 20)), inferred: sweepMessages.decibels(titleOf(v)) };
}

/** Complex numbers are I and Q, or a scattering parameter where the name says so (`S21`). */
export function complexSignal(name: string, re: Float64Array, im: Float64Array, unit: string): Signal {
  const port = /^s_?([1-9][1-9])$/i.exec(name)?.[1];
  const [real, imaginary] = port === undefined ? (["i", "q"] as const) : (["s_re", "s_im"] as const);
  const more = port === undefined ? {} : { port };
  const columns = [siColumn(`${name}, real`, real, re, unit, more), siColumn(`${name}, imaginary`, imaginary, im, unit, more)];
  return { name, columns, notes: [] };
}

function radians(v: Measured, file: string): Float64Array {
  if (isUnitOf("rad", v.unit)) return siColumn(v.id, "other", v.values, v.unit).values;
  const largest = v.values.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
  // Wrapped or not, an angle in radians of one turn cannot reach 4 pi; one in degrees nearly always does.
  if (v.unit.trim() === "" && largest > 4 * Math.PI) return v.values.map((x) => (x * Math.PI) / 180);
  throw new ImportError(formatMessages.phaseUnit(v.name || v.id, largest), `${file}:${v.id}`);
}
