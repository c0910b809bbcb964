/** A netCDF classic file in memory. */
export interface Netcdf3Content {
  /** Length of each dimension. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly attributes: Netcdf3Attributes;
  readonly variables: Readonly<Record<string, Netcdf3Array>>;
}

/** Texts, or numbers of the variable's type. */
export type Netcdf3Attributes = Readonly<Record<string, string | number>>;

export interface Netcdf3Array {
  readonly type: "f8" | "i4";
  readonly dimensions: readonly string[];
  readonly attributes: Netcdf3Attributes;
  readonly values: readonly number[] | Float64Array;
}

const TYPE = { char: 2, i4: 4, f8: 6 } as const;
const BYTES = { i4: 4, f8: 8 } as const;

/**
 * The bytes of a netCDF classic file with 64-bit offsets (CDF-2), big-endian, without record dimension.
 * @see "The NetCDF Classic Format Specification", Unidata
 */
export function netcdf3File(content: Netcdf3Content): Uint8Array {
  const names = Object.keys(content.dimensions);
  const arrays = Object.entries(content.variables);
  const sizes = arrays.map(([name, v]) => {
    const count = v.dimensions.reduce((total, d) => total * content.dimensions[d]!, 1);
    if (v.values.length !== count) throw new RangeError(`variable ${name} has ${v.values.length} values, not ${count}`);
    return Math.ceil((count * BYTES[v.type]) / 4) * 4;
  });
  const header = (begins: readonly number[]) => {
    const out = new BigEndian().text("CDF").u8(2).i4(0);
    out.list(10, names, (name) => out.name(name).i4(content.dimensions[name]!));
    out.attributes(content.attributes, "f8");
    out.list(11, arrays, ([name, v], k) => {
      out.name(name).i4(v.dimensions.length);
      for (const d of v.dimensions) out.i4(names.indexOf(d));
      out.attributes(v.attributes, v.type).i4(TYPE[v.type]).i4(sizes[k]!).i8(begins[k]!);
    });
    return out;
  };
  let at = header(sizes).bytes.length;
  const begins = sizes.map((size) => {
    at += size;
    return at - size;
  });
  const out = header(begins);
  for (const [, v] of arrays) {
    for (const x of v.values) v.type === "f8" ? out.f8(x) : out.i4(x);
    out.pad();
  }
  return Uint8Array.from(out.bytes);
}

class BigEndian {
  readonly bytes: number[] = [];
  readonly #view = new DataView(new ArrayBuffer(8));

  #take(count: number): this {
    for (let i = 0; i < count; i++) this.bytes.push(this.#view.getUint8(i));
    return this;
  }
  u8(x: number): this {
    this.bytes.push(x);
    return this;
  }
  i4(x: number): this {
    this.#view.setInt32(0, x);
    return this.#take(4);
  }
  i8(x: number): this {
    this.#view.setBigInt64(0, BigInt(x));
    return this.#take(8);
  }
  f8(x: number): this {
    this.#view.setFloat64(0, x);
    return this.#take(8);
  }
  text(text: string): this {
    for (const byte of new TextEncoder().encode(text)) this.bytes.push(byte);
    return this;
  }
  pad(): this {
    while (this.bytes.length % 4 !== 0) this.bytes.push(0);
    return this;
  }
  name(text: string): this {
    return this.i4(new TextEncoder().encode(text).length).text(text).pad();
  }
  list<T>(tag: number, items: readonly T[], write: (item: T, index: number) => void): this {
    if (items.length === 0) return this.i4(0).i4(0);
    this.i4(tag).i4(items.length);
    items.forEach(write);
    return this;
  }
  attributes(attributes: Netcdf3Attributes, type: "f8" | "i4"): this {
    return this.list(12, Object.entries(attributes), ([name, value]) => {
      this.name(name);
      if (typeof value === "string") this.i4(TYPE.char).name(value);
      else if (type === "f8") this.i4(TYPE.f8).i4(1).f8(value);
      else this.i4(TYPE.i4).i4(1).i4(value);
    });
  }
}
