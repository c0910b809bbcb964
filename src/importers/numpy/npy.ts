import { ImportError } from "../../core/errors.ts";
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { numpyMessages } from "../../core/messages/import-numpy.ts";
import type { NamedArray } from "../arrays/named-array.ts";
import { type Dtype, dtypeOf, type Field, shapeOf, TypeRefused } from "./dtype.ts";
import { readElements, readTexts, UnsafeInteger } from "./elements.ts";
import { type Literal, parseLiteral } from "./literal.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header describes one array; NumPy itself refuses to read more than 10 kB of it. */
const LONGEST_HEADER = 2 ** 20;
/** Most numbers of one file: as float64 they are 256 MiB, and are held twice while they are sorted. */
export const MOST_NUMBERS = 2 ** 25;

/** Texts are names of a few things, never data. */
const MOST_TEXTS = 1e5;

export const isNpy = (bytes: Uint8Array) => MAGIC.every((byte, k) => bytes[k] === byte);

/** What an NPY header states, and where the numbers begin. */
export interface NpyHeader {
  readonly dtype: Dtype;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataAt: number;
}

/**
 * Reads an NPY array, versions 1.0 to 3.0 (numpy.lib.format): one named array per field of a structured type, row-major.
 * @param name path of the array; a field's is `<name>/<field>`
 * @throws ImportError at `place` when it is damaged, truncated, of a type that is not read, or a pickle
 */
export function readNpy(bytes: Uint8Array, name: string, place: string): NamedArray[] {
  const header = npyHeader(bytes, place);
  const { dtype, shape, dataAt } = header;
  const count = product(shape);
  const numbers = count * dtype.fields.reduce((sum, f) => sum + product(f.shape) * (f.element.kind === "complex" ? 2 : 1), 0);
  const claimed = count * dtype.itemsize;
  const there = bytes.length - dataAt;
  if (!(claimed <= there)) throw new ImportError(numpyMessages.claims(claimed, there), place);
  if (there > claimed) throw new ImportError(numpyMessages.trailing(there - claimed), place);
  if (!(numbers <= MOST_NUMBERS)) throw new ImportError(numpyMessages.tooMany(numbers, MOST_NUMBERS), place);
  return dtype.fields.map((field) => fieldArray(bytes, header, field, name, place));
}

/** @throws ImportError */
export function npyHeader(bytes: Uint8Array, place: string): NpyHeader {
  if (!isNpy(bytes)) throw new ImportError(numpyMessages.notNpy(), place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10) throw new ImportError(numpyMessages.headerCut(10, bytes.length), place);
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if (major < 1 || major > 3 || minor !== 0) throw new ImportError(numpyMessages.version(major, minor), place);
  const textAt = major === 1 ? 10 : 12;
  if (bytes.length < textAt) throw new ImportError(numpyMessages.headerCut(textAt, bytes.length), place);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataAt = textAt + length;
  if (length > LONGEST_HEADER || dataAt > bytes.length)
    throw new ImportError(numpyMessages.headerCut(length, bytes.length - textAt), place);
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes.subarray(textAt, dataAt));
  return { ...described(text, place), dataAt };
}

function described(text: string, place: string): Omit<NpyHeader, "dataAt"> {
  try {
    const header: Literal = parseLiteral(text.trim());
    const descr = header instanceof Map ? header.get("descr") : undefined;
    const fortranOrder = header instanceof Map ? header.get("fortran_order") : undefined;
    const shape = header instanceof Map ? shapeOf(header.get("shape") ?? null) : undefined;
    if (descr === undefined || typeof fortranOrder !== "boolean" || shape === undefined)
      throw new SyntaxError("descr, fortran_order or shape is missing or wrong");
    return { dtype: dtypeOf(descr), fortranOrder, shape };
  } catch (error) {
    if (error instanceof SyntaxError) throw new ImportError(numpyMessages.headerSyntax(error.message), place, { cause: error });
    if (error instanceof TypeRefused) throw new ImportError(error.message, place, { cause: error });
    throw error;
  }
}

function fieldArray(bytes: Uint8Array, header: NpyHeader, field: Field, name: string, place: string): NamedArray {
  const { dtype, shape, fortranOrder, dataAt } = header;
  const path = [name, field.path].filter((part) => part !== "").join("/");
  const whole = [...shape, ...field.shape];
  const order = fortranOrder && shape.length > 1 ? rowMajor(shape) : undefined;
  const source = { bytes, start: dataAt + field.offset, stride: dtype.itemsize, count: product(shape), each: product(field.shape), order };
  const { element } = field;
  if (element.kind === "void" || element.kind === "datetime") return { path, shape: whole };
  if (element.kind === "bytes" || element.kind === "text")
    return product(whole) > MOST_TEXTS ? { path, shape: whole } : { path, shape: whole, texts: readTexts(source, element) };
  try {
    const { re, im } = readElements(source, element);
    const unit = element.kind === "timedelta" ? { unit: element.unit ?? "" } : {};
    return { path, shape: whole, values: re, ...(im === undefined ? {} : { imaginary: im }), ...unit };
  } catch (error) {
    if (error instanceof UnsafeInteger) throw new ImportError(hdf5Messages.unsafeInteger(error.value), place, { cause: error });
    throw error;
  }
}

const product = (shape: readonly number[]) => shape.reduce((total, n) => total * n, 1);

/** Where each element, counted row-major, stands in an array whose first index runs fastest. */
export function rowMajor(shape: readonly number[]): Uint32Array {
  const order = new Uint32Array(product(shape));
  const strides = shape.map((_, k) => product(shape.slice(0, k)));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < order.length; to++) {
    order[to] = from;
    for (let k = shape.length - 1; k >= 0; k--) {
      index[k]!++;
      from += strides[k]!;
      if (index[k]! < shape[k]!) break;
      from -= strides[k]! * shape[k]!;
      index[k] = 0;
    }
  }
  return order;
}
