import { deflateSync } from "node:zlib";
import { joined } from "../../src/importers/joined.ts";

export interface MatOptions {
  /** Byte order of the file (default true). */
  readonly little?: boolean;
  readonly compress?: boolean;
}

/** An array of a MAT-file, dimensions as MATLAB has them, numbers column by column. */
export type MatValue =
  | {
      readonly class: "double" | "single" | "int8" | "uint16" | "int64";
      readonly shape: readonly number[];
      readonly re: readonly number[];
      readonly im?: readonly number[];
      readonly logical?: boolean;
    }
  | { readonly class: "char"; readonly rows: readonly string[] }
  | { readonly class: "cell"; readonly shape: readonly number[]; readonly members: readonly MatValue[] }
  | { readonly class: "struct"; readonly shape?: readonly number[]; readonly elements: readonly Readonly<Record<string, MatValue>>[] }
  | { readonly class: "function" };

export const row = (...re: readonly number[]): MatValue => ({ class: "double", shape: [1, re.length], re });

const CLASSES = { cell: 1, struct: 2, char: 4, double: 6, single: 7, int8: 8, uint16: 11, int64: 14, function: 16 } as const;

/** A MAT-file of version 5, as "MAT-File Format" (MathWorks) describes it. */
export function matFile(variables: Readonly<Record<string, MatValue>>, options: MatOptions = {}): Uint8Array {
  const writer = new MatWriter(options.little ?? true);
  const arrays = Object.entries(variables).map(([name, value]) => writer.matrix(name, value));
  const parts = options.compress ? arrays.map((bytes) => writer.element(15, new Uint8Array(deflateSync(bytes)), false)) : arrays;
  return joined([writer.header(), ...parts]);
}

class MatWriter {
  readonly #little: boolean;

  constructor(little: boolean) {
    this.#little = little;
  }

  header(): Uint8Array {
    const bytes = new Uint8Array(128).fill(0x20);
    bytes.set(new TextEncoder().encode("MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Tue Jun  7 11:55:33 2016"));
    bytes.fill(0, 116, 124);
    const view = new DataView(bytes.buffer);
    view.setUint16(124, 0x0100, this.#little);
    view.setUint16(126, 0x4d49, this.#little);
    return bytes;
  }

  /** Short elements are written in the small form, as MATLAB does. */
  element(type: number, data: Uint8Array, padded = true): Uint8Array {
    if (data.length > 0 && data.length <= 4) {
      const small = new Uint8Array(8);
      new DataView(small.buffer).setUint32(0, data.length * 65536 + type, this.#little);
      small.set(data, 4);
      return small;
    }
    const bytes = new Uint8Array(8 + (padded ? Math.ceil(data.length / 8) * 8 : data.length));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, type, this.#little);
    view.setUint32(4, data.length, this.#little);
    bytes.set(data, 8);
    return bytes;
  }

  matrix(name: string, value: MatValue): Uint8Array {
    const flags =
      CLASSES[value.class] + ("im" in value && value.im !== undefined ? 0x800 : 0) + ("logical" in value && value.logical ? 0x200 : 0);
    const head = [
      this.element(6, this.#pack("u4", [flags, 0])),
      this.element(5, this.#pack("i4", this.#shape(value))),
      this.element(1, new TextEncoder().encode(name)),
    ];
    return this.element(14, joined([...head, ...this.#content(value)]));
  }

  #shape(value: MatValue): readonly number[] {
    if (value.class === "char") return [value.rows.length, value.rows[0]?.length ?? 0];
    if (value.class === "struct") return value.shape ?? [1, value.elements.length];
    return "shape" in value ? value.shape : [1, 1];
  }

  #content(value: MatValue): Uint8Array[] {
    switch (value.class) {
      case "function":
        return [];
      case "char": {
        const width = value.rows[0]?.length ?? 0;
        const codes = Array.from({ length: width * value.rows.length }, (_, k) =>
          value.rows[k % value.rows.length]!.charCodeAt(Math.floor(k / value.rows.length)),
        );
        return [this.element(4, this.#pack("u2", codes))];
      }
      case "cell":
        return value.members.map((member) => this.matrix("", member));
      case "struct": {
        const names = Object.keys(value.elements[0] ?? {});
        const table = new Uint8Array(32 * names.length);
        for (const [k, name] of names.entries()) table.set(new TextEncoder().encode(name), 32 * k);
        const members = value.elements.flatMap((element) => names.map((name) => this.matrix("", element[name]!)));
        return [this.element(5, this.#pack("i4", [32])), this.element(1, table), ...members];
      }
      default: {
        const types = { double: [9, "f8"], single: [7, "f4"], int8: [1, "i1"], uint16: [4, "u2"], int64: [12, "i8"] } as const;
        // MATLAB stores doubles that are small integers as bytes.
        const small = value.class === "double" && value.re.every((x) => Number.isInteger(x) && x >= 0 && x < 256) && value.im === undefined;
        const [type, pack] = small ? ([2, "u1"] as const) : types[value.class];
        return [value.re, ...(value.im === undefined ? [] : [value.im])].map((part) => this.element(type, this.#pack(pack, part)));
      }
    }
  }

  #pack(type: "u1" | "i1" | "u2" | "u4" | "i4" | "f4" | "f8" | "i8", values: readonly number[]): Uint8Array {
    const size = Number(type[1]);
    const view = new DataView(new ArrayBuffer(size * values.length));
    for (const [k, x] of values.entries()) {
      const at = k * size;
      if (type === "f8") view.setFloat64(at, x, this.#little);
      else if (type === "f4") view.setFloat32(at, x, this.#little);
      else if (type === "i8") view.setBigInt64(at, BigInt(x), this.#little);
      else if (type === "u2") view.setUint16(at, x, this.#little);
      else if (type === "u4") view.setUint32(at, x, this.#little);
      else if (type === "i4") view.setInt32(at, x, this.#little);
      else view.setInt8(at, x);
    }
    return new Uint8Array(view.buffer);
  }
}
