import type { Random } from "../../../src/core/random.ts";

/** One way to damage bytes; `other` is a file of another format or seed. */
type Damage = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const below = (random: Random, n: number) => Math.floor(random.uniform() * n);
/** Half of all places are in the first 4 KiB, where the headers are. */
const place = (random: Random, length: number) => below(random, random.uniform() < 0.5 ? Math.min(4096, length) : length);
const size = (random: Random, length: number) => 1 + below(random, random.uniform() < 0.7 ? Math.min(32, length) : length);
const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

const NUMBERS = ["0", "-1", "1e999", "nan", "99999999999999999999", "1e-320", "-0", "2147483648", "0x10", "1,5", "1e", "inf"];
/** What a length or count is damaged to. */
const LENGTHS = [0n, 1n, 0x7fn, 0xffn, 0x7fffn, 0xffffn, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x7fffffffffffffffn, 0xffffffffffffffffn];

export const DAMAGES: Readonly<Record<string, Damage>> = {
  "bytes changed": (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    for (let k = 1 + below(random, 4); k > 0; k--) copy[place(random, bytes.length)] = below(random, 256);
    return copy;
  },
  "bit flipped": (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    copy[place(random, bytes.length)]! ^= 1 << below(random, 8);
    return copy;
  },
  "cut off": (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  "part missing": (bytes, random) => {
    const at = place(random, bytes.length);
    return joined(bytes.subarray(0, at), bytes.subarray(at + size(random, bytes.length - at)));
  },
  "part repeated": (bytes, random) => {
    const at = place(random, bytes.length);
    const end = at + size(random, bytes.length - at);
    return joined(
      bytes.subarray(0, end),
      ...Array.from({ length: 1 + below(random, 3) }, () => bytes.subarray(at, end)),
      bytes.subarray(end),
    );
  },
  "bytes inserted": (bytes, random) => {
    const at = place(random, bytes.length);
    const more = Uint8Array.from({ length: size(random, 64) }, () => below(random, 256));
    return joined(bytes.subarray(0, at), more, bytes.subarray(at));
  },
  "part blanked": (bytes, random) => {
    const at = place(random, bytes.length);
    return Uint8Array.from(bytes).fill(random.uniform() < 0.5 ? 0 : 0xff, at, at + size(random, bytes.length - at));
  },
  "length inflated": (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    const view = new DataView(copy.buffer);
    const width = [1, 2, 4, 8][below(random, 4)]!;
    if (copy.length < width) return copy;
    const at = Math.min(place(random, copy.length), copy.length - width);
    const value = LENGTHS[below(random, LENGTHS.length)]!;
    const little = random.uniform() < 0.7;
    if (width === 1) view.setUint8(at, Number(BigInt.asUintN(8, value)));
    else if (width === 2) view.setUint16(at, Number(BigInt.asUintN(16, value)), little);
    else if (width === 4) view.setUint32(at, Number(BigInt.asUintN(32, value)), little);
    else view.setBigUint64(at, value, little);
    return copy;
  },
  "number replaced": (bytes, random) => token(bytes, random, /-?\d[\d.eE+-]*/g, () => NUMBERS[below(random, NUMBERS.length)]!),
  "words swapped": (bytes, random) => {
    const text = Buffer.from(bytes).toString("latin1");
    const words = [...text.slice(0, 20_000).matchAll(/[^\s,;:"'[\]{}]+/g)];
    if (words.length < 2) return Uint8Array.from(bytes);
    const [a, b] = [words[below(random, words.length)]!, words[below(random, words.length)]!].sort((x, y) => x.index - y.index) as [
      RegExpExecArray,
      RegExpExecArray,
    ];
    const swapped = text.slice(0, a.index) + b[0] + text.slice(a.index + a[0].length, Math.max(b.index, a.index + a[0].length));
    return new Uint8Array(Buffer.from(swapped + a[0] + text.slice(Math.max(b.index, a.index) + b[0].length), "latin1"));
  },
  "parts swapped": (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    const length = Math.min(size(random, 64), bytes.length >> 1);
    const [a, b] = [below(random, bytes.length - length), below(random, bytes.length - length)];
    copy.set(bytes.subarray(a, a + length), b);
    copy.set(bytes.subarray(b, b + length), a);
    return copy;
  },
  "two files spliced": (bytes, random, other) =>
    joined(bytes.subarray(0, below(random, bytes.length)), other.subarray(below(random, other.length))),
};

function token(bytes: Uint8Array, random: Random, pattern: RegExp, replacement: () => string): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const found = [...text.slice(0, 20_000).matchAll(pattern)];
  const chosen = found[below(random, found.length)];
  if (chosen === undefined) return Uint8Array.from(bytes);
  return new Uint8Array(Buffer.from(text.slice(0, chosen.index) + replacement() + text.slice(chosen.index + chosen[0].length), "latin1"));
}

/** Damages the bytes once, every fourth time twice. @returns what was done, and the damaged bytes */
export function damaged(bytes: Uint8Array, random: Random, other: Uint8Array): { readonly how: string; readonly bytes: Uint8Array } {
  const kinds = Object.entries(DAMAGES);
  const chosen = Array.from({ length: random.uniform() < 0.25 ? 2 : 1 }, () => kinds[below(random, kinds.length)]!);
  const result = chosen.reduce((all, [, damage]) => (all.length === 0 ? all : damage(all, random, other)), bytes);
  return { how: chosen.map(([name]) => name).join(", "), bytes: result };
}

/** Changes one to four bytes within the ranges, never to what they were. */
export function changedWithin(bytes: Uint8Array, ranges: readonly (readonly [number, number])[], random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let k = 1 + below(random, 4); k > 0; k--) {
    const [from, to] = ranges[below(random, ranges.length)]!;
    const at = from + below(random, to - from);
    copy[at] = (bytes[at]! + 1 + below(random, 255)) & 255;
  }
  return copy;
}
