import { resolve } from "node:path";
import type { Unit } from "../../core/units.ts";
import { openFile } from "../open.ts";
import { readBody } from "./body.ts";
import { decimalShift } from "./header.ts";
import { statedColumn } from "./hinted.ts";
import { detectLayout } from "./layout.ts";
import type { Meaning } from "./names.ts";
import { numbersOf } from "./quantities.ts";

/** A column that somebody names: its role in their words, what it means, its header. */
interface StatedColumn {
  readonly role: string;
  readonly meaning: Meaning;
  readonly header: string;
}

/**
 * Columns of a text table by their headers, in SI: tables that describe a lab rather than measure a qubit.
 * @param path relative to `folder`, for messages
 * @throws ImportError when the file is no table of numbers, or lacks a column or a unit that the meaning needs
 */
export async function readTable(
  folder: string,
  path: string,
  wanted: readonly StatedColumn[],
): Promise<{ readonly values: Float64Array; readonly unit: Unit }[]> {
  const text = await (await openFile(resolve(folder, path), path)).encoded();
  const layout = detectLayout(text, path);
  const columns = wanted.map(({ header, ...what }) => statedColumn(layout.header, what, header, path));
  const shifts = layout.header.map((_, i) => {
    const column = columns.find((c) => c.index === i);
    return column && layout.readers[i] === undefined ? (decimalShift(column.conversion) ?? 0) : 0;
  });
  const body = readBody(text, layout, shifts, path);
  return columns.map((column) => numbersOf(column, body));
}
