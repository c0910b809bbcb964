import type { Role } from "../../core/dataset.ts";
import * as say from "../../core/messages/csv.ts";
import type { Unit } from "../../core/units.ts";
import type { Hints } from "../importer.ts";
import type { Body } from "./body.ts";
import { type FileColumn, toSI } from "./columns.ts";
import type { Stamp } from "./date.ts";
import { decimalShift } from "./header.ts";
import type { Meaning } from "./names.ts";

/** A column of the dataset to be: SI, with its role. `qubit` and `repeat` say to which series it belongs. */
export interface Quantity {
  readonly name: string;
  readonly role: Role | "repeat";
  readonly unit: Unit;
  readonly values: Float64Array;
  readonly inferred?: string;
  readonly port?: string;
  readonly qubit?: string;
  readonly repeat?: number;
  /** Neither file nor lab file states a unit. */
  readonly unitless: boolean;
  /** Present for a column of times written as text: seconds since 1970, or since midnight. */
  readonly stamp?: Stamp;
}

interface Raw extends FileColumn {
  readonly values: Float64Array;
  readonly unit: Unit;
}

const MAGNITUDES: readonly Meaning[] = ["s_db", "s_mag", "magnitude"];
const PHASES: readonly Meaning[] = ["s_deg", "phase"];

const MASKED: readonly Meaning[] = ["u", "r_total", "population", "counts", "sigma"];

/** Numbers that stand for "not measured" in a map, as the lab file writes them in the file's unit, are gaps. */
function withoutMasked({ meaning, conversion }: FileColumn, values: Float64Array, mask: readonly number[] = []): Float64Array {
  if (mask.length === 0 || !MASKED.includes(meaning)) return values;
  const gaps = new Set(mask.map((x) => conversion.toSI(x)));
  return values.map((x) => (gaps.has(x) ? Number.NaN : x));
}

/** The numbers of a column in SI. */
export function numbersOf(column: FileColumn, { columns, shifts }: Body): ReturnType<typeof toSI> {
  const numbers = toSI(column, columns[column.index]!, shifts[column.index] === decimalShift(column.conversion));
  return column.complement ? { ...numbers, values: numbers.values.map((x) => 1 - x) } : numbers;
}

/** Turns the file's columns into roles: counts over shots, polar S-parameters, magnitude and phase of a readout voltage. */
export function toQuantities(columns: readonly FileColumn[], body: Body, { shots: stated, map }: Hints): Quantity[] {
  const raw = columns.map((column): Raw => {
    const numbers = numbersOf(column, body);
    return { ...column, ...numbers, values: withoutMasked(column, numbers.values, map?.mask) };
  });
  const used = new Set<Raw>();
  const count = (meanings: readonly Meaning[]) => raw.filter((c) => meanings.includes(c.meaning)).length;
  const lonePair = count(MAGNITUDES) === 1 && count(PHASES) === 1;
  // `S21 [dB]` and `phase [deg]`: of one pair, one name says which parameter it is.
  const samePort = (a: Raw, b: Raw) => a.port === b.port || (lonePair && (a.port === undefined || b.port === undefined));
  const partner = (column: Raw, ...meanings: readonly Meaning[]) =>
    raw.find(
      (c) => meanings.includes(c.meaning) && samePort(c, column) && c.qubit === column.qubit && c.repeat === column.repeat && !used.has(c),
    ) ?? raw.find((c) => meanings.includes(c.meaning) && meanings.includes("shots"));
  const result: Quantity[] = [];
  for (const column of raw) {
    if (used.has(column)) continue;
    switch (column.meaning) {
      case "counts": {
        const shots = partner(column, "shots");
        const values = column.values.map((n, row) => n / (shots?.values[row] ?? Number(stated)));
        const inferred = say.countsDivided(column.name, shots?.name ?? String(stated));
        result.push({ ...base(column, "population"), name: "population", values, inferred });
        break;
      }
      case "magnitude":
      case "s_db":
      case "s_mag":
        result.push(...polar(column, partner(column, column.meaning === "magnitude" ? "phase" : "s_deg"), used));
        break;
      case "s_deg":
      case "phase":
        // With a magnitude that stands further right; alone it says nothing.
        if (!raw.some((c) => MAGNITUDES.includes(c.meaning) && samePort(c, column))) result.push(base(column, "other"));
        break;
      default:
        result.push(base(column, column.meaning));
    }
  }
  return result;
}

function base(column: Raw, role: Role | "repeat"): Quantity {
  const { name, unit, values, inferred, port, qubit, repeat, unitless, stamp } = column;
  return {
    name,
    role,
    unit,
    values,
    unitless,
    ...(inferred === undefined ? {} : { inferred }),
    ...(port === undefined ? {} : { port }),
    ...(qubit === undefined ? {} : { qubit }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(stamp === undefined ? {} : { stamp }),
  };
}

/** Magnitude (linear, or 20 log10 in dB) and phase to real and imaginary part; a magnitude alone stays one. */
function polar(magnitude: Raw, phase: Raw | undefined, used: Set<Raw>): Quantity[] {
  const linear = magnitude.unit === "dB" ? magnitude.values.map((db) => 10 ** (db / 20)) : magnitude.values;
  const voltage = magnitude.meaning === "magnitude";
  const unit: Unit = magnitude.unit === "dB" ? "1" : magnitude.unit;
  const stem = magnitude.port === undefined ? "s" : `s${magnitude.port}`;
  if (phase === undefined) {
    const alone = { ...base(magnitude, voltage ? "voltage" : "s_mag"), unit, values: linear };
    if (magnitude.unit === "dB" && !voltage) return [{ ...alone, name: `${stem}_mag` }];
    return [voltage ? { ...alone, inferred: say.magnitudeOnly(magnitude.name) } : alone];
  }
  used.add(phase);
  const [first, second] = voltage ? (["i", "q"] as const) : (["s_re", "s_im"] as const);
  const assumptions = [magnitude.inferred, phase.inferred].filter((text) => text !== undefined);
  const inferred = [say.polarToCartesian(magnitude.name, phase.name), ...assumptions].join("; ");
  const part = (role: Role, name: string, values: Float64Array): Quantity => ({ ...base(magnitude, role), name, unit, values, inferred });
  return [
    part(
      first,
      voltage ? "i" : `${stem}_re`,
      linear.map((r, row) => r * Math.cos(phase.values[row]!)),
    ),
    part(
      second,
      voltage ? "q" : `${stem}_im`,
      linear.map((r, row) => r * Math.sin(phase.values[row]!)),
    ),
  ];
}
