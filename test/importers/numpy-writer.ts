import { crc32 as checksum, deflateRawSync } from "node:zlib";

/** Text of an NPY header value, as Python prints it. */
export interface NpySpec {
  /** `<f8`, or a list as Python prints it: `[('wait', '<i8'), ('signal', '<f8')]`. */
  readonly descr: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  readonly fortran?: boolean;
  readonly version?: 1 | 2 | 3;
}

/** An NPY file, byte for byte as numpy.lib.format lays it out: magic, version, header padded to 64 bytes, data. */
export function npyFile({ descr, shape, data, fortran = false, version = 1 }: NpySpec): Uint8Array {
  const type = descr.startsWith("[") ? descr : `'${descr}'`;
  const lengths = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': ${type}, 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${lengths}, }`;
  const encoded = new TextEncoder().encode(text);
  const front = version === 1 ? 10 : 12;
  const padding = 63 - ((front + encoded.length) % 64);
  const header = new Uint8Array(front + encoded.length + padding + 1).fill(0x20);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(header.buffer);
  if (version === 1) view.setUint16(8, header.length - front, true);
  else view.setUint32(8, header.length - front, true);
  header.set(encoded, front);
  header[header.length - 1] = 0x0a;
  return joined([header, data]);
}

/** float64 numbers as an NPY file. */
export const doubles = (values: readonly number[], shape: readonly number[] = [values.length]): Uint8Array =>
  npyFile({ descr: "<f8", shape, data: new Uint8Array(Float64Array.from(values).buffer) });

export interface ZipOptions {
  readonly deflate?: boolean;
  /** Sizes stand in a zip64 extra field, and the directory has its zip64 form. */
  readonly zip64?: boolean;
  readonly comment?: string;
}

/** A zip archive with local headers, directory and end record (PKWARE APPNOTE). */
export function zipFile(entries: Readonly<Record<string, Uint8Array>>, { deflate = false, zip64 = false, comment = "" }: ZipOptions = {}) {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(entries)) {
    const packed = deflate ? deflateRawSync(bytes) : bytes;
    const encoded = new TextEncoder().encode(name);
    const fixed = [20, 0x800, deflate ? 8 : 0, 0, 0x21] as const;
    const crc = checksum(bytes);
    const sizes = zip64 ? [0xffffffff, 0xffffffff] : [packed.length, bytes.length];
    const localExtra = zip64 ? record(["u16", 1], ["u16", 16], ["u64", bytes.length], ["u64", packed.length]) : new Uint8Array();
    const local = record(
      ["u32", 0x04034b50],
      ...fixed.map((x) => ["u16", x] as const),
      ["u32", crc],
      ["u32", sizes[0]!],
      ["u32", sizes[1]!],
      ["u16", encoded.length],
      ["u16", localExtra.length],
    );
    const extra = zip64
      ? record(["u16", 1], ["u16", 24], ["u64", bytes.length], ["u64", packed.length], ["u64", offset])
      : new Uint8Array();
    directory.push(
      record(
        ["u32", 0x02014b50],
        ["u16", 45],
        ...fixed.map((x) => ["u16", x] as const),
        ["u32", crc],
        ["u32", sizes[0]!],
        ["u32", sizes[1]!],
        ["u16", encoded.length],
        ["u16", extra.length],
        ["u16", 0],
        ["u16", 0],
        ["u16", 0],
        ["u32", 0],
        ["u32", zip64 ? 0xffffffff : offset],
      ),
      encoded,
      extra,
    );
    parts.push(local, encoded, localExtra, packed);
    offset += local.length + encoded.length + localExtra.length + packed.length;
  }
  const central = joined(directory);
  const count = Object.keys(entries).length;
  const end64 = zip64
    ? joined([
        record(
          ["u32", 0x06064b50],
          ["u64", 44],
          ["u16", 45],
          ["u16", 45],
          ["u32", 0],
          ["u32", 0],
          ["u64", count],
          ["u64", count],
          ["u64", central.length],
          ["u64", offset],
        ),
        record(["u32", 0x07064b50], ["u32", 0], ["u64", offset + central.length], ["u32", 1]),
      ])
    : new Uint8Array();
  const end = record(
    ["u32", 0x06054b50],
    ["u16", 0],
    ["u16", 0],
    ["u16", zip64 ? 0xffff : count],
    ["u16", zip64 ? 0xffff : count],
    ["u32", zip64 ? 0xffffffff : central.length],
    ["u32", zip64 ? 0xffffffff : offset],
    ["u16", comment.length],
  );
  return joined([...parts, central, end64, end, new TextEncoder().encode(comment)]);
}

/** Named arrays as numpy.savez or numpy.savez_compressed writes them. */
export const npzFile = (arrays: Readonly<Record<string, Uint8Array>>, options: ZipOptions = {}) =>
  zipFile(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), options);

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type Cell = readonly ["u16" | "u32" | "u64", number];

function record(...cells: readonly Cell[]): Uint8Array {
  const width = { u16: 2, u32: 4, u64: 8 } as const;
  const bytes = new Uint8Array(cells.reduce((sum, [type]) => sum + width[type], 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [type, value] of cells) {
    if (type === "u16") view.setUint16(at, value, true);
    else if (type === "u32") view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width[type];
  }
  return bytes;
}
