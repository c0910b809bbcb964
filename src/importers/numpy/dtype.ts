import { numpyMessages } from "../../core/messages/import-numpy.ts";
import type { Literal } from "./literal.ts";

/** What one element of an array, or one field of a record, is. */
export interface Element {
  readonly kind: "bool" | "int" | "uint" | "float" | "complex" | "bytes" | "text" | "timedelta" | "datetime" | "void";
  /** In bytes. */
  readonly size: number;
  readonly littleEndian: boolean;
  /** Of time differences: unit and how many of it one count is. */
  readonly unit?: string;
  readonly step?: number;
}

/** A field of a structured type; a plain type is one field without name. */
export interface Field {
  /** Names of nested fields joined with `/`; empty for a plain type. */
  readonly path: string;
  readonly offset: number;
  /** Shape of a subarray inside each record. */
  readonly shape: readonly number[];
  readonly element: Element;
}

export interface Dtype {
  readonly itemsize: number;
  readonly fields: readonly Field[];
}

/** Thrown with the sentence about a type that is not read. */
export class TypeRefused extends Error {}

const KINDS: Readonly<Record<string, Element["kind"]>> = {
  b: "bool",
  i: "int",
  u: "uint",
  f: "float",
  c: "complex",
  S: "bytes",
  a: "bytes",
  U: "text",
  m: "timedelta",
  M: "datetime",
  V: "void",
};
const SIZES: Readonly<Partial<Record<Element["kind"], readonly number[]>>> = {
  bool: [1],
  int: [1, 2, 4, 8],
  uint: [1, 2, 4, 8],
  float: [2, 4, 8],
  complex: [8, 16],
  timedelta: [8],
  datetime: [8],
};

/**
 * The memory layout that the `descr` of an NPY header describes (numpy.lib.format, "Format Version 1.0").
 * @throws TypeRefused for Python objects, long doubles and what is no type
 */
export function dtypeOf(descr: Literal): Dtype {
  if (typeof descr === "string") {
    const element = elementOf(descr);
    return { itemsize: element.size, fields: [{ path: "", offset: 0, shape: [], element }] };
  }
  if (!isList(descr)) throw new TypeRefused(numpyMessages.dtype(String(descr)));
  const fields: Field[] = [];
  let offset = 0;
  for (const entry of descr) {
    if (!isList(entry) || entry.length < 2 || entry.length > 3) throw new TypeRefused(numpyMessages.dtype(JSON.stringify(entry)));
    // A name may be (title, name).
    const name = isList(entry[0]!) ? entry[0][1] : entry[0];
    const shape = shapeOf(entry[2] ?? []);
    if (typeof name !== "string" || shape === undefined) throw new TypeRefused(numpyMessages.dtype(JSON.stringify(entry)));
    const inner = dtypeOf(entry[1]!);
    const count = shape.reduce((total, n) => total * n, 1);
    const nested = inner.fields.some((field) => field.path !== "");
    if (nested && count !== 1) throw new TypeRefused(numpyMessages.dtype("array of records inside a record"));
    for (const field of inner.fields) {
      // Padding has no name.
      if (name === "" || field.element.kind === "void") continue;
      const path = field.path === "" ? name : `${name}/${field.path}`;
      fields.push({ ...field, path, offset: offset + field.offset, shape: nested ? field.shape : shape });
    }
    offset += count * inner.itemsize;
  }
  return { itemsize: offset, fields };
}

const isList = (value: Literal): value is readonly Literal[] => Array.isArray(value);

/** Lengths that are whole, not negative and safe together; undefined otherwise. */
export function shapeOf(value: Literal): readonly number[] | undefined {
  const list = typeof value === "number" ? [value] : value;
  if (!Array.isArray(list) || list.length > 32 || !list.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)) return undefined;
  const shape = list as number[];
  return Number.isSafeInteger(shape.reduce((total, n) => total * Math.max(n, 1), 1)) ? shape : undefined;
}

function elementOf(text: string): Element {
  const match = /^([<>|=]?)([?a-zA-Z])(\d{0,9})(?:\[(\d*)(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?$/.exec(text);
  if (match?.[2] === "O") throw new TypeRefused(numpyMessages.pickle());
  const kind = match === null ? undefined : match[2] === "?" ? "bool" : KINDS[match[2]!];
  if (match === null || kind === undefined) throw new TypeRefused(numpyMessages.dtype(text));
  const written = match[3] === "" ? 1 : Number(match[3]);
  const size = kind === "text" ? 4 * written : written;
  const allowed = SIZES[kind];
  if (allowed !== undefined && !allowed.includes(size)) throw new TypeRefused(numpyMessages.dtype(text));
  // "=" and "|" mean the machine's own order, which has been little-endian wherever NumPy wrote such files.
  const element = { kind, size, littleEndian: match[1] !== ">" };
  return match[5] === undefined ? element : { ...element, unit: match[5], step: match[4] ? Number(match[4]) : 1 };
}
