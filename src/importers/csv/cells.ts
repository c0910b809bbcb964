import * as say from "../../core/messages/csv.ts";
import { type UnitConversion, unitConversion } from "../../core/units.ts";
import { isGap, parseNumber } from "../numbers.ts";
import { clockOf } from "./clock.ts";
import { readingOf, type Stamp } from "./date.ts";
import type { HeaderCell } from "./header.ts";
import { meaningOf } from "./names.ts";

/** How the cells of a column are read that are no plain numbers: times, numbers with their unit, complex numbers. */
export interface CellReader {
  /** Which cell of the row it reads, from 0: a complex number is one cell and two columns. */
  readonly cell: number;
  /** NaN for an empty cell, undefined for one that is not written like the others. */
  read(cell: string): number | undefined;
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
}

/** @param samples cells of each column below the header, as many as were looked at @param isText columns that hold no plain numbers */
export function cellReaders(
  header: readonly HeaderCell[],
  samples: readonly (readonly string[])[],
  isText: readonly boolean[],
  mark: 44 | 46,
): Cells {
  const notes: string[] = [];
  const found = header.flatMap((cell, c): Column[] => {
    const filled = samples[c]!.filter((text) => !isGap(text));
    if (!isText[c] || filled.length === 0) return [{ cell, at: c }];
    const clock = clockOf(cell.name, filled);
    if (clock !== undefined) {
      if (clock.note !== "") notes.push(clock.note);
      return [
        {
          at: c,
          cell: { raw: cell.raw, name: cell.name },
          reader: { cell: c, stamp: clock.stamp, read: (text) => (isGap(text) ? Number.NaN : clock.read(text)) },
        },
      ];
    }
    if (filled.every((text) => complexOf(text, mark) !== undefined)) {
      notes.push(say.complexCells(cell.name));
      const scattering = meaningOf({ ...cell, name: `${cell.name}_re` })?.meaning === "s_re";
      return (["re", "im"] as const).map((part, k) => {
        const name = scattering ? `${cell.name}_${part}` : part;
        const read = (text: string) => (isGap(text) ? Number.NaN : complexOf(text, mark)?.[k]);
        return { at: c, cell: { ...cell, raw: name, name }, reader: { cell: c, read } };
      });
    }
    const unit = commonUnit(filled, cell, mark);
    if (unit === undefined) return [{ cell, at: c }];
    notes.push(say.unitsInCells(cell.name));
    const read = (text: string) => (isGap(text) ? Number.NaN : withUnit(text, mark)?.si);
    return [{ at: c, cell: { ...cell, unitText: unit.unit, conversion: unitConversion(unit.unit)! }, reader: { cell: c, read } }];
  });
  return {
    header: found.map(({ cell }) => cell),
    readers: found.map(({ reader }) => reader),
    cellOf: found.map(({ at }) => at),
    notes,
  };
}

/** Whether a cell is a number in one of these ways of writing. */
export function isWrittenNumber(cell: string, mark: 44 | 46): boolean {
  return complexOf(cell, mark) !== undefined || withUnit(cell, mark) !== undefined || readingOf(cell, "day first") !== undefined;
}

const NUMBER = String.raw`[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[ed][-+]?\d+)?`;
const COMPLEX = new RegExp(
  String.raw`^\(?\s*(${NUMBER})\s*(?:\+\s*(?=-))?\s*([-+]\s*(?:\d+[.,]?\d*|[.,]\d+)(?:[ed][-+]?\d+)?)\s*\*?\s*[ij]\s*\)?$`,
  "i",
);
const WITH_UNIT = new RegExp(String.raw`^(${NUMBER})\s*([\p{L}%°].*)$`, "iu");

/** `(1+2j)`, `1e-3 - 2e-4i`, `(1+-2j)`. */
function complexOf(text: string, mark: 44 | 46): readonly [number, number] | undefined {
  const match = COMPLEX.exec(text.trim());
  const [re, im] = [parseNumber(match?.[1] ?? "", mark), parseNumber((match?.[2] ?? "").replace(/\s+/g, ""), mark)];
  return re === undefined || im === undefined ? undefined : [re, im];
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
