import { ImportError } from "../core/errors.ts";
import { hdf5Messages, netcdfMessages } from "../core/messages/hdf5.ts";
import type { Numbers } from "./hdf5/reader.ts";
import { decodeNumbers, type Netcdf3Header, type Netcdf3Variable, parseNetcdf3Header, sliceBytes, TYPE_BYTES } from "./netcdf/header.ts";

/** A netCDF classic file (CDF-1, -2, -5) in memory. */
export interface Netcdf3File {
  readonly header: Netcdf3Header;
  /** Numbers of one variable, row-major. @throws ImportError naming the variable */
  numbers(name: string): Numbers;
  /** Rows of characters as texts, without what fills them up. @throws ImportError naming the variable */
  texts(name: string): string[];
}

/** Values that the library writes where nothing was written, unless the variable states its own `_FillValue`. */
export const DEFAULT_FILL: Readonly<Record<string, number>> = {
  f4: Math.fround(9.969209968386869e36),
  f8: 9.969209968386869e36,
  i2: -32767,
  i4: -2147483647,
};

/**
 * Opens a netCDF classic file.
 * @param bytes the whole file
 * @param file what the file is called in messages
 * @throws ImportError when the header is damaged or claims numbers beyond the end of the file; its place is `<file>:<variable>`
 */
export function openNetcdf3(bytes: Uint8Array, file: string): Netcdf3File {
  const header = parseNetcdf3Header(bytes, file);
  for (const v of header.variables) refuseFalseClaims(v, header, bytes.byteLength, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const valuesOf = (variable: Netcdf3Variable) =>
    variable.record ? recordValues(view, variable, header) : decodeNumbers(view, variable.begin, variable.type, length(variable));
  const named = (name: string) => {
    const variable = header.variables.find((v) => v.name === name);
    if (variable === undefined) throw new ImportError(hdf5Messages.missing(), `${file}:${name}`);
    return variable;
  };
  return {
    header,
    numbers(name) {
      const variable = named(name);
      if (variable.type === "char") throw new ImportError(netcdfMessages.notNumeric(), `${file}:${name}`);
      const values = valuesOf(variable);
      refuseUnsafe(variable, values, `${file}:${name}`);
      return { values: withoutFill(variable, values), shape: variable.shape };
    },
    texts(name) {
      const variable = named(name);
      const characters = Uint8Array.from(valuesOf(variable));
      const width = variable.shape.at(-1) ?? 1;
      const rows = Array.from({ length: characters.length / width || 0 }, (_, k) => characters.subarray(k * width, (k + 1) * width));
      return rows.map((row) => new TextDecoder().decode(row).replace(/[\0 ]+$/, ""));
    },
  };
}

const length = (v: Netcdf3Variable) => v.shape.reduce((total, n) => total * n, 1);

function refuseFalseClaims(v: Netcdf3Variable, header: Netcdf3Header, fileBytes: number, file: string): void {
  const records = v.record ? (v.shape[0] ?? 0) : 1;
  if (records === 0 || length(v) === 0) return;
  const end = v.begin + (records - 1) * (v.record ? header.recordBytes : 0) + sliceBytes(v);
  if (!(end <= fileBytes)) throw new ImportError(netcdfMessages.claims(v.begin, end, fileBytes), `${file}:${v.name}`);
}

function recordValues(view: DataView, v: Netcdf3Variable, header: Netcdf3Header): Float64Array {
  const perRecord = sliceBytes(v) / TYPE_BYTES[v.type];
  const values = new Float64Array(length(v));
  for (let r = 0; r < (v.shape[0] ?? 0); r++)
    values.set(decodeNumbers(view, v.begin + r * header.recordBytes, v.type, perRecord), r * perRecord);
  return values;
}

function refuseUnsafe(v: Netcdf3Variable, values: Float64Array, place: string): void {
  if (v.type !== "i8" && v.type !== "u8") return;
  const unsafe = values.find((x) => !Number.isSafeInteger(x));
  if (unsafe !== undefined) throw new ImportError(hdf5Messages.unsafeInteger(BigInt(unsafe)), place);
}

/** What was never written is not a number; a fill value that the variable states is undone where its other attributes are (`netcdf-view.ts`). */
function withoutFill(v: Netcdf3Variable, values: Float64Array): Float64Array {
  const fill = "_FillValue" in v.attributes ? undefined : DEFAULT_FILL[v.type];
  return fill === undefined ? values : values.map((x) => (x === fill ? Number.NaN : x));
}
