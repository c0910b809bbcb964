import { joined } from "../joined.ts";
import { DEFAULT_FILL } from "../netcdf3.ts";
import { type Netcdf3Type, READ, TYPE_BYTES, TYPES } from "./header.ts";

/** A netCDF classic file in memory. */
export interface Netcdf3Content {
  /** Length of each dimension; `unlimited` for the record dimension, whose length the values give. */
  readonly dimensions: Readonly<Record<string, number | "unlimited">>;
  readonly attributes?: Netcdf3Attributes;
  readonly variables: Readonly<Record<string, Netcdf3Array>>;
  /** CDF-1, CDF-2 (64-bit offsets; where absent) or CDF-5 (64-bit lengths, more types). */
  readonly version?: 1 | 2 | 5;
}

/** Texts and numbers: `_FillValue` is written in the variable's type, every other number as f8. */
export type Netcdf3Attributes = Readonly<Record<string, string | number>>;

export interface Netcdf3Array {
  readonly type: Exclude<Netcdf3Type, "char">;
  /** Names, outermost first; only the first may be unlimited. */
  readonly dimensions: readonly string[];
  readonly attributes?: Netcdf3Attributes;
  /** Row-major. */
  readonly values: readonly number[] | Float64Array;
}

const TAG = { dimensions: 10, variables: 11, attributes: 12 } as const;
/** Where a variable or one record of it begins on a multiple of 4 bytes. */
const padded = (bytes: number) => 4 * Math.ceil(bytes / 4);

interface Placed {
  readonly name: string;
  readonly array: Netcdf3Array;
  /** Whether it has one part per record. */
  readonly record: boolean;
  /** Numbers in the variable, or in one record of it. */
  readonly each: number;
}

/**
 * The bytes of a netCDF classic file, big-endian; floating-point numbers keep every bit of their type.
 * @throws RangeError where values, dimensions and types do not fit, and for a number that readers take for "never written"
 * @see "The NetCDF Classic Format Specification", Unidata
 */
export function writeNetcdf3(content: Netcdf3Content): Uint8Array {
  const { dimensions, variables, version = 2 } = content;
  const placed = Object.entries(variables).map(([name, array]) => place(name, array, dimensions));
  const inRecord = placed.filter((v) => v.record);
  const records = recordsOf(inRecord);
  // The records of a single record variable are not padded.
  const stride = (v: Placed) => (v.record && inRecord.length === 1 ? bytesOf(v) : padded(bytesOf(v)));
  const header = (begins: ReadonlyMap<Placed, number>) => headerBytes(content, version, placed, records, begins);
  const begins = new Map<Placed, number>();
  let at = header(begins).length;
  for (const v of [...placed.filter((one) => !one.record), ...inRecord]) {
    begins.set(v, at);
    at += stride(v);
  }
  const recordBytes = inRecord.reduce((sum, v) => sum + stride(v), 0);
  const bytes = new Uint8Array(at + Math.max(0, records - 1) * recordBytes);
  bytes.set(header(begins));
  const view = new DataView(bytes.buffer);
  for (const v of placed) {
    const { type, values } = v.array;
    const begin = begins.get(v)!;
    for (let i = 0; i < values.length; i++) {
      const at = begin + Math.floor(i / v.each) * recordBytes + (i % v.each) * TYPE_BYTES[type];
      WRITE[type](view, at, values[i]!);
      if (isWhole(type) && READ[type](view, at) !== values[i]) throw new RangeError(`variable ${v.name}: ${values[i]} is no ${type}`);
    }
  }
  return bytes;
}

const isWhole = (type: Netcdf3Array["type"]) => !type.startsWith("f");
const bytesOf = ({ array, each }: Placed) => each * TYPE_BYTES[array.type];

function place(name: string, array: Netcdf3Array, dimensions: Netcdf3Content["dimensions"]): Placed {
  const lengths = array.dimensions.map((d) => dimensions[d]);
  const record = lengths[0] === "unlimited";
  const each = lengths.slice(record ? 1 : 0).reduce((total: number, n) => {
    if (typeof n !== "number") throw new RangeError(`variable ${name}: a dimension is not declared, or unlimited without being the first`);
    return total * n;
  }, 1);
  const { length } = array.values;
  if (record ? length % each !== 0 : length !== each) throw new RangeError(`variable ${name} has ${length} values, not ${each}`);
  const fill = array.attributes?._FillValue === undefined ? DEFAULT_FILL[array.type] : undefined;
  if (fill !== undefined && array.values.includes(fill))
    throw new RangeError(`variable ${name}: ${fill} stands for "never written"; give the variable a _FillValue of its own`);
  return { name, array, record, each };
}

function recordsOf(inRecord: readonly Placed[]): number {
  const counts = new Set(inRecord.map(({ array, each }) => array.values.length / each));
  if (counts.size > 1) throw new RangeError("the record variables have different numbers of records");
  return [...counts][0] ?? 0;
}

function headerBytes(
  { dimensions, attributes = {} }: Netcdf3Content,
  version: 1 | 2 | 5,
  placed: readonly Placed[],
  records: number,
  begins: ReadonlyMap<Placed, number>,
): Uint8Array {
  const out = new Header(version);
  const names = Object.keys(dimensions);
  out.count(records);
  out.list(TAG.dimensions, names, (name) => {
    const length = dimensions[name]!;
    out.name(name);
    out.count(length === "unlimited" ? 0 : length);
  });
  out.attributes(attributes, "f8");
  out.list(TAG.variables, placed, (v) => {
    const { array } = v;
    out.name(v.name);
    out.count(array.dimensions.length);
    for (const d of array.dimensions) out.count(names.indexOf(d));
    out.attributes(array.attributes ?? {}, array.type);
    out.int32(TYPES.indexOf(array.type) + 1);
    out.count(padded(bytesOf(v)));
    out.offset(begins.get(v) ?? 0);
  });
  return out.bytes;
}

/** Grows as the header is written; headers are short. */
class Header {
  readonly #version: 1 | 2 | 5;
  readonly #parts: Uint8Array[];

  constructor(version: 1 | 2 | 5) {
    this.#version = version;
    this.#parts = [Uint8Array.of(0x43, 0x44, 0x46, version)];
  }

  get bytes(): Uint8Array {
    return joined(this.#parts);
  }

  number(type: Netcdf3Array["type"], x: number): void {
    const bytes = new Uint8Array(padded(TYPE_BYTES[type]));
    WRITE[type](new DataView(bytes.buffer), 0, x);
    this.#parts.push(bytes);
  }
  int32(x: number): void {
    this.number("i4", x);
  }
  count(x: number): void {
    this.number(this.#version === 5 ? "u8" : "u4", x);
  }
  offset(x: number): void {
    this.number(this.#version === 1 ? "i4" : "i8", x);
  }

  /** @throws RangeError for what the library does not take for a name */
  name(text: string): void {
    if (text === "" || /[\p{Cc}\p{Cs}/]/u.test(text))
      throw new RangeError(`"${text}" is no name: empty, or with "/" or a control character`);
    this.text(text);
  }

  text(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.count(encoded.length);
    const bytes = new Uint8Array(padded(encoded.length));
    bytes.set(encoded);
    this.#parts.push(bytes);
  }

  list<T>(tag: number, items: readonly T[], write: (item: T) => void): void {
    this.int32(items.length === 0 ? 0 : tag);
    this.count(items.length);
    items.forEach(write);
  }

  attributes(attributes: Netcdf3Attributes, type: Netcdf3Array["type"]): void {
    this.list(TAG.attributes, Object.entries(attributes), ([name, value]) => {
      this.name(name);
      const own = typeof value === "string" ? "char" : name === "_FillValue" ? type : "f8";
      this.int32(TYPES.indexOf(own) + 1);
      if (typeof value === "string") {
        if (value.endsWith("\0")) throw new RangeError(`attribute ${name}: a text ends in NUL, which readers cut off`);
        this.text(value);
      } else {
        this.count(1);
        this.number(own === "char" ? "f8" : own, value);
      }
    });
  }
}

const WRITE: Readonly<Record<Netcdf3Array["type"], (view: DataView, at: number, x: number) => void>> = {
  i1: (v, at, x) => v.setInt8(at, x),
  i2: (v, at, x) => v.setInt16(at, x),
  i4: (v, at, x) => v.setInt32(at, x),
  f4: (v, at, x) => v.setFloat32(at, x),
  f8: (v, at, x) => v.setFloat64(at, x),
  u1: (v, at, x) => v.setUint8(at, x),
  u2: (v, at, x) => v.setUint16(at, x),
  u4: (v, at, x) => v.setUint32(at, x),
  i8: (v, at, x) => v.setBigInt64(at, BigInt(x)),
  u8: (v, at, x) => v.setBigUint64(at, BigInt(x)),
};
