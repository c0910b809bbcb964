import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { complexLayout, readComplex } from "./complex.ts";
import { causeOf, Dataset, type File, isTrap, type Library, type Metadata, TYPE_CLASS } from "./h5.ts";
import { dtypeText } from "./outline.ts";
import type { Numbers, RecordRow } from "./reader.ts";

/** Why an array cannot be read, and which one; becomes an ImportError on the other side of the thread. */
export class ArrayFailure extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Largest array that is read at once. */
const LARGEST = 2 ** 30;
/** deflate cannot shrink by more than about 1030; the other filters of HDF5 shrink less. */
const BEST_COMPRESSION = 1100;

/** @param bytes size of the file: no array may claim more than it can hold. */
export function numbersOf(file: File, library: Library, path: string, bytes: number): Numbers {
  const array = arrayAt(file, path);
  const m = metadataOf(array, path);
  const complex = complexLayout(m);
  if (complex !== undefined && m.shape !== null) {
    refuseFalseClaims(array, m, path, bytes);
    return { ...attempt(path, () => readComplex(library, array, complex)), shape: m.shape };
  }
  const numeric: readonly number[] = [TYPE_CLASS.integer, TYPE_CLASS.float, TYPE_CLASS.enum];
  if (!numeric.includes(m.type) || (m.type === TYPE_CLASS.float && m.size !== 4 && m.size !== 8))
    throw new ArrayFailure(path, hdf5Messages.notNumeric(dtypeText(m)));
  if (m.shape === null) return { values: new Float64Array(0), shape: [0] };
  refuseFalseClaims(array, m, path, bytes);
  return { values: toFloat64(read(array, path), path), shape: m.shape };
}

export function recordsOf(file: File, path: string, bytes: number): RecordRow[] {
  const array = arrayAt(file, path);
  const m = metadataOf(array, path);
  if (m.type !== TYPE_CLASS.string && m.type !== TYPE_CLASS.compound) throw new ArrayFailure(path, hdf5Messages.notRecords(dtypeText(m)));
  if (m.shape === null) return [];
  refuseFalseClaims(array, m, path, bytes);
  const value = read(array, path);
  if (m.type === TYPE_CLASS.string) return (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]).map(String);
  const members = m.compound_type?.members ?? [];
  const rows = (m.shape.length === 0 ? [value] : value) as readonly (readonly unknown[])[];
  return rows.map((row) => {
    const record: Record<string, string | number> = Object.create(null);
    for (const [index, member] of members.entries()) {
      const cell = cellValue(row[index]);
      if (cell !== undefined) record[member.name] = cell;
    }
    return record;
  });
}

function arrayAt(file: File, path: string): Dataset {
  let member: unknown;
  try {
    member = file.get(path);
  } catch (error) {
    throw new ArrayFailure(path, hdf5Messages.damaged(causeOf(error)));
  }
  if (!(member instanceof Dataset)) throw new ArrayFailure(path, hdf5Messages.missing());
  return member;
}

function metadataOf(array: Dataset, path: string): Metadata {
  try {
    return array.metadata;
  } catch (error) {
    throw new ArrayFailure(path, hdf5Messages.damaged(causeOf(error)));
  }
}

const read = (array: Dataset, path: string): unknown => attempt(path, () => array.value);

function attempt<T>(path: string, reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    if (isTrap(error)) throw error;
    throw new ArrayFailure(path, hdf5Messages.damaged(causeOf(error)));
  }
}

/** A header may claim any size; the library would allocate it. Checked before anything is read. */
function refuseFalseClaims(array: Dataset, m: Metadata, path: string, bytes: number): void {
  if (m.virtual_sources !== undefined && m.virtual_sources.length > 0) throw new ArrayFailure(path, hdf5Messages.external());
  const filters = filtersOf(array, path);
  const foreign = filters.find(({ id }) => id > LAST_OWN_FILTER);
  if (foreign !== undefined) throw new ArrayFailure(path, hdf5Messages.filter(foreign.name || String(foreign.id)));
  const packed = filters.length > 0;
  const room = packed ? bytes * BEST_COMPRESSION : bytes;
  const claimed = product(m.shape ?? []) * m.size;
  const chunk = m.chunks === null ? 0 : product(m.chunks) * m.size;
  // One chunk may be larger than the array that has only begun to fill it, but not larger than what a file this size can hold.
  if (!(claimed <= room)) throw new ArrayFailure(path, hdf5Messages.claims(claimed, bytes));
  if (!(chunk <= Math.max(room, SMALLEST_ROOM))) throw new ArrayFailure(path, hdf5Messages.claims(chunk, bytes));
  if (!(claimed <= LARGEST)) throw new ArrayFailure(path, hdf5Messages.tooLarge(claimed, LARGEST));
  if (!(chunk <= LARGEST)) throw new ArrayFailure(path, hdf5Messages.tooLarge(chunk, LARGEST));
}
const SMALLEST_ROOM = 2 ** 24;

/** Deflate, shuffle, checksum, szip, n-bit, scale-offset are HDF5's own; lzf, Blosc, Zstandard and others are plugins. */
const LAST_OWN_FILTER = 6;

function filtersOf(array: Dataset, path: string): Dataset["filters"] {
  try {
    return array.filters;
  } catch (error) {
    throw new ArrayFailure(path, hdf5Messages.damaged(causeOf(error)));
  }
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, n) => total * n, 1);
}

function toFloat64(value: unknown, path: string): Float64Array {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return toFloat64([value], path);
  if (value instanceof Float64Array) return value;
  if (value === null) return new Float64Array(0);
  return Float64Array.from(value as ArrayLike<number | bigint | boolean>, (x) => (typeof x === "bigint" ? safe(x, path) : Number(x)));
}

function safe(x: bigint, path: string): number {
  const number = Number(x);
  if (!Number.isSafeInteger(number)) throw new ArrayFailure(path, hdf5Messages.unsafeInteger(x));
  return number;
}

function cellValue(x: unknown): string | number | undefined {
  if (typeof x === "string" || typeof x === "number") return x;
  if (typeof x === "boolean") return Number(x);
  if (typeof x === "bigint") return Number.isSafeInteger(Number(x)) ? Number(x) : String(x);
  return undefined;
}
