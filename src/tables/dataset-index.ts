import { columnsOf, type Dataset, measuredIn } from "./dataset.ts";
import { columnHeader } from "./dataset-facts.ts";
import { INDEX_COLUMNS } from "./result-columns.ts";
import type { RowTable } from "./row-table.ts";

/** A dataset and the file it was written to. */
export interface ListedDataset {
  readonly dataset: Dataset;
  /** Relative to the export. */
  readonly file: string;
  /** What the lab file takes out of the fits: the whole trace, or points by row number (empty: nothing). */
  readonly excluded: "all" | readonly number[];
}

/** index.csv: which file holds which dataset, in the order of the datasets' sources. */
export function indexTable(listed: readonly ListedDataset[]): RowTable {
  return { columns: INDEX_COLUMNS, rows: listed.map(indexRow) };
}

function indexRow({ file, dataset, excluded }: ListedDataset) {
  const { id, kind, labels, started, axis, table } = dataset;
  const { cooldown, device, qubit, trace } = labels;
  return [
    ...[file, id, kind, cooldown, device, qubit, trace, started, axis, conditionsOf(dataset), table.numRows],
    columnsOf(dataset).map(columnHeader).join(";"),
    [...new Set(measuredIn(dataset).map((source) => source.path))].join(";"),
    excluded === "all" ? "all" : excluded.join(";"),
  ];
}

function conditionsOf({ conditions }: Dataset): string {
  return conditions.map(({ name, value, unit }) => `${name}=${Number.isFinite(value) ? value : ""} ${unit}`).join(";");
}
