/** A writer of netCDF classic files for tests, made from the format specification alone. */
export interface ClassicSpec {
  readonly version: 1 | 2 | 5;
  /** Name and length; length 0 is the record dimension. */
  readonly dimensions: readonly (readonly [string, number])[];
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly variables: readonly {
    readonly name: string;
    readonly dimensions: readonly number[];
    readonly type: keyof typeof CODES;
    readonly values: readonly number[];
    readonly attributes?: Readonly<Record<string, string | number>>;
  }[];
  readonly records?: number;
}

const CODES = { i1: 1, i2: 3, i4: 4, f4: 5, f8: 6, u1: 7, u2: 8, u4: 9, i8: 10, u8: 11 } as const;
const SIZES = { i1: 1, i2: 2, i4: 4, f4: 4, f8: 8, u1: 1, u2: 2, u4: 4, i8: 8, u8: 8 } as const;

export function classicFile(spec: ClassicSpec): Uint8Array {
  const wide = spec.version === 5;
  const pad = (bytes: number[]) => [...bytes, ...new Array((4 - (bytes.length % 4)) % 4).fill(0)];
  const int32 = (n: number) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255);
  const int64 = (n: number) => [...int32(Math.floor(n / 2 ** 32)), ...int32(n >>> 0)];
  const count = wide ? int64 : int32;
  const text = (s: string) => [...new TextEncoder().encode(s)];
  const name = (s: string) => [...count(text(s).length), ...pad(text(s))];
  const number = (type: keyof typeof CODES, x: number): number[] => {
    const view = new DataView(new ArrayBuffer(8));
    const write: Record<string, () => void> = {
      i1: () => view.setInt8(0, x),
      u1: () => view.setUint8(0, x),
      i2: () => view.setInt16(0, x),
      u2: () => view.setUint16(0, x),
      i4: () => view.setInt32(0, x),
      u4: () => view.setUint32(0, x),
      f4: () => view.setFloat32(0, x),
      f8: () => view.setFloat64(0, x),
      i8: () => view.setBigInt64(0, BigInt(x)),
      u8: () => view.setBigUint64(0, BigInt(x)),
    };
    write[type]?.();
    return [...new Uint8Array(view.buffer, 0, SIZES[type])];
  };
  const list = (tag: number, items: readonly number[][]) =>
    items.length === 0 ? [...int32(0), ...count(0)] : [...int32(tag), ...count(items.length), ...items.flat()];
  const attributes = (all: Readonly<Record<string, string | number>> = {}) =>
    list(
      12,
      Object.entries(all).map(([key, value]) =>
        typeof value === "string"
          ? [...name(key), ...int32(2), ...count(text(value).length), ...pad(text(value))]
          : [...name(key), ...int32(6), ...count(1), ...number("f8", value)],
      ),
    );
  const isRecord = (v: ClassicSpec["variables"][number]) => v.dimensions.length > 0 && spec.dimensions[v.dimensions[0]!]![1] === 0;
  const perRecord = (v: ClassicSpec["variables"][number]) =>
    v.dimensions.slice(isRecord(v) ? 1 : 0).reduce((total, d) => total * spec.dimensions[d]![1], SIZES[v.type]);
  const header = (begins: readonly number[]) => [
    ...text("CDF"),
    spec.version,
    ...count(spec.records ?? 0),
    ...list(
      10,
      spec.dimensions.map(([n, length]) => [...name(n), ...count(length)]),
    ),
    ...attributes(spec.attributes),
    ...list(
      11,
      spec.variables.map((v, k) => [
        ...name(v.name),
        ...count(v.dimensions.length),
        ...v.dimensions.flatMap(count),
        ...attributes(v.attributes),
        ...int32(CODES[v.type]),
        ...count(Math.ceil(perRecord(v) / 4) * 4),
        ...(spec.version === 1 ? int32 : int64)(begins[k] ?? 0),
      ]),
    ),
  ];
  let at = header([]).length;
  const fixed = spec.variables.filter((v) => !isRecord(v));
  const records = spec.variables.filter(isRecord);
  const begins = new Map<string, number>();
  for (const v of [...fixed, ...records]) {
    begins.set(v.name, at);
    at += Math.ceil(perRecord(v) / 4) * 4;
  }
  const body: number[] = fixed.flatMap((v) => pad(v.values.flatMap((x) => number(v.type, x))));
  for (let r = 0; r < (spec.records ?? 0); r++)
    for (const v of records) {
      const length = perRecord(v) / SIZES[v.type];
      const bytes = v.values.slice(r * length, (r + 1) * length).flatMap((x) => number(v.type, x));
      body.push(...(records.length === 1 ? bytes : pad(bytes)));
    }
  return Uint8Array.from([...header(spec.variables.map((v) => begins.get(v.name)!)), ...body]);
}
