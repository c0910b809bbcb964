import { ImportError } from "../../core/errors.ts";
import { matlabMessages as say } from "../../core/messages/import-matlab.ts";
import type { NamedArray } from "../arrays/named-array.ts";
import { MOST_NUMBERS, rowMajor } from "../numpy/npy.ts";
import { unpack } from "../zip/deflate.ts";
import { type Element, elementAt, latin1, lettersOf, numbersOf, type Source, TYPE } from "./elements.ts";

/** Classes of arrays (MAT-File Format, table 1-3). */
const CLASS = { cell: 1, struct: 2, object: 3, char: 4, double: 6, uint64: 15 } as const;
const COMPLEX = 0x0800;
const DEEPEST = 32;
/** Texts are names and notes, never data. */
const LONGEST_TEXT = 1e6;
/** Most that compressed elements may unpack to, together. */
const MOST_UNPACKED = 2 ** 28;

/**
 * The arrays of a MAT-file of version 5 (MATLAB's save -v6 and -v7), row-major. Fields of a structure are `<name>/<field>`, of an array of structures
 * `<name>(1)/<field>`; cells are `<name>{1}`. Sparse arrays, functions and objects of classes are listed without numbers.
 * @throws ImportError naming the variable
 */
export function matArrays(bytes: Uint8Array, file: string): NamedArray[] {
  if (bytes.length < 128) throw new ImportError(say.headerCut(bytes.length), file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = String.fromCharCode(bytes[126]!, bytes[127]!);
  if (mark !== "IM" && mark !== "MI") throw new ImportError(say.byteOrder(), file);
  const little = mark === "IM";
  const version = view.getUint16(124, little);
  if (version !== 0x0100) throw new ImportError(say.version(version), file);
  return new MatReader({ view, little, place: file }).file();
}

class MatReader {
  readonly #source: Source;
  readonly #found: NamedArray[] = [];
  #numbers = 0;
  #unpacked = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  file(): NamedArray[] {
    const end = this.#source.view.byteLength;
    for (let at = 128; at < end; ) {
      const element = elementAt(this.#source, at, end);
      if (element.type === TYPE.compressed) this.#compressed(element);
      else if (element.type === TYPE.matrix) this.#matrix(this.#source, element, undefined, 0);
      else throw new ImportError(say.tag(element.type, at, "an array"), this.#source.place);
      at = element.next;
    }
    return this.#found;
  }

  #compressed(element: Element): void {
    const { view, little, place } = this.#source;
    const packed = new Uint8Array(view.buffer, view.byteOffset + element.start, element.size);
    const whole = unpack(packed, MOST_UNPACKED - this.#unpacked, "zlib");
    if ("cause" in whole) throw new ImportError(say.cannotUnpack(whole.cause), place);
    this.#unpacked += whole.bytes.length;
    const inner: Source = { view: new DataView(whole.bytes.buffer), little, place };
    const matrix = elementAt(inner, 0, whole.bytes.length);
    if (matrix.type !== TYPE.matrix) throw new ImportError(say.tag(matrix.type, 0, "an array"), place);
    this.#matrix(inner, matrix, undefined, 0);
  }

  /** @param path of a member; undefined for a variable, whose name stands in it */
  #matrix(source: Source, element: Element, path: string | undefined, depth: number): void {
    if (depth > DEEPEST) throw new ImportError(say.deep(), source.place);
    if (element.type !== TYPE.matrix) throw new ImportError(say.tag(element.type, element.start, "an array"), source.place);
    // An empty member has no parts.
    if (element.size === 0) return;
    const end = element.start + element.size;
    const flags = elementAt(source, element.start, end);
    if (flags.type !== TYPE.uint32 || flags.size !== 8)
      throw new ImportError(say.tag(flags.type, flags.start, "array flags"), source.place);
    const word = source.view.getUint32(flags.start, source.little);
    const kind = word & 0xff;
    // Objects of newer classes and functions have parts of their own.
    if (kind > CLASS.uint64) {
      if (path !== undefined) this.#found.push({ path, shape: [] });
      return;
    }
    const lengths = elementAt(source, flags.next, end);
    const named = elementAt(source, lengths.next, end);
    const name = path ?? latin1(source, named);
    const shape = this.#shape(source, lengths, name);
    // The data of the subsystem, behind all variables, have no name.
    if (name === "") return;
    if (kind === CLASS.cell) this.#cells(source, named.next, end, name, shape, depth);
    else if (kind === CLASS.struct || kind === CLASS.object) this.#structs(source, named.next, end, kind, name, shape, depth);
    else if (kind === CLASS.char) this.#text(source, elementAt(source, named.next, end), name, shape);
    else if (kind >= CLASS.double) this.#numeric(source, named.next, end, (word & COMPLEX) !== 0, name, shape);
    else this.#found.push({ path: name, shape });
  }

  #shape(source: Source, element: Element, name: string): number[] {
    const shape = element.type === TYPE.int32 ? [...numbersOf(source, element, name)] : [];
    const count = shape.reduce((total, n) => total * n, 1);
    if (shape.length < 2 || shape.length > 32 || !shape.every((n) => n >= 0) || !Number.isSafeInteger(count))
      throw new ImportError(say.dimensions(name), source.place);
    return shape;
  }

  #numeric(source: Source, at: number, end: number, complex: boolean, name: string, shape: readonly number[]): void {
    if (product(shape) === 0) {
      this.#found.push({ path: name, shape, values: new Float64Array(0) });
      return;
    }
    const real = elementAt(source, at, end);
    const values = this.#ordered(source, real, name, shape);
    if (!complex) this.#found.push({ path: name, shape, values });
    else this.#found.push({ path: name, shape, values, imaginary: this.#ordered(source, elementAt(source, real.next, end), name, shape) });
  }

  #ordered(source: Source, element: Element, name: string, shape: readonly number[]): Float64Array {
    const count = product(shape);
    this.#count(source, count);
    // Stored in as few bytes as hold the numbers, eight at most: what is longer is refused before room is made for it.
    if (element.size > 8 * count) throw new ImportError(say.count(name, count, element.size), `${source.place}:${name}`);
    const stored = numbersOf(source, element, name);
    if (stored.length !== count) throw new ImportError(say.count(name, count, stored.length), `${source.place}:${name}`);
    if (shape.filter((n) => n > 1).length <= 1) return stored;
    return Float64Array.from(rowMajor(shape), (from) => stored[from]!);
  }

  #text(source: Source, element: Element, name: string, shape: readonly number[]): void {
    if (element.size > LONGEST_TEXT) {
      this.#found.push({ path: name, shape });
      return;
    }
    const letters = lettersOf(source, element, name);
    const rows = shape[0] ?? 0;
    const width = rows === 0 ? 0 : Math.floor(letters.length / rows);
    const texts = Array.from({ length: Math.min(rows, letters.length) }, (_, r) =>
      Array.from({ length: width }, (_, c) => letters[c * rows + r]!)
        .join("")
        .trimEnd(),
    );
    this.#found.push({ path: name, shape: [rows], texts });
  }

  #cells(source: Source, start: number, end: number, name: string, shape: readonly number[], depth: number): void {
    this.#members(source, start, end, product(shape), (k) => `${name}{${k + 1}}`, depth);
  }

  #structs(source: Source, start: number, end: number, kind: number, name: string, shape: readonly number[], depth: number): void {
    // Objects of old classes state their class first.
    const lengthTag = elementAt(source, kind === CLASS.object ? elementAt(source, start, end).next : start, end);
    const width = lengthTag.type === TYPE.int32 && lengthTag.size === 4 ? source.view.getInt32(lengthTag.start, source.little) : 0;
    const namesTag = elementAt(source, lengthTag.next, end);
    const text = latin1(source, namesTag);
    if (!(width > 0) || text.length % width !== 0) {
      if (text.length === 0) return;
      throw new ImportError(say.tag(lengthTag.type, lengthTag.start, "the length of field names"), `${source.place}:${name}`);
    }
    const fields = Array.from({ length: text.length / width }, (_, k) => text.slice(k * width, (k + 1) * width).replace(/\0.*$/s, ""));
    const count = product(shape);
    const of = (k: number) => (count === 1 ? name : `${name}(${Math.floor(k / fields.length) + 1})`);
    this.#members(source, namesTag.next, end, count * fields.length, (k) => `${of(k)}/${fields[k % fields.length]}`, depth);
  }

  #members(source: Source, start: number, end: number, count: number, path: (k: number) => string, depth: number): void {
    // Every member has a tag of eight bytes.
    if (!(8 * count <= end - start)) throw new ImportError(say.cutOff(start, 8 * count, end - start), source.place);
    let at = start;
    for (let k = 0; k < count; k++) {
      const member = elementAt(source, at, end);
      this.#matrix(source, member, path(k), depth + 1);
      at = member.next;
    }
  }

  #count(source: Source, numbers: number): void {
    this.#numbers += numbers;
    if (!(this.#numbers <= MOST_NUMBERS)) throw new ImportError(say.tooMany(MOST_NUMBERS), source.place);
  }
}

const product = (shape: readonly number[]) => shape.reduce((total, n) => total * n, 1);
