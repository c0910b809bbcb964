import { columnsToTable, Field, Float64, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from "../arrow.ts";
import { encodeTexts } from "../columnar.ts";
import { columnsOf, type Dataset } from "../dataset.ts";
import { DATASET_KEY, datasetFacts, factText } from "../dataset-facts.ts";
import { numbersOf, type RowTable, textsOf } from "../row-table.ts";
import type { TableWriter } from "./writer.ts";

/** Arrow IPC files (Feather version 2) without compression. */
export const arrow: TableWriter = {
  dataset: (dataset) => datasetToArrow(dataset, "file"),
  rows: (_, table) => tableToIPC(rowsTable(table), "file"),
};

/**
 * A dataset as an Arrow IPC file or stream that `datasetOfTable` reads back exactly: units and roles stand in the metadata of the fields, everything
 * else in that of the schema.
 */
export function datasetToArrow(dataset: Dataset, format: "file" | "stream"): Uint8Array {
  // The library writes arrays of one buffer that overlap (equal columns, which the store keeps once) as one: each gets a buffer of its own.
  const { schema, batches } = columnsToTable(columnsOf(dataset).map((column) => ({ ...column, values: column.values.slice() })));
  const named = new Schema(schema.fields, new Map([[DATASET_KEY, factText(datasetFacts(dataset))]]));
  return tableToIPC(
    new Table(
      named,
      batches.map(({ data }) => new RecordBatch(named, data)),
    ),
    format,
  );
}

/** Texts as utf8, numbers as float64 with null for what is not known. */
function rowsTable(table: RowTable): Table {
  const length = table.rows.length;
  const fields = table.columns.map(
    ({ name, holds }) => new Field(name, holds === "texts" ? new Utf8() : new Float64(), holds === "numbers"),
  );
  const children = table.columns.map(({ holds }, c) => {
    if (holds === "numbers") return numberData(numbersOf(table, c));
    const { offsets, bytes } = encodeTexts(textsOf(table, c));
    return makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets: offsets, data: bytes });
  });
  const schema = new Schema(fields);
  return new Table(schema, new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
}

function numberData(numbers: Float64Array) {
  const nullBitmap = new Uint8Array(Math.ceil(numbers.length / 8));
  let nullCount = 0;
  numbers.forEach((x, row) => {
    if (Number.isNaN(x)) nullCount++;
    else nullBitmap[row >> 3]! |= 1 << (row & 7);
  });
  return makeData({
    type: new Float64(),
    length: numbers.length,
    nullCount,
    nullBitmap,
    data: numbers.map((x) => (Number.isNaN(x) ? 0 : x)),
  });
}
