import { type ColumnData, columnsToTable } from "../tables/arrow.ts";
import { columnsOf, type Dataset } from "../tables/dataset.ts";
import { type Codec, jsonCodec } from "./codec.ts";

/** A dataset as plain data: its columns with their numbers instead of the table. */
interface PlainDataset extends Omit<Dataset, "table"> {
  readonly columns: readonly ColumnData[];
}

/**
 * Datasets: what is known about them as text, their numbers as Arrow `list<float64>`. Columns with equal numbers (the delays of all traces of a
 * file) are stored once and shared when read back. Decoded tables are views of the stored bytes; ids are the stored ones.
 */
export const datasetsCodec: Codec<readonly Dataset[]> = {
  encode: (datasets) => plainCodec.encode(toPlain(datasets)),
  decode: (stored) => plainCodec.decode(stored).map(fromPlain),
};
const plainCodec = jsonCodec<readonly PlainDataset[]>();

/** Plain data with, if it is there, a member `datasets` (an import result, which is datasets or a failure). */
export function withDatasetsCodec<T extends object>(): Codec<T> {
  const codec = jsonCodec<object>();
  return {
    encode: (value) => codec.encode(hasDatasets<Dataset>(value) ? { ...value, datasets: toPlain(value.datasets) } : value),
    decode(stored) {
      const value = codec.decode(stored);
      return (hasDatasets<PlainDataset>(value) ? { ...value, datasets: value.datasets.map(fromPlain) } : value) as T;
    },
  };
}

function hasDatasets<D>(value: object): value is { datasets: readonly D[] } {
  return "datasets" in value && Array.isArray(value.datasets);
}

function toPlain(datasets: readonly Dataset[]): PlainDataset[] {
  const known = new Map<string, Float64Array[]>();
  return datasets.map(({ table: _table, ...rest }, i) => ({
    ...rest,
    columns: columnsOf(datasets[i]!).map((c) => ({ ...c, values: sharedWith(c.values, known) })),
  }));
}

/** An array seen before with the same bits, or this one. */
function sharedWith(values: Float64Array, known: Map<string, Float64Array[]>): Float64Array {
  const n = values.length;
  // Arrays that differ mostly differ here; only those that do not are compared whole.
  const outline = `${n} ${values[0]} ${values[n >> 1]} ${values[n - 1]}`;
  const alike = known.get(outline) ?? [];
  const same = alike.find((other) => Buffer.compare(bytesOf(other), bytesOf(values)) === 0);
  if (same) return same;
  known.set(outline, [...alike, values]);
  return values;
}

function bytesOf(values: Float64Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function fromPlain({ columns, ...rest }: PlainDataset): Dataset {
  return { ...rest, table: columnsToTable(columns) };
}
