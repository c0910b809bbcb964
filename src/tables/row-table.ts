/** A cell: text as it is; a number in its shortest form that reads back equal; NaN and infinities (not known) are empty. */
export type Cell = string | number;

/** A column of results: texts, or numbers of which NaN and infinities are not known. */
export interface RowColumn {
  readonly name: string;
  readonly holds: "texts" | "numbers";
}

/** A table of results, row by row: what estimates.csv and fits.csv hold, before it is written in any format. */
export interface RowTable {
  readonly columns: readonly RowColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Columns in order; those named in `numbers` hold numbers. */
export function rowColumns(names: string, numbers: string): RowColumn[] {
  const numeric = new Set(numbers.split(","));
  return names.split(",").map((name) => ({ name, holds: numeric.has(name) ? "numbers" : "texts" }));
}

/** A column's texts; numbers among them in their shortest form. */
export function textsOf(table: RowTable, column: number): string[] {
  return table.rows.map((row) => String(row[column] ?? ""));
}

/** A column's numbers, NaN where unknown. */
export function numbersOf(table: RowTable, column: number): Float64Array {
  return Float64Array.from(table.rows, (row) => {
    const cell = row[column];
    return typeof cell === "number" && Number.isFinite(cell) ? cell : Number.NaN;
  });
}
