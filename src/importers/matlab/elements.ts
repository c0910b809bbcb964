import { ImportError } from "../../core/errors.ts";
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { matlabMessages as say } from "../../core/messages/import-matlab.ts";

/** Types of data elements (MAT-File Format, table 1-1). */
export const TYPE = { int8: 1, uint8: 2, int32: 5, uint32: 6, matrix: 14, compressed: 15, utf8: 16, utf16: 17, utf32: 18 } as const;

/** One data element: its type and where its bytes stand. */
export interface Element {
  readonly type: number;
  readonly start: number;
  readonly size: number;
  /** Where the next one begins. */
  readonly next: number;
}

/** The bytes of a file, or of an unpacked part of it, in the order of the machine that wrote it. */
export interface Source {
  readonly view: DataView;
  readonly little: boolean;
  /** In messages. */
  readonly place: string;
}

/**
 * The tag at `at`: long (type, size), or small, with type, size and up to four bytes in eight.
 * @param end of what contains the element
 * @throws ImportError when it does not fit into what contains it
 */
export function elementAt({ view, little, place }: Source, at: number, end: number): Element {
  if (!(at + 8 <= end)) throw new ImportError(say.cutOff(at, 8, Math.max(0, end - at)), place);
  const word = view.getUint32(at, little);
  const small = word >>> 16;
  if (small !== 0) {
    if (small > 4) throw new ImportError(say.cutOff(at, small, 4), place);
    return { type: word & 0xffff, start: at + 4, size: small, next: at + 8 };
  }
  const size = view.getUint32(at + 4, little);
  const start = at + 8;
  if (!(start + size <= end)) throw new ImportError(say.cutOff(at, size, end - start), place);
  // Elements are padded to eight bytes, except compressed ones and the last.
  const padded = word === TYPE.compressed ? size : Math.ceil(size / 8) * 8;
  return { type: word, start, size, next: Math.min(start + padded, end) };
}

type Reading = { readonly bytes: number; readonly read: (view: DataView, at: number, little: boolean) => number | bigint };
const READINGS: Readonly<Record<number, Reading>> = {
  1: { bytes: 1, read: (v, at) => v.getInt8(at) },
  2: { bytes: 1, read: (v, at) => v.getUint8(at) },
  3: { bytes: 2, read: (v, at, little) => v.getInt16(at, little) },
  4: { bytes: 2, read: (v, at, little) => v.getUint16(at, little) },
  5: { bytes: 4, read: (v, at, little) => v.getInt32(at, little) },
  6: { bytes: 4, read: (v, at, little) => v.getUint32(at, little) },
  7: { bytes: 4, read: (v, at, little) => v.getFloat32(at, little) },
  9: { bytes: 8, read: (v, at, little) => v.getFloat64(at, little) },
  12: { bytes: 8, read: (v, at, little) => v.getBigInt64(at, little) },
  13: { bytes: 8, read: (v, at, little) => v.getBigUint64(at, little) },
};

/** The numbers of an element, whatever type they are stored in. @throws ImportError for other types and for integers beyond 2^53 */
export function numbersOf(source: Source, element: Element, name: string): Float64Array {
  const reading = READINGS[element.type];
  const place = `${source.place}:${name}`;
  if (reading === undefined || element.size % reading.bytes !== 0)
    throw new ImportError(say.tag(element.type, element.start, "numbers"), place);
  const values = new Float64Array(element.size / reading.bytes);
  for (let k = 0; k < values.length; k++) {
    const x = reading.read(source.view, element.start + k * reading.bytes, source.little);
    values[k] = Number(x);
    if (typeof x === "bigint" && !Number.isSafeInteger(values[k])) throw new ImportError(hdf5Messages.unsafeInteger(x), place);
  }
  return values;
}

/** Letters of a char array: 8-bit or 16-bit units, or UTF-8, -16 or -32; one text, in the order of the file. */
export function lettersOf(source: Source, element: Element, name: string): string[] {
  const bytes = new Uint8Array(source.view.buffer, source.view.byteOffset + element.start, element.size);
  if (element.type === TYPE.utf8) return [...new TextDecoder().decode(bytes)];
  const type = element.type === TYPE.utf16 ? 4 : element.type === TYPE.utf32 ? 6 : element.type;
  const codes = numbersOf(source, { ...element, type }, name);
  return Array.from(codes, (code) => (Number.isInteger(code) && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd"));
}

/** Bytes of an element as Latin-1 text: names. */
export function latin1(source: Source, element: Element): string {
  const bytes = new Uint8Array(source.view.buffer, source.view.byteOffset + element.start, element.size);
  return new TextDecoder("latin1").decode(bytes);
}
