/** Plain columns (texts, integers, numbers, lists of arrays) to and from the bytes of one Arrow IPC stream. */
import { Field, Float64, Int32, List, makeData, RecordBatch, Schema, Struct, Table, tableFromIPC, tableToIPC, Utf8 } from "./arrow.ts";

export type PlainColumn =
  | { readonly name: string; readonly texts: readonly string[] }
  | { readonly name: string; readonly integers: Int32Array }
  | { readonly name: string; readonly numbers: Float64Array }
  /** One list of arrays per row: `list<list<float64>>`. */
  | { readonly name: string; readonly lists: readonly (readonly Float64Array[])[] };

const ITEM = () => new Field("item", new Float64(), false);
const ARRAY = () => new Field("array", new List(ITEM()), false);
const MAX_OFFSET = 2 ** 31 - 1;

/**
 * One record batch holding the columns, as an Arrow IPC stream.
 * @throws RangeError when lengths differ, or when one column holds more than 2^31-1 bytes of text or array elements.
 */
export function columnsToIpc(columns: readonly PlainColumn[]): Uint8Array {
  const made = columns.map(columnData);
  const length = made[0]?.length ?? 0;
  for (const [i, data] of made.entries())
    if (data.length !== length)
      throw new RangeError(`column "${columns[i]!.name}" has ${data.length} rows, "${columns[0]!.name}" has ${length}`);
  const fields = made.map((data, i) => new Field(columns[i]!.name, data.type, false));
  const schema = new Schema(fields);
  const rows = makeData({ type: new Struct(fields), length, nullCount: 0, children: made });
  return tableToIPC(new Table(schema, new RecordBatch(schema, rows)), "stream");
}

function columnData(column: PlainColumn) {
  if ("texts" in column) {
    const { offsets, bytes } = encodeTexts(column.texts);
    return makeData({ type: new Utf8(), length: column.texts.length, nullCount: 0, valueOffsets: offsets, data: bytes });
  }
  if ("integers" in column) return makeData({ type: new Int32(), length: column.integers.length, nullCount: 0, data: column.integers });
  if ("numbers" in column) return makeData({ type: new Float64(), length: column.numbers.length, nullCount: 0, data: column.numbers });
  return listsData(column.lists);
}

function listsData(lists: readonly (readonly Float64Array[])[]) {
  const arrays = lists.flat();
  const rowOffsets = offsetsOf(lists.map((list) => list.length));
  const arrayOffsets = offsetsOf(arrays.map((a) => a.length));
  const values = new Float64Array(arrayOffsets[arrays.length]!);
  for (const [i, a] of arrays.entries()) values.set(a, arrayOffsets[i]!);
  const items = makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values });
  const inner = makeData({ type: new List(ITEM()), length: arrays.length, nullCount: 0, valueOffsets: arrayOffsets, child: items });
  return makeData({ type: new List(ARRAY()), length: lists.length, nullCount: 0, valueOffsets: rowOffsets, child: inner });
}

/** UTF-8 of all texts one after the other, and where each begins and the last ends. */
export function encodeTexts(texts: readonly string[]): { offsets: Int32Array; bytes: Uint8Array } {
  const bytes = Buffer.from(texts.join(""), "utf8");
  let ascii = 0;
  for (const text of texts) ascii += text.length;
  const lengths = texts.map((text) => (bytes.length === ascii ? text.length : Buffer.byteLength(text)));
  const offsets = offsetsOf(lengths);
  // A surrogate pair split over two texts would be joined by the concatenation: encode one by one then.
  const whole = offsets[texts.length] === bytes.length ? bytes : Buffer.concat(texts.map((text) => Buffer.from(text, "utf8")));
  return { offsets, bytes: whole };
}

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  let sum = 0;
  for (const [i, length] of lengths.entries()) {
    sum += length;
    if (sum > MAX_OFFSET) throw new RangeError(`more than ${MAX_OFFSET} elements in one Arrow column`);
    offsets[i + 1] = sum;
  }
  return offsets;
}

/** Columns read back; numbers and arrays are views of the given bytes (8-byte aligned bytes are not copied). */
export interface PlainTable {
  readonly rows: number;
  /** UTF-8 bytes of one text. */
  textBytes(name: string, row: number): Uint8Array;
  text(name: string, row: number): string;
  texts(name: string): string[];
  integers(name: string): Int32Array;
  numbers(name: string): Float64Array;
  /** The arrays of one row. */
  arrays(name: string, row: number): Float64Array[];
}

/**
 * Reads what `columnsToIpc` wrote. Arrow takes a cut-off stream for an empty one, so the caller checks a hash of the bytes first.
 * @throws Error when Arrow cannot parse the bytes; the accessors throw RangeError for a column or row that is not there.
 */
export function columnsFromIpc(bytes: Uint8Array): PlainTable {
  const table = tableFromIPC(bytes);
  const batch = table.batches[0];
  const rows = table.numRows;
  const places = new Map(table.schema.fields.map((field, i) => [field.name as string, i]));
  const data = (name: string) => {
    const child = batch?.data.children[places.get(name) ?? -1];
    if (child === undefined) throw new RangeError(`the Arrow stream has no column "${name}"`);
    return child;
  };
  const textsAt = (name: string) => {
    const { valueOffsets, values } = data(name) as unknown as { valueOffsets: Int32Array; values: Uint8Array };
    return (row: number) => values.subarray(...slot(valueOffsets, row, rows));
  };
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    rows,
    textBytes: (name, row) => textsAt(name)(row),
    text: (name, row) => decoder.decode(textsAt(name)(row)),
    texts(name) {
      const bytesAt = textsAt(name);
      return Array.from({ length: rows }, (_, row) => decoder.decode(bytesAt(row)));
    },
    integers: (name) => (data(name).values as Int32Array).subarray(0, rows),
    numbers: (name) => (data(name).values as Float64Array).subarray(0, rows),
    arrays(name, row) {
      const outer = data(name);
      const inner = outer.children[0]!;
      const values = inner.children[0]!.values as Float64Array;
      const [from, to] = slot(outer.valueOffsets, row, rows);
      const found: Float64Array[] = [];
      for (let i = from; i < to; i++) found.push(values.subarray(...slot(inner.valueOffsets, i, inner.length)));
      return found;
    },
  };
}

/** Begin and end of a row, held to what offsets may be: damaged bytes give an error, never numbers of another row. */
function slot(offsets: Int32Array, row: number, rows: number): [number, number] {
  const [from, to] = [offsets[row], offsets[row + 1]];
  if (!(row >= 0 && row < rows && from !== undefined && to !== undefined && from >= 0 && to >= from))
    throw new RangeError(`row ${row} of ${rows} has no valid place in its Arrow column`);
  return [from, to];
}
