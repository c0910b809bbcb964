/** Traces as one `list<float64>` column, one row per trace, and columns of results with units. */
import { notATraceColumn } from "../core/messages/batch.ts";
import { Field, Float64, List, makeData, RecordBatch, Schema, Struct, Table, Uint8, Uint16, Vector } from "./arrow.ts";

export type TraceColumn = Vector<List<Float64>>;

/** A stretch of a column that lies in one piece: trace k is `values[offsets[k]]` to `values[offsets[k + 1]]`; nothing is copied. */
export interface TraceChunk {
  readonly rows: number;
  readonly offsets: Int32Array;
  readonly values: Float64Array;
  /** Whether trace k or one of its points is null. */
  readonly isMissing: ((row: number) => boolean) | undefined;
}

/**
 * The pieces of a column: every chunk, slices as they were cut.
 * @throws RangeError when it is not a list of float64.
 */
export function traceChunks(column: TraceColumn): TraceChunk[] {
  const { type } = column;
  const item = type instanceof List ? (type.children[0]?.type as unknown) : undefined;
  if (!(item instanceof Float64)) throw new RangeError(notATraceColumn(String(type)));
  return column.data
    .filter((data) => data.length > 0)
    .map((data) => {
      const child = data.children[0]!;
      const offsets = data.valueOffsets;
      const nullPoint = (row: number) => {
        for (let i = offsets[row]!; i < offsets[row + 1]!; i++) if (!child.getValid(i)) return true;
        return false;
      };
      const some = data.nullCount > 0 || child.nullCount > 0;
      const isMissing = some ? (row: number) => !data.getValid(row) || (child.nullCount > 0 && nullPoint(row)) : undefined;
      return { rows: data.length, offsets, values: child.values as Float64Array, isMissing };
    });
}

/**
 * A column over numbers that are there already, not copied.
 * @param offsets where each trace begins, and where the last one ends.
 */
export function traceColumn(values: Float64Array, offsets: Int32Array): TraceColumn {
  const item = new Field("item", new Float64(), false);
  const child = makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values });
  return new Vector([makeData({ type: new List(item), length: offsets.length - 1, nullCount: 0, valueOffsets: offsets, child })]);
}

/** Columns one after the other as one column of several chunks, not copied. */
export function joined(columns: readonly TraceColumn[]): TraceColumn {
  return new Vector(columns.flatMap((c) => c.data));
}

/** A column of a table of results; integers have no unit. */
export interface ResultColumn {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array | Uint16Array | Uint8Array;
}

/** An Arrow table over equally long columns, not copied, the units in the fields' metadata. */
export function resultTable(columns: readonly ResultColumn[]): Table {
  const length = columns[0]?.values.length ?? 0;
  const fields = columns.map(({ name, unit, values }) => {
    const type = values instanceof Float64Array ? new Float64() : values instanceof Uint16Array ? new Uint16() : new Uint8();
    return new Field(name, type, false, new Map([["unit", unit]]));
  });
  const children = columns.map(({ values }) => {
    if (values instanceof Float64Array) return makeData({ type: new Float64(), length, nullCount: 0, data: values });
    if (values instanceof Uint16Array) return makeData({ type: new Uint16(), length, nullCount: 0, data: values });
    return makeData({ type: new Uint8(), length, nullCount: 0, data: values });
  });
  const schema = new Schema(fields);
  return new Table(schema, new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
}
