/** The only file that names apache-arrow: schemas whose fields carry units, and IPC bytes. */
import {
  CompressionType,
  compressionRegistry,
  type DataType,
  type Decimal,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  TimeUnit,
  Type,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Uint16,
  Utf8,
  Vector,
} from "apache-arrow";
import type { Column } from "../core/dataset.ts";

/** For the rest of this room; other rooms need only Table and its IPC bytes. */
export type { DataType, Decimal };
export {
  CompressionType,
  compressionRegistry,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  TimeUnit,
  Type,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Uint16,
  Utf8,
  Vector,
};

/** One measured column: what it means and its numbers (shared with the table, not copied). */
export interface ColumnData extends Column {
  readonly values: Float64Array;
}

/**
 * An Arrow table of equally long float64 columns; unit, role, port and inference stand in each field's metadata.
 * @throws RangeError when lengths differ or a name repeats.
 */
export function columnsToTable(columns: readonly ColumnData[]): Table {
  const length = columns[0]?.values.length ?? 0;
  const seen = new Set<string>();
  for (const c of columns) {
    if (c.values.length !== length)
      throw new RangeError(`column "${c.name}" has ${c.values.length} values, "${columns[0]!.name}" has ${length}`);
    if (seen.has(c.name)) throw new RangeError(`two columns are named "${c.name}"`);
    seen.add(c.name);
  }
  const fields = columns.map((c) => new Field(c.name, new Float64(), false, new Map(fieldMetadata(c))));
  const schema = new Schema(fields);
  const children = columns.map((c) => makeData({ type: new Float64(), length, nullCount: 0, data: c.values }));
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new Table(schema, new RecordBatch(schema, data));
}

function fieldMetadata(c: Column): [string, string][] {
  const entries: [string, string][] = [
    ["unit", c.unit],
    ["role", c.role],
  ];
  if (c.inferred !== undefined) entries.push(["inferred", c.inferred]);
  if (c.port !== undefined) entries.push(["port", c.port]);
  return entries;
}

/** The columns of a table made by `columnsToTable`, in order, with their numbers (no copy for one batch). */
export function tableColumns(table: Table): readonly ColumnData[] {
  return table.schema.fields.map((field, index) => {
    const m = field.metadata;
    const values = table.getChildAt(index)!.toArray() as Float64Array;
    const inferred = m.get("inferred");
    const port = m.get("port");
    return {
      name: field.name as string,
      unit: m.get("unit") as Column["unit"],
      role: m.get("role") as Column["role"],
      values,
      ...(inferred === undefined ? {} : { inferred }),
      ...(port === undefined ? {} : { port }),
    };
  });
}
