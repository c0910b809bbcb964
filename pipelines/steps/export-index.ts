import { columnsOf, type Dataset, measuredIn } from "../../src/tables/dataset.ts";
import { columnHeader } from "../../src/tables/dataset-facts.ts";
import { type RowTable, rowColumns } from "../../src/tables/row-table.ts";
import type { PlacedDataset } from "./place.ts";

/** A dataset and the file it was written to, relative to the export. */
export interface ListedDataset extends Pick<PlacedDataset, "dataset" | "excluded"> {
  readonly file: string;
}

const COLUMNS = rowColumns("file,dataset,kind,cooldown,device,qubit,trace,started,axis,conditions,rows,columns,source,excluded", "rows");

/** index.csv: which file holds which dataset, in the order of the datasets' sources. `excluded`: what the lab file takes out of the fits, `all` or row numbers from 0. */
export function indexTable(listed: readonly ListedDataset[]): RowTable {
  return { columns: COLUMNS, rows: listed.map(indexRow) };
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
