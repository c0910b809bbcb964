import * as say from "../../core/messages/csv.ts";
import { type UnitConversion, unitConversion } from "../../core/units.ts";
import { isGap, parseNumber } from "../text/numbers.ts";
import { clockOf } from "./clock.ts";
import { readingOf, type Stamp } from "./date.ts";
import type { HeaderCell } from "./header.ts";
import { meaningOf } from "./names.ts";

/** How the cells of a column are read that are no plain numbers: times, numbers with their unit, complex numbers. */
export interface CellReader {
  /** Which cell of the row it reads, from 0: a complex number is one cell and two columns. */
  readonly cell: number;
  /** NaN for an empty cell, undefined for one that is not written like the others. @param row all its cells */
  read(cell: string, row: readonly string[]): number | undefined;
  /** Present for a column of times. */
  readonly stamp?: Stamp;
}

/** The columns of a table, with those that its cells make more of. */
export interface Cells {
  readonly header: readonly HeaderCell[];
  /** One per column of the header; undefined where the cells are plain numbers. */
  readonly readers: readonly (CellReader | undefined)[];
  /** The cell of the row that each column stands in. */
  readonly cellOf: readonly number[];
  readonly notes: readonly string[];
}

interface Column {
  readonly at: number;
  readonly cell: HeaderCell;
  readonly reader?: CellReader;
  readonly note?: string;
}

/** @param samples cells of each column below the header, as many as were looked at @param isText columns that hold no plain numbers */
export function cellReaders(
  header: readonly HeaderCell[],
  samples: readonly (readonly string[])[],
  isText: readonly boolean[],
  mark: 44 | 46,
): Cells {
  const found = dayAndTime(
    header.flatMap((cell, at): readonly Column[] => {
      const filled = samples[at]!.filter((text) => !isGap(text));
      if (!isText[at] || filled.length === 0) return [{ at, cell }];
      return times(cell, at, filled) ?? complexNumbers(cell, at, filled, mark) ?? quantities(cell, at, filled, mark) ?? [{ at, cell }];
    }),
  );
  return {
    header: found.map(({ cell }) => cell),
    readers: found.map(({ reader }) => reader),
    cellOf: found.map(({ at }) => at),
    notes: found.flatMap(({ note }) => note ?? []),
  };
}

/** A reader that leaves empty cells empty. */
function reader(at: number, read: (cell: string) => number | undefined): CellReader {
  return { cell: at, read: (cell) => (isGap(cell) ? Number.NaN : read(cell)) };
}

function times(cell: HeaderCell, at: number, filled: readonly string[]): Column[] | undefined {
  const clock = clockOf(cell.name, filled);
  if (clock === undefined) return undefined;
  const column = { at, cell: { raw: cell.raw, name: cell.name }, reader: { ...reader(at, clock.read), stamp: clock.stamp } };
  return [clock.note === "" ? column : { ...column, note: clock.note }];
}

/** A day in one column and the time of day in another are one clock. */
function dayAndTime(columns: readonly Column[]): readonly Column[] {
  const [day, otherDay] = columns.filter(({ reader }) => reader?.stamp === "day");
  const [time, otherTime] = columns.filter(
    ({ reader, cell, note }) => reader?.stamp === "none" && note === say.clockWithoutDate(cell.name),
  );
  if (day?.reader === undefined || time?.reader === undefined || otherDay !== undefined || otherTime !== undefined) return columns;
  const [midnight, since] = [day.reader, time.reader];
  const read: CellReader["read"] = (cell, row) => (midnight.read(row[day.at]!, row) ?? Number.NaN) + (since.read(cell, row) ?? Number.NaN);
  const joined: Column = { at: time.at, cell: time.cell, reader: { cell: time.at, stamp: "local", read } };
  return columns.map((column) => (column === time ? joined : column));
}

function complexNumbers(cell: HeaderCell, at: number, filled: readonly string[], mark: 44 | 46): Column[] | undefined {
  if (!filled.every((text) => complexOf(text, mark) !== undefined)) return undefined;
  // numpy.savetxt writes every column as complex when one is.
  if (meaningOf(cell) !== undefined && filled.every((text) => complexOf(text, mark)?.[1] === 0))
    return [{ at, cell, reader: reader(at, (text) => realOf(text, mark)), note: say.realCells(cell.name) }];
  const scattering = meaningOf({ ...cell, name: `${cell.name}_re` })?.meaning === "s_re";
  return (["re", "im"] as const).map((part, k) => {
    const name = scattering ? `${cell.name}_${part}` : part;
    const column = { at, cell: { ...cell, raw: name, name }, reader: reader(at, (text) => complexOf(text, mark)?.[k]) };
    return k === 0 ? { ...column, note: say.complexCells(cell.name) } : column;
  });
}

function quantities(cell: HeaderCell, at: number, filled: readonly string[], mark: 44 | 46): Column[] | undefined {
  const unit = commonUnit(filled, cell, mark);
  if (unit === undefined) return undefined;
  const named = { ...cell, unitText: unit.unit, conversion: unitConversion(unit.unit)! };
  return [{ at, cell: named, reader: reader(at, (text) => withUnit(text, mark)?.si), note: say.unitsInCells(cell.name) }];
}

/** A longer cell is prose. */
const LONGEST = 80;

/** Whether a cell is a number in one of these ways of writing. */
export function isWrittenNumber(cell: string, mark: 44 | 46): boolean {
  if (cell.length > LONGEST) return false;
  return complexOf(cell, mark) !== undefined || withUnit(cell, mark) !== undefined || readingOf(cell, "day first") !== undefined;
}

const NUMBER = String.raw`[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[ed][-+]?\d+)?`;
const COMPLEX = new RegExp(
  String.raw`^\(?\s*(${NUMBER})\s*(?:\+\s*(?=-))?\s*([-+]\s*(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[ed][-+]?\d+)?)\s*\*?\s*[ij]\s*\)?$`,
  "i",
);
const WITH_UNIT = new RegExp(String.raw`^(${NUMBER})\s*([\p{L}%°].*)$`, "iu");

/** `(1+2j)`, `1e-3 - 2e-4i`, `(1+-2j)`. */
function complexOf(text: string, mark: 44 | 46): readonly [number, number] | undefined {
  const match = COMPLEX.exec(text.trim());
  const [re, im] = [parseNumber(match?.[1] ?? "", mark), parseNumber((match?.[2] ?? "").replace(/\s+/g, ""), mark)];
  return re === undefined || im === undefined ? undefined : [re, im];
}

/** A complex number without imaginary part. */
function realOf(text: string, mark: 44 | 46): number | undefined {
  const [re, im] = complexOf(text, mark) ?? [];
  return im === 0 ? re : undefined;
}

/** `1e-6 s`, `250mV`. */
function withUnit(text: string, mark: 44 | 46): { readonly si: number; readonly conversion: UnitConversion } | undefined {
  const match = WITH_UNIT.exec(text.trim());
  const conversion = match === null ? undefined : unitConversion(match[2]!);
  if (match === null || conversion === undefined) return undefined;
  const number = parseNumber(match[1]!, mark, conversion.exponent ?? 0);
  if (number === undefined) return undefined;
  return { si: conversion.exponent === undefined ? conversion.toSI(number) : number, conversion };
}

/** The unit that all cells can be turned into and that does not contradict the header's. */
function commonUnit(cells: readonly string[], header: HeaderCell, mark: 44 | 46): UnitConversion | undefined {
  const found = cells.map((text) => withUnit(text, mark)?.conversion);
  const [first] = found;
  if (first === undefined || !found.every((conversion) => conversion?.unit === first.unit)) return undefined;
  return header.conversion === undefined || header.conversion.unit === first.unit ? first : undefined;
}
