import { ImportError } from "../../core/errors.ts";
import { netcdfMessages } from "../../core/messages/hdf5.ts";
import type { Attributes, AttributeValue } from "../hdf5/reader.ts";

/** The header of a netCDF classic file, checked for consistency but not against the file's size. */
export interface Netcdf3Header {
  readonly version: 1 | 2 | 5;
  readonly attributes: Attributes;
  readonly variables: readonly Netcdf3Variable[];
  /** Bytes of one record, over all record variables; records of a single record variable are not padded. */
  readonly recordBytes: number;
}

export interface Netcdf3Variable {
  readonly name: string;
  /** Names of the dimensions, outermost first. */
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly type: Netcdf3Type;
  /** Byte at which the numbers (of the first record) start. */
  readonly begin: number;
  /** True when the first dimension is the unlimited one. */
  readonly record: boolean;
  readonly attributes: Attributes;
}

export type Netcdf3Type = "i1" | "char" | "i2" | "i4" | "f4" | "f8" | "u1" | "u2" | "u4" | "i8" | "u8";

export const TYPES: readonly Netcdf3Type[] = ["i1", "char", "i2", "i4", "f4", "f8", "u1", "u2", "u4", "i8", "u8"];
export const TYPE_BYTES: Readonly<Record<Netcdf3Type, number>> = {
  i1: 1,
  char: 1,
  i2: 2,
  i4: 4,
  f4: 4,
  f8: 8,
  u1: 1,
  u2: 2,
  u4: 4,
  i8: 8,
  u8: 8,
};
const TAG = { absent: 0, dimensions: 10, variables: 11, attributes: 12 } as const;
/** `numrecs` of a file that was still being written: the number of records follows from the file's length. */
const STREAMING = 0xffffffff;

/** Version of a netCDF classic file by its first bytes `CDF\1`, `CDF\2`, `CDF\5`, or undefined. */
export function netcdf3Version(head: Uint8Array): 1 | 2 | 5 | undefined {
  const isCdf = head[0] === 0x43 && head[1] === 0x44 && head[2] === 0x46;
  const version = head[3];
  return isCdf && (version === 1 || version === 2 || version === 5) ? version : undefined;
}

/**
 * Reads the header of a netCDF classic file.
 * @param bytes the file, or at least its header
 * @param file what the file is called in messages
 * @param fileBytes size of the whole file, needed for a file whose number of records was left open
 * @throws ImportError naming the byte at which the header stops making sense
 * @see NetCDF Classic Format Specification, Unidata ("The NetCDF File Format", appendix B of the NetCDF User's Guide)
 */
export function parseNetcdf3Header(bytes: Uint8Array, file: string, fileBytes = bytes.byteLength): Netcdf3Header {
  const version = netcdf3Version(bytes);
  if (version === undefined) throw new ImportError(netcdfMessages.badTag(0, bytes[3] ?? -1), file);
  const cursor = new Cursor(bytes, file, version);
  const records = cursor.count("the number of records");
  const dimensions = cursor.list(TAG.dimensions, () => ({ name: cursor.name(), size: cursor.count("a dimension's length") }));
  const attributes = readAttributes(cursor);
  const raw = cursor.list(TAG.variables, () => readVariable(cursor, dimensions, version));
  const inRecord = raw.filter((v) => v.record);
  const recordBytes = inRecord.length === 1 ? sliceBytes(inRecord[0]!) : inRecord.reduce((sum, v) => sum + padded(sliceBytes(v)), 0);
  const open = version === 5 ? records >= 2 ** 53 : records === STREAMING;
  const firstRecord = Math.min(...inRecord.map((v) => v.begin));
  const count = !open ? records : recordBytes > 0 ? Math.max(0, Math.floor((fileBytes - firstRecord) / recordBytes)) : 0;
  const seen = new Set<string>();
  for (const { name } of raw) {
    if (seen.has(name)) throw new ImportError(netcdfMessages.repeated(name), file);
    seen.add(name);
  }
  const variables = raw.map((v) => (v.record ? { ...v, shape: [count, ...v.shape.slice(1)] } : v));
  return { version, attributes, variables, recordBytes };
}

/** Bytes of a variable, or of one record of it. */
export function sliceBytes(v: Netcdf3Variable): number {
  const shape = v.record ? v.shape.slice(1) : v.shape;
  return shape.reduce((total, n) => total * n, TYPE_BYTES[v.type]);
}

const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;

function readAttributes(cursor: Cursor): Attributes {
  const attributes: Record<string, AttributeValue> = Object.create(null);
  cursor.list(TAG.attributes, () => {
    const name = cursor.name();
    attributes[name] = cursor.values();
  });
  return attributes;
}

function readVariable(cursor: Cursor, dimensions: readonly { name: string; size: number }[], version: number): Netcdf3Variable {
  const name = cursor.name();
  const rank = cursor.count("a variable's number of dimensions");
  const own = Array.from({ length: cursor.plausible(rank, "a variable's dimensions") }, () => {
    const index = cursor.count("a dimension's number");
    const dimension = dimensions[index];
    if (dimension === undefined) throw cursor.error(netcdfMessages.badDimension(index), name);
    return dimension;
  });
  const attributes = readAttributes(cursor);
  const type = cursor.type();
  cursor.count("a variable's size");
  const begin = version === 1 ? cursor.int32("a variable's begin") : cursor.int64("a variable's begin");
  if (begin < 0) throw cursor.error(netcdfMessages.badCount(cursor.at, "the begin of the numbers", begin), name);
  return {
    name,
    dimensions: own.map((d) => d.name),
    shape: own.map((d) => d.size),
    type,
    begin,
    record: own[0]?.size === 0,
    attributes,
  };
}

/** Walks over big-endian bytes; every step is checked against the end. */
class Cursor {
  at = 4;
  readonly #view: DataView;
  readonly #file: string;
  readonly #wide: boolean;
  constructor(bytes: Uint8Array, file: string, version: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#file = file;
    this.#wide = version === 5;
  }

  error(message: string, variable = ""): ImportError {
    return new ImportError(message, variable === "" ? this.#file : `${this.#file}:${variable}`);
  }

  #take(length: number, what: string): number {
    const start = this.at;
    if (!(length <= this.#view.byteLength - start)) throw this.error(netcdfMessages.cutOff(start, length, this.#view.byteLength, what));
    this.at += length;
    return start;
  }

  int32(what: string): number {
    return this.#view.getInt32(this.#take(4, what));
  }

  int64(what: string): number {
    return Number(this.#view.getBigInt64(this.#take(8, what)));
  }

  /** A count: 32 bits, in CDF-5 64; never negative. */
  count(what: string): number {
    return this.#wide ? Number(this.#view.getBigUint64(this.#take(8, what))) : this.#view.getUint32(this.#take(4, what));
  }

  /** A number of things that follow must fit into what is left of the header, at 4 bytes each. */
  plausible(count: number, what: string): number {
    if (!(count * 4 <= this.#view.byteLength - this.at)) throw this.error(netcdfMessages.badCount(this.at, `the number of ${what}`, count));
    return count;
  }

  list<T>(expected: number, read: () => T): T[] {
    const start = this.at;
    const tag = this.int32("a list");
    const count = this.count("a list's length");
    if (tag === TAG.absent && count === 0) return [];
    if (tag !== expected) throw this.error(netcdfMessages.badTag(start, tag));
    return Array.from({ length: this.plausible(count, "entries of a list") }, read);
  }

  name(): string {
    const length = this.count("a name's length");
    const start = this.#take(padded(length), "a name");
    return this.#text(start, length);
  }

  type(): Netcdf3Type {
    const start = this.at;
    const code = this.int32("a type");
    const type = TYPES[code - 1];
    if (type === undefined) throw this.error(netcdfMessages.badType(start, code));
    return type;
  }

  values(): AttributeValue {
    const type = this.type();
    const count = this.count("an attribute's length");
    const start = this.#take(padded(count * TYPE_BYTES[type]), "an attribute");
    if (type === "char") return this.#text(start, count).replace(/\0+$/, "");
    const values = decodeNumbers(this.#view, start, type, count);
    return count === 1 ? values[0]! : Array.from(values);
  }

  #text(start: number, length: number): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length));
  }
}

/** Big-endian numbers as float64; 64-bit integers lose exactness beyond 2^53, where the caller decides. */
export function decodeNumbers(view: DataView, start: number, type: Netcdf3Type, count: number): Float64Array {
  const size = TYPE_BYTES[type];
  const one = READ[type];
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = one(view, start + i * size);
  return values;
}

export const READ: Readonly<Record<Netcdf3Type, (view: DataView, at: number) => number>> = {
  i1: (v, at) => v.getInt8(at),
  char: (v, at) => v.getUint8(at),
  i2: (v, at) => v.getInt16(at),
  i4: (v, at) => v.getInt32(at),
  f4: (v, at) => v.getFloat32(at),
  f8: (v, at) => v.getFloat64(at),
  u1: (v, at) => v.getUint8(at),
  u2: (v, at) => v.getUint16(at),
  u4: (v, at) => v.getUint32(at),
  i8: (v, at) => Number(v.getBigInt64(at)),
  u8: (v, at) => Number(v.getBigUint64(at)),
};
