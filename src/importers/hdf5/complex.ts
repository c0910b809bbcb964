import { type Dataset, type Library, type Metadata, rawBytes, TYPE_CLASS } from "./h5.ts";

/** Where the two parts of a complex number stand in its record. */
export interface ComplexLayout {
  readonly real: number;
  readonly imaginary: number;
  /** Bytes of one part, and of the whole record. */
  readonly part: 4 | 8;
  readonly record: number;
}

const NAMES: readonly (readonly [string, string])[] = [
  ["r", "i"],
  ["real", "imag"],
  ["re", "im"],
  ["real", "imaginary"],
];

/** How a complex number is stored, or undefined when the type is none: HDF5 had no complex type before 2.0, h5py writes records (r, i). */
export function complexLayout(m: Metadata): ComplexLayout | undefined {
  const members = m.type === TYPE_CLASS.compound ? m.compound_type?.members : undefined;
  const [a, b, ...more] = members ?? [];
  if (a === undefined || b === undefined || more.length > 0) return undefined;
  if (a.type !== TYPE_CLASS.float || b.type !== TYPE_CLASS.float || a.size !== b.size || (a.size !== 4 && a.size !== 8)) return undefined;
  // The library hands the bytes of records over as they stand in the file.
  if (!a.littleEndian || !b.littleEndian) return undefined;
  const names = [a.name.toLowerCase(), b.name.toLowerCase()];
  if (!NAMES.some(([re, im]) => names[0] === re && names[1] === im)) return undefined;
  return { real: a.offset, imaginary: b.offset, part: a.size, record: m.size };
}

export interface ComplexParts {
  readonly values: Float64Array;
  readonly imaginary: Float64Array;
}

export function readComplex(library: Library, array: Dataset, layout: ComplexLayout): ComplexParts {
  const bytes = rawBytes(library, array);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = layout.part === 8 ? (at: number) => view.getFloat64(at, true) : (at: number) => view.getFloat32(at, true);
  const count = Math.floor(bytes.byteLength / layout.record);
  const values = new Float64Array(count);
  const imaginary = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    values[k] = read(k * layout.record + layout.real);
    imaginary[k] = read(k * layout.record + layout.imaginary);
  }
  return { values, imaginary };
}
