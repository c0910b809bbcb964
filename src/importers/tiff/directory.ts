import { ImportError } from "../../core/errors.ts";
import { tiffMessages as say } from "../../core/messages/import-tiff.ts";

/** Fields of one directory (IFD): tag -> numbers or text. */
export type Fields = ReadonlyMap<number, readonly number[] | string>;

export interface TiffFile {
  readonly bytes: DataView;
  readonly littleEndian: boolean;
  readonly directories: readonly Fields[];
}

/** TIFF 6.0, sections 2 and 8; BigTIFF has numbers of 8 bytes where TIFF has 4, and 2 in the count of a directory's entries. */
interface Variant {
  readonly big: boolean;
  readonly little: boolean;
  readonly view: DataView;
  readonly place: string;
}

const MOST_DIRECTORIES = 100_000;
/** Longest list of numbers that is read; strips and tiles are the longest there are. */
const MOST_VALUES = 2 ** 22;
/** Of descriptions: OME-XML grows with the frames. */
const MOST_TEXT = 2 ** 24;
const ASCII = 2;
/** Bytes of each field type; types that are not listed are skipped. */
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
/** Tags whose values are used; all others are passed over. */
export const TAG = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  xResolution: 282,
  yResolution: 283,
  resolutionUnit: 296,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
  metamorphPlanes: 33629,
} as const;
const USED: ReadonlySet<number> = new Set(Object.values(TAG));

/** True for the first bytes of a TIFF or BigTIFF file. */
export function isTiff(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  if (a === 0x49 && b === 0x49) return (c === 42 || c === 43) && d === 0;
  return a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43);
}

/**
 * All directories of the file, in the order of their chain.
 * @throws ImportError where the chain leads out of the file or back into itself, or a field claims values beyond the end
 */
export function readDirectories(bytes: Uint8Array, place: string): TiffFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const big = bytes.length >= 16 && view.getUint16(2, little) === 43;
  const file: Variant = { big, little, view, place };
  const directories: Fields[] = [];
  const seen = new Set<number>();
  let at = big ? wide(file, 8) : need(file, 4, 4, "the header") && view.getUint32(4, little);
  while (at !== 0) {
    if (seen.has(at)) throw new ImportError(say.cycle(at), place);
    if (directories.length >= MOST_DIRECTORIES) throw new ImportError(say.manyDirectories(MOST_DIRECTORIES), place);
    seen.add(at);
    const { fields, next } = readDirectory(file, at);
    directories.push(fields);
    at = next;
  }
  if (directories.length === 0) throw new ImportError(say.noDirectory(), place);
  return { bytes: view, littleEndian: little, directories };
}

function readDirectory(file: Variant, at: number): { fields: Fields; next: number } {
  const { big, little, view } = file;
  need(file, at, big ? 8 : 2, "a directory");
  const count = big ? wide(file, at) : view.getUint16(at, little);
  const size = big ? 20 : 12;
  const first = at + (big ? 8 : 2);
  need(file, first, count * size + (big ? 8 : 4), "a directory");
  const fields = new Map<number, readonly number[] | string>();
  for (let k = 0; k < count; k++) {
    const entry = first + k * size;
    const tag = view.getUint16(entry, little);
    if (!USED.has(tag)) continue;
    const value = readField(file, entry, tag);
    if (value !== undefined) fields.set(tag, value);
  }
  const end = first + count * size;
  return { fields, next: big ? wide(file, end) : view.getUint32(end, little) };
}

function readField(file: Variant, entry: number, tag: number): readonly number[] | string | undefined {
  const { big, little, view } = file;
  const type = view.getUint16(entry + 2, little);
  const width = SIZES[type];
  if (width === undefined) return undefined;
  const count = big ? wide(file, entry + 4) : view.getUint32(entry + 4, little);
  const inside = entry + (big ? 12 : 8);
  const bytes = count * width;
  const at = bytes <= (big ? 8 : 4) ? inside : big ? wide(file, inside) : view.getUint32(inside, little);
  need(file, at, bytes, `field ${tag}`);
  if (type === ASCII) return textAt(view, at, Math.min(count, MOST_TEXT));
  if (count > MOST_VALUES) throw new ImportError(say.manyValues(tag, count, MOST_VALUES), file.place);
  return Array.from({ length: count }, (_, k) => numberAt(file, type, at + k * width));
}

function textAt(view: DataView, at: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function numberAt(file: Variant, type: number, at: number): number {
  const { view, little } = file;
  switch (type) {
    case 1:
      return view.getUint8(at);
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, little);
    case 9:
      return view.getInt32(at, little);
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    case 17:
      return Number(view.getBigInt64(at, little));
    default:
      return wide(file, at);
  }
}

function wide(file: Variant, at: number): number {
  need(file, at, 8, "a number");
  return Number(file.view.getBigUint64(at, file.little));
}

/** @throws ImportError when so many bytes do not stand there */
function need({ view, place }: Variant, at: number, bytes: number, what: string): true {
  if (!(at >= 0 && at + bytes <= view.byteLength)) throw new ImportError(say.beyondEnd(what, at, bytes, view.byteLength), place);
  return true;
}
