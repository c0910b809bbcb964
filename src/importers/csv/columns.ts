import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { nearestUnit, type Unit, type UnitConversion, unitConversion } from "../../core/units.ts";
import type { Stamp } from "./date.ts";
import type { HeaderCell } from "./header.ts";
import { EXPECTED_UNITS, type Meaning, meaningOf, type Named } from "./names.ts";
import { phaseUnitOf } from "./phase-unit.ts";

/** A column of the file with its meaning and unit. */
export interface FileColumn extends Named {
  /** Counted from 0. */
  readonly index: number;
  /** Header without unit. */
  readonly name: string;
  /** Header as it stands in the file. */
  readonly written: string;
  /** What the lab file calls it, where that is not its name: the path of an array. */
  readonly path?: string;
  readonly conversion: UnitConversion;
  /** Neither the file nor the lab file states a unit that is known. */
  readonly unitless: boolean;
  /** A unit that the file states and that is not known. */
  readonly strangeUnit?: string;
  /** How meaning or unit were inferred; absent when they are stated. */
  readonly inferred?: string;
  /** The numbers are 1 minus what the column means. */
  readonly complement?: true;
  /** Present for a column of times written as text. */
  readonly stamp?: Stamp;
}

const ONE = unitConversion("1")!;

/** Meanings that are useless without a unit, with what to write. */
const UNIT_NEEDED: Readonly<Partial<Record<Meaning, string>>> = {
  delay: "us",
  time: "s",
  frequency: "GHz",
  power: "dBm",
  incident: "W",
  reflected: "W",
  reflected_off: "W",
  transmitted: "W",
  transmitted_off: "W",
  background: "W",
  x: "m",
  y: "m",
  z: "m",
  u: "J/m^2",
  r_total: "W/m^2",
};
/** What a standard deviation without unit can belong to. */
const SIGNALS: readonly Meaning[] = ["population", "voltage", "i", "u", "s_re", "s_mag"];
/** Meanings whose unit is in the name. */
const OWN_UNIT: Readonly<Partial<Record<Meaning, string>>> = { s_db: "dB" };

/** A column as its header alone describes it. */
export function columnFromHeader(cell: HeaderCell, index: number): FileColumn {
  const named = meaningOf(cell) ?? { meaning: "other" as const };
  const bracket = named.meaning === "other" && cell.unitText === undefined ? /^(.+?)\s*\(([^()]+)\)$/.exec(cell.name) : null;
  const base = bracket === null ? undefined : { raw: cell.raw, name: bracket[1]!, unitText: bracket[2]! };
  // `delay (fortnight)` is a delay in a unit that is not known, `P (e)` a name.
  if (base !== undefined && UNIT_NEEDED[meaningOf(base)?.meaning ?? "other"] !== undefined) return columnFromHeader(base, index);
  // `s21_deg` states its unit, `phase` does not.
  const stated = named.meaning === "s_deg" && /deg/i.test(cell.name) && cell.unitText === undefined ? unitConversion("deg") : undefined;
  return withUnit(cell, index, named, stated);
}

/**
 * A column whose meaning the lab file states.
 * @param stated the unit that the lab file states, or undefined
 * @throws ImportError when that unit contradicts the file's, is unknown, or cannot be one of this meaning
 */
export function columnFromHint(cell: HeaderCell, index: number, meaning: Meaning, stated: string | undefined, place: string): FileColumn {
  const conversion = stated === undefined ? undefined : unitConversion(stated);
  if (stated !== undefined && conversion === undefined) throw new ImportError(say.unknownUnit(meaning, cell.name, stated), place);
  if (conversion !== undefined && cell.conversion !== undefined && !sameUnit(conversion, cell.conversion))
    throw new ImportError(say.conflictingUnit(meaning, cell.name, cell.unitText!, stated!), place);
  const unit = conversion ?? cell.conversion ?? (meaning === "s_deg" ? unitConversion("deg") : undefined);
  const expected = EXPECTED_UNITS[meaning];
  if (unit !== undefined && expected !== undefined && !expected.includes(unit.unit))
    throw new ImportError(say.wrongUnit(meaning, cell.name, stated ?? cell.unitText ?? unit.unit, expected.join(" or ")), place);
  const own = meaningOf(cell);
  const { loose: _, ...named }: Named = own === undefined ? { meaning } : { ...own, meaning };
  return withUnit(cell, index, named, unit);
}

function withUnit(cell: HeaderCell, index: number, named: Named, stated: UnitConversion | undefined): FileColumn {
  const known = stated ?? cell.conversion;
  const own = OWN_UNIT[named.meaning];
  const reasons: string[] = [];
  if (known === undefined && cell.unitText !== undefined)
    reasons.push(say.inferredUnit(cell.name, "1", `"${cell.unitText}" is not known; the numbers are kept as written`));
  return {
    ...named,
    index,
    name: cell.raw === "" && named.meaning !== "other" ? named.meaning : cell.name,
    written: cell.raw || cell.name,
    conversion: known ?? (own === undefined ? ONE : unitConversion(own)!),
    unitless: known === undefined,
    ...(known === undefined && cell.unitText !== undefined ? { strangeUnit: cell.unitText } : {}),
    ...(reasons.length > 0 ? { inferred: reasons.join("; ") } : {}),
  };
}

/**
 * Refuses columns that mean nothing without a unit, except frequencies so large that only Hz is possible.
 * A standard deviation without unit is in the unit of its signal.
 * @param dispensable meanings that the kind does not rest on: without unit they are kept as plain numbers
 * @param numbers of a column as they stand in the file
 */
export function requireUnits(
  columns: readonly FileColumn[],
  dispensable: readonly Meaning[],
  numbers: (column: FileColumn) => Float64Array,
  place: string,
): FileColumn[] {
  const signal = columns.find((column) => SIGNALS.includes(column.meaning));
  const settled = columns.map((column): FileColumn => {
    if (!column.unitless) return column;
    if (column.meaning === "sigma" && signal !== undefined && !signal.unitless && signal.conversion.unit !== "dB")
      return takeUnit(column, signal);
    if (column.meaning === "s_deg" || column.meaning === "phase") return withPhaseUnit(column, columns, numbers(column), place);
    if (column.meaning === "frequency" && numbers(column).some((x) => x >= 1e8))
      return assumeUnit(column, "Hz", "numbers above 1e8 can only be Hz");
    return dispensable.includes(column.meaning) ? { ...column, meaning: "other" } : column;
  });
  const missing = settled.filter((column) => column.unitless && UNIT_NEEDED[column.meaning] !== undefined);
  if (missing.length === 0) return settled;
  const entries = missing.map(({ meaning, path, name, index, strangeUnit }) => ({
    role: meaning,
    name: path ?? name,
    strange: strangeUnit,
    example: `${path ?? nameOrNumber(name, index)} [${(strangeUnit && nearestUnit(strangeUnit, EXPECTED_UNITS[meaning] ?? [])) ?? UNIT_NEEDED[meaning]}]`,
  }));
  throw new ImportError(say.noUnit(entries), place);
}

/** Degrees or radians by the size of the numbers; only a phase that belongs to no magnitude may stay open. */
function withPhaseUnit(column: FileColumn, columns: readonly FileColumn[], numbers: Float64Array, place: string): FileColumn {
  const found = phaseUnitOf(numbers);
  if (found !== undefined) return assumeUnit(column, found.unit, found.why);
  if (!columns.some(({ meaning }) => MAGNITUDES.includes(meaning))) return { ...column, meaning: "other" };
  throw new ImportError(say.namedPhaseUnit(column.path ?? nameOrNumber(column.name, column.index), "s_deg"), place);
}
const MAGNITUDES: readonly Meaning[] = ["magnitude", "s_db", "s_mag"];

/** A column without header is named by its number in the lab file. */
function nameOrNumber(name: string, index: number): string {
  return name === `column ${index + 1}` ? `#${index + 1}` : name;
}

/** The column with a unit that was inferred, and said so. */
export function assumeUnit(column: FileColumn, unit: string, why: string): FileColumn {
  const reason = say.inferredUnit(column.name, unit, why);
  const inferred = column.inferred === undefined ? reason : `${column.inferred}; ${reason}`;
  return { ...column, conversion: unitConversion(unit)!, unitless: false, inferred };
}

function takeUnit(column: FileColumn, signal: FileColumn): FileColumn {
  const reason = say.inferredUnit(column.name, signal.conversion.unit, `the one of "${signal.written}"`);
  return { ...column, conversion: signal.conversion, unitless: false, inferred: reason };
}

/** The numbers of a column in its SI unit. Already scaled columns (see `decimalShift`) are not scaled again. */
export function toSI(
  column: FileColumn,
  values: Float64Array,
  alreadyScaled: boolean,
): { readonly values: Float64Array; readonly unit: Unit } {
  const { unit } = column.conversion;
  return { unit, values: alreadyScaled ? values : values.map((x) => column.conversion.toSI(x)) };
}

function sameUnit(a: UnitConversion, b: UnitConversion): boolean {
  return a.unit === b.unit && a.toSI(1) === b.toSI(1) && a.toSI(2) === b.toSI(2);
}
