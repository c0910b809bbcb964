import { joined } from "../joined.ts";
import { writeZip, type ZipOptions } from "../zip/write.ts";

/** An NPY file of any type: what its header states, and its bytes. */
export interface NpyContent {
  /** `<f8`, or a list as Python prints it: `[('wait', '<i8'), ('signal', '<f8')]`. */
  readonly descr: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  readonly fortran?: boolean;
  readonly version?: 1 | 2 | 3;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;

/** Magic, version, header padded to 64 bytes, data (numpy.lib.format). */
export function npyFile({ descr, shape, data, fortran = false, version = 1 }: NpyContent): Uint8Array {
  const type = descr.startsWith("[") ? descr : `'${descr}'`;
  const lengths = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = new TextEncoder().encode(`{'descr': ${type}, 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${lengths}, }`);
  const front = version === 1 ? 10 : 12;
  const header = new Uint8Array(64 * Math.ceil((front + text.length + 1) / 64)).fill(0x20);
  header.set([...MAGIC, version, 0]);
  const view = new DataView(header.buffer);
  if (version === 1) view.setUint16(8, header.length - front, true);
  else view.setUint32(8, header.length - front, true);
  header.set(text, front);
  header[header.length - 1] = 0x0a;
  return joined([header, data]);
}

/**
 * Numbers as an NPY file: float64, or complex128 with an imaginary part; row-major, every bit kept.
 * @param shape one dimension where absent; `[]` for a single number
 * @throws RangeError where shape and numbers do not fit
 */
export function writeNpy(
  values: readonly number[] | Float64Array,
  shape: readonly number[] = [values.length],
  imaginary?: readonly number[] | Float64Array,
): Uint8Array {
  const count = shape.reduce((total, n) => total * n, 1);
  if (count !== values.length || (imaginary !== undefined && imaginary.length !== count))
    throw new RangeError(`${imaginary?.length ?? values.length} numbers do not fill the shape (${shape.join(", ")})`);
  const data = new DataView(new ArrayBuffer(8 * count * (imaginary === undefined ? 1 : 2)));
  values.forEach((x, i) => {
    if (imaginary === undefined) data.setFloat64(8 * i, x, true);
    else {
      data.setFloat64(16 * i, x, true);
      data.setFloat64(16 * i + 8, imaginary[i]!, true);
    }
  });
  return npyFile({ descr: imaginary === undefined ? "<f8" : "<c16", shape, data: new Uint8Array(data.buffer) });
}

/** Arrays by their names, each as `writeNpy` gives it: what numpy.savez writes, or numpy.savez_compressed. */
export function writeNpz(arrays: Readonly<Record<string, Uint8Array>>, options: ZipOptions = {}): Uint8Array {
  return writeZip(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), options);
}
