import type { Element } from "./dtype.ts";

/** Where the elements of one field stand: `each` in a row at the start of each record, records `stride` bytes apart. */
export interface ElementSource {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly stride: number;
  readonly count: number;
  readonly each: number;
  /** Record to read for each result, where they are not in order. */
  readonly order: Uint32Array | undefined;
}

/** An integer that float64 cannot hold. */
export class UnsafeInteger extends Error {
  readonly value: bigint;
  constructor(value: bigint) {
    super(String(value));
    this.value = value;
  }
}

/** NumPy's "not a time". */
const NAT = -(2n ** 63n);

/** @throws UnsafeInteger */
export function readElements(source: ElementSource, element: Element): { re: Float64Array; im?: Float64Array } {
  const total = source.count * source.each;
  const view = new DataView(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  const re = new Float64Array(total);
  if (element.kind === "complex") {
    const im = new Float64Array(total);
    const half: Element = { ...element, kind: "float", size: element.size / 2 };
    const read = reader(view, half);
    each(source, element.size, (at, k) => {
      re[k] = read(at);
      im[k] = read(at + half.size);
    });
    return { re, im };
  }
  const read = reader(view, element);
  each(source, element.size, (at, k) => {
    re[k] = read(at);
  });
  return { re };
}

export function readTexts(source: ElementSource, element: Element): string[] {
  const texts: string[] = [];
  const view = new DataView(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  each(source, element.size, (at) => {
    if (element.kind === "bytes") {
      texts.push(new TextDecoder("latin1").decode(source.bytes.subarray(at, at + element.size)).replace(/\0+$/, ""));
      return;
    }
    let text = "";
    for (let k = 0; k < element.size; k += 4) {
      const point = view.getUint32(at + k, element.littleEndian);
      text += String.fromCodePoint(point <= 0x10ffff ? point : 0xfffd);
    }
    texts.push(text.replace(/\0+$/, ""));
  });
  return texts;
}

function each(source: ElementSource, size: number, visit: (at: number, k: number) => void): void {
  let k = 0;
  for (let record = 0; record < source.count; record++) {
    const at = source.start + (source.order?.[record] ?? record) * source.stride;
    for (let j = 0; j < source.each; j++) visit(at + j * size, k++);
  }
}

function reader(view: DataView, { kind, size, littleEndian: little, step = 1 }: Element): (at: number) => number {
  switch (kind) {
    case "bool":
      return (at) => (view.getUint8(at) === 0 ? 0 : 1);
    case "float":
      return size === 8
        ? (at) => view.getFloat64(at, little)
        : size === 4
          ? (at) => view.getFloat32(at, little)
          : (at) => halfFloat(view.getUint16(at, little));
    case "timedelta":
      return (at) => (view.getBigInt64(at, little) === NAT ? Number.NaN : step * safe(view.getBigInt64(at, little)));
    case "int":
      if (size === 8) return (at) => safe(view.getBigInt64(at, little));
      return size === 4 ? (at) => view.getInt32(at, little) : size === 2 ? (at) => view.getInt16(at, little) : (at) => view.getInt8(at);
    default:
      if (size === 8) return (at) => safe(view.getBigUint64(at, little));
      return size === 4 ? (at) => view.getUint32(at, little) : size === 2 ? (at) => view.getUint16(at, little) : (at) => view.getUint8(at);
  }
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new UnsafeInteger(value);
  return number;
}

/** IEEE 754 binary16. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
