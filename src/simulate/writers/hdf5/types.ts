import { Bytes } from "./bytes.ts";

/** What one element of an array or attribute is. */
export type Hdf5Type =
  | { readonly class: "float"; readonly bytes: 4 | 8 }
  | { readonly class: "int"; readonly bytes: 1 | 2 | 4 | 8 }
  /** Fixed-length text, filled up with NUL. */
  | { readonly class: "chars"; readonly bytes: number }
  /** Variable-length UTF-8 text; its bytes stand in the file's heap. */
  | { readonly class: "text" }
  /** A named value of a small integer; h5py's booleans are FALSE = 0, TRUE = 1 over one byte. */
  | { readonly class: "enum"; readonly bytes: 1 | 2; readonly names: readonly string[] }
  /** Pointer to another object, given by its path. */
  | { readonly class: "reference" }
  | { readonly class: "list"; readonly of: Hdf5Type }
  | { readonly class: "record"; readonly members: readonly (readonly [name: string, type: Hdf5Type])[] };

export const F64: Hdf5Type = { class: "float", bytes: 8 };
export const F32: Hdf5Type = { class: "float", bytes: 4 };
export const I32: Hdf5Type = { class: "int", bytes: 4 };
export const TEXT: Hdf5Type = { class: "text" };
export const BOOL: Hdf5Type = { class: "enum", bytes: 1, names: ["FALSE", "TRUE"] };
export const REFERENCE: Hdf5Type = { class: "reference" };

/** Numbers, texts (also the paths of references), lists and records of these. */
export type Hdf5Item = number | string | readonly Hdf5Item[];

export function sizeOf(type: Hdf5Type): number {
  switch (type.class) {
    case "text":
    case "list":
      return 16;
    case "reference":
      return 8;
    case "record":
      return type.members.reduce((sum, [, member]) => sum + sizeOf(member), 0);
    default:
      return type.bytes;
  }
}

const CLASS = { int: 0, float: 1, chars: 3, record: 6, reference: 7, enum: 8, list: 9, text: 9 } as const;
const UTF8 = 1;

/** The datatype message that describes a type. @see HDF5 File Format Specification 3.0, IV.A.2.d */
export function describe(type: Hdf5Type): Uint8Array {
  const version = type.class === "record" || type.class === "enum" ? 3 : 1;
  const out = new Bytes()
    .uint((version << 4) | CLASS[type.class], 1)
    .uint(classBits(type), 3)
    .uint(sizeOf(type), 4);
  switch (type.class) {
    case "int":
      out.uint(0, 2).uint(8 * type.bytes, 2);
      break;
    case "float": {
      const [exponent, mantissa, bias] = type.bytes === 8 ? [11, 52, 1023] : [8, 23, 127];
      out
        .uint(0, 2)
        .uint(8 * type.bytes, 2)
        .uint(mantissa, 1)
        .uint(exponent, 1)
        .uint(0, 1)
        .uint(mantissa, 1)
        .uint(bias, 4);
      break;
    }
    case "text":
      // A string of variable length is a list of unsigned bytes that is marked as text.
      out.uint(0x10, 1).uint(0, 3).uint(1, 4).uint(0, 2).uint(8, 2);
      break;
    case "list":
      out.raw(describe(type.of));
      break;
    case "enum":
      out.raw(describe({ class: "int", bytes: type.bytes }));
      for (const name of type.names) out.text(name).uint(0, 1);
      for (let value = 0; value < type.names.length; value++) out.uint(value, type.bytes);
      break;
    case "record": {
      const width = sizeOf(type) < 256 ? 1 : sizeOf(type) < 65536 ? 2 : 4;
      let offset = 0;
      for (const [name, member] of type.members) {
        out.text(name).uint(0, 1).uint(offset, width).raw(describe(member));
        offset += sizeOf(member);
      }
      break;
    }
  }
  return out.done();
}

function classBits(type: Hdf5Type): number {
  switch (type.class) {
    case "int":
      return 8; // little-endian, signed
    case "float":
      return 0x20 | ((8 * type.bytes - 1) << 8); // leading mantissa bit implied; place of the sign bit
    case "chars":
      return 1 | (UTF8 << 4); // filled up with NUL
    case "text":
      return 1 | (UTF8 << 8);
    case "record":
      return type.members.length;
    case "enum":
      return type.names.length;
    default:
      return 0;
  }
}
