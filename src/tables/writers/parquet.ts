import type { Column } from "../../core/dataset.ts";
import { columnsToTable, tableToIPC } from "../arrow.ts";
import { columnsOf, type Dataset } from "../dataset.ts";
import { COLUMNS_KEY, columnFacts, DATASET_KEY, datasetFacts, factText } from "../dataset-facts.ts";
import { parquetWriteBuffer } from "../hyparquet.ts";
import { numbersOf, type RowTable, textsOf } from "../row-table.ts";
import type { TableWriter } from "./writer.ts";

/** Parquet files without compression. */
export const parquet: TableWriter = { dataset: datasetToParquet, rows: (_, table) => rowsToParquet(table) };

/**
 * A dataset as a Parquet file that `datasetOfTable` reads back exactly. Units and roles also stand in an Arrow schema, where pyarrow and pandas find them
 * as metadata of the fields.
 */
export function datasetToParquet(dataset: Dataset): Uint8Array {
  const written = parquetWriteBuffer({
    // A dictionary would take -0 for 0.
    columnData: columnsOf(dataset).map(({ name, values }) => {
      return { name, data: values, type: "DOUBLE" as const, nullable: false, encoding: "PLAIN" as const };
    }),
    codec: "UNCOMPRESSED",
    kvMetadata: [
      { key: DATASET_KEY, value: factText(datasetFacts(dataset)) },
      { key: COLUMNS_KEY, value: factText(columnFacts(dataset)) },
      { key: "ARROW:schema", value: arrowSchema(columnFacts(dataset)) },
    ],
  });
  return new Uint8Array(written);
}

/** The first message of an Arrow IPC stream, which is its schema, in base64. */
function arrowSchema(columns: readonly Column[]): string {
  const stream = tableToIPC(columnsToTable(columns.map((column) => ({ ...column, values: new Float64Array() }))), "stream");
  const length = 8 + new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return Buffer.from(stream.subarray(0, length)).toString("base64");
}

function rowsToParquet(table: RowTable): Uint8Array {
  const written = parquetWriteBuffer({
    columnData: table.columns.map(({ name, holds }, c) =>
      holds === "texts"
        ? { name, data: textsOf(table, c), type: "STRING" as const, nullable: false }
        : { name, data: Array.from(numbersOf(table, c), (x) => (Number.isNaN(x) ? null : x)), type: "DOUBLE" as const, nullable: true },
    ),
    codec: "UNCOMPRESSED",
  });
  return new Uint8Array(written);
}
