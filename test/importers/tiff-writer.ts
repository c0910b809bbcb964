import { deflateSync } from "node:zlib";

/** What is written; numbers are given row by row, frame after frame. */
export interface TiffSpec {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly (readonly number[])[];
  readonly type?: keyof typeof TYPES;
  readonly bigEndian?: boolean;
  readonly bigTiff?: boolean;
  readonly compression?: "none" | "packbits" | "lzw" | "deflate";
  readonly predictor?: 1 | 2 | 3;
  readonly rowsPerStrip?: number;
  readonly tile?: readonly [width: number, height: number];
  readonly description?: string;
  /** Further fields, or others than the writer's own: short numbers, or a rational as a pair. */
  readonly fields?: Readonly<Record<number, number | readonly [number, number]>>;
  /** Frames behind the first follow its pixels without directories of their own. */
  readonly unlisted?: boolean;
}

const TYPES = {
  uint8: [8, 1, (v: DataView, at: number, x: number) => v.setUint8(at, x)],
  int8: [8, 2, (v: DataView, at: number, x: number) => v.setInt8(at, x)],
  uint16: [16, 1, (v: DataView, at: number, x: number, little: boolean) => v.setUint16(at, x, little)],
  int16: [16, 2, (v: DataView, at: number, x: number, little: boolean) => v.setInt16(at, x, little)],
  uint32: [32, 1, (v: DataView, at: number, x: number, little: boolean) => v.setUint32(at, x, little)],
  int32: [32, 2, (v: DataView, at: number, x: number, little: boolean) => v.setInt32(at, x, little)],
  float32: [32, 3, (v: DataView, at: number, x: number, little: boolean) => v.setFloat32(at, x, little)],
  float64: [64, 3, (v: DataView, at: number, x: number, little: boolean) => v.setFloat64(at, x, little)],
} as const;
const CODES = { none: 1, lzw: 5, deflate: 8, packbits: 32773 } as const;

/** A TIFF or BigTIFF file (TIFF 6.0). */
export function tiffFile(spec: TiffSpec): Uint8Array {
  const little = spec.bigEndian !== true;
  const wide = spec.bigTiff === true;
  const parts: Uint8Array[] = [];
  let end = wide ? 16 : 8;
  const append = (bytes: Uint8Array) => {
    const at = end;
    parts.push(bytes);
    end += bytes.length;
    return at;
  };
  const integer = (value: number, bytes: 2 | 4 | 8) => {
    const out = new Uint8Array(bytes);
    const view = new DataView(out.buffer);
    if (bytes === 2) view.setUint16(0, value, little);
    else if (bytes === 4) view.setUint32(0, value, little);
    else view.setBigUint64(0, BigInt(value), little);
    return out;
  };
  const word = (value: number) => integer(value, wide ? 8 : 4);
  const listed = spec.unlisted === true ? [spec.frames.flat()] : spec.frames;
  const directories = listed.map((numbers) => {
    const pieces = piecesOf(spec, numbers, little);
    const offsets = pieces.map(append);
    return fieldsOf(
      spec,
      offsets,
      pieces.map((piece) => piece.length),
    );
  });
  const starts: number[] = [];
  const nextAt: { part: Uint8Array; offset: number }[] = [];
  for (const fields of directories) {
    const entries = fields.map(({ tag, type, values, text }) => {
      const data =
        text !== undefined
          ? new TextEncoder().encode(`${text}\0`)
          : joined(values.map((v) => (type === 3 ? integer(v, 2) : integer(v, type === 16 ? 8 : 4))));
      const room = wide ? 8 : 4;
      const count = text !== undefined ? data.length : type === 5 ? values.length / 2 : values.length;
      const field = new Uint8Array(room);
      if (data.length <= room) field.set(data);
      else field.set(word(append(data)));
      return joined([integer(tag, 2), integer(type, 2), word(count), field]);
    });
    const link = word(0);
    const head = integer(entries.length, wide ? 8 : 2);
    const part = joined([head, ...entries, link]);
    starts.push(append(part));
    nextAt.push({ part, offset: part.length - link.length });
  }
  for (const [k, { part, offset }] of nextAt.entries()) part.set(word(starts[k + 1] ?? 0), offset);
  const magic = Uint8Array.from(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  const header = wide ? [magic, integer(43, 2), integer(8, 2), integer(0, 2), word(starts[0]!)] : [magic, integer(42, 2), word(starts[0]!)];
  return joined([...header, ...parts]);
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly values: readonly number[];
  readonly text?: string;
}

function fieldsOf(spec: TiffSpec, offsets: readonly number[], lengths: readonly number[]): Field[] {
  const [bits, format] = TYPES[spec.type ?? "uint16"];
  const short = (tag: number, value: number): Field => ({ tag, type: 3, values: [value] });
  const long = (tag: number, values: readonly number[]): Field => ({ tag, type: spec.bigTiff ? 16 : 4, values });
  const own: Field[] = [
    long(256, [spec.width]),
    long(257, [spec.height]),
    short(258, bits),
    short(259, CODES[spec.compression ?? "none"]),
    short(262, 1),
    short(277, 1),
    short(317, spec.predictor ?? 1),
    short(339, format),
    ...(spec.description === undefined ? [] : [{ tag: 270, type: 2, values: [], text: spec.description }]),
    ...(spec.tile
      ? [long(322, [spec.tile[0]]), long(323, [spec.tile[1]]), long(324, offsets), long(325, lengths)]
      : [long(273, offsets), long(278, [spec.rowsPerStrip ?? spec.height]), long(279, lengths)]),
  ];
  const more = Object.entries(spec.fields ?? {}).map(
    ([tag, value]): Field =>
      typeof value === "number" ? { tag: Number(tag), type: 4, values: [value] } : { tag: Number(tag), type: 5, values: value },
  );
  const replaced = new Set(more.map((field) => field.tag));
  return [...own.filter((field) => !replaced.has(field.tag)), ...more].sort((a, b) => a.tag - b.tag);
}

/** Strips or tiles, predicted and compressed. Tiles are filled up with zeros. */
function piecesOf(spec: TiffSpec, numbers: readonly number[], little: boolean): Uint8Array[] {
  const { width } = spec;
  const height = numbers.length / width;
  const [across, down] = spec.tile ?? [width, spec.unlisted ? height : (spec.rowsPerStrip ?? height)];
  const pieces: Uint8Array[] = [];
  for (let top = 0; top < height; top += down)
    for (let left = 0; left < width; left += across) {
      const rows = spec.tile ? down : Math.min(down, height - top);
      const piece = Array.from({ length: rows * across }, (_, k) => {
        const [r, c] = [top + Math.floor(k / across), left + (k % across)];
        return r < height && c < width ? numbers[r * width + c]! : 0;
      });
      pieces.push(compressed(predicted(spec, piece, across, little), spec.compression ?? "none"));
    }
  return pieces;
}

function predicted(spec: TiffSpec, numbers: readonly number[], width: number, little: boolean): Uint8Array {
  const [bits, , set] = TYPES[spec.type ?? "uint16"];
  const size = bits / 8;
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  const order = spec.predictor === 3 ? false : little;
  for (const [k, x] of numbers.entries()) set(view, k * size, x, order);
  if ((spec.predictor ?? 1) === 1) return bytes;
  const row = width * size;
  for (let at = 0; at < bytes.length; at += row) {
    if (spec.predictor === 3) {
      const sorted = Uint8Array.from({ length: row }, (_, k) => bytes[at + (k % width) * size + Math.floor(k / width)]!);
      for (let k = row - 1; k > 0; k--) sorted[k]! -= sorted[k - 1]!;
      bytes.set(sorted, at);
      continue;
    }
    for (let k = row - size; k >= size; k -= size) {
      const [here, before] = [at + k, at + k - size];
      if (size === 1) bytes[here]! -= bytes[before]!;
      else if (size === 2) view.setUint16(here, view.getUint16(here, little) - view.getUint16(before, little), little);
      else view.setUint32(here, view.getUint32(here, little) - view.getUint32(before, little), little);
    }
  }
  return bytes;
}

function compressed(bytes: Uint8Array, method: keyof typeof CODES): Uint8Array {
  if (method === "deflate") return deflateSync(bytes);
  if (method === "packbits") return packBits(bytes);
  return method === "lzw" ? packLzw(bytes) : bytes;
}

function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run > 2) out.push(257 - run, bytes[at]!);
    else {
      run = 1;
      while (run < 128 && at + run < bytes.length && bytes[at + run] !== bytes[at + run - 1]) run++;
      out.push(run - 1, ...bytes.subarray(at, at + run));
    }
    at += run;
  }
  return Uint8Array.from(out);
}

/** LZW as in TIFF 6.0, section 13: a clear code first, and again when 4094 strings are known. */
function packLzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let [buffer, held, width] = [0, 0, 9];
  const emit = (code: number) => {
    buffer = (buffer << width) | code;
    held += width;
    while (held >= 8) {
      held -= 8;
      out.push((buffer >> held) & 255);
    }
    buffer &= (1 << held) - 1;
  };
  let known = new Map<string, number>();
  emit(256);
  let text = "";
  const codeOf = (s: string) => (s.length === 1 ? s.charCodeAt(0) : known.get(s)!);
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte);
    if (longer.length === 1 || known.has(longer)) {
      text = longer;
      continue;
    }
    emit(codeOf(text));
    known.set(longer, 258 + known.size);
    const next = 258 + known.size;
    if (next === 4094) {
      emit(256);
      known = new Map();
      width = 9;
    } else if (next === 512 || next === 1024 || next === 2048) width++;
    text = String.fromCharCode(byte);
  }
  if (text !== "") emit(codeOf(text));
  emit(257);
  width = 8;
  emit(0);
  return Uint8Array.from(out);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
