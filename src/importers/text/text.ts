import { isUtf8 } from "node:buffer";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin-1";

/** A text that stays in its bytes: numbers are read where they stand, and only what somebody wants to see becomes a string. */
export class EncodedText {
  /** Without byte-order mark. A byte below 128 is that ASCII character and nothing else. */
  readonly bytes: Uint8Array;
  /** Of the file; UTF-16 is kept as UTF-8. */
  readonly encoding: Encoding;

  constructor(bytes: Uint8Array, encoding: Encoding) {
    // A Buffer is another type to the compiler: loops that see both are slower.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.encoding = encoding;
  }

  /** The characters between two byte offsets; the end is cut to the text's. */
  slice(start: number, end = this.bytes.length): string {
    const { buffer, byteOffset, length } = this.bytes;
    const part = Buffer.from(buffer, byteOffset + start, Math.max(0, Math.min(end, length) - start));
    return part.toString(this.encoding === "latin-1" ? "latin1" : "utf8");
  }

  /** Whether nothing but blanks and line ends stands from here on. */
  isBlankFrom(start: number): boolean {
    return this.bytes.subarray(start).every((code) => code === 32 || (code >= 9 && code <= 13));
  }
}

/**
 * Finds out how a file's bytes are text: byte-order marks, UTF-16 without one (every other byte zero), UTF-8, else Latin-1.
 * @param cut true when the bytes are the beginning of a longer file: a character cut at the end is left off
 * @returns `binaryAt`, the first byte that no text holds, for anything that is not text
 */
export function encodedText(bytes: Uint8Array, cut = false): EncodedText | { readonly binaryAt: number } {
  const wide = utf16(bytes);
  if (wide !== undefined) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    const text = new TextDecoder(wide).decode(even);
    const bad = controlAt(text);
    return bad < 0 ? new EncodedText(Buffer.from(text, "utf8"), wide) : { binaryAt: 2 * bad };
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = bytes.subarray(start, cut ? wholeCharacters(bytes) : bytes.length);
  const bad = binaryByte(body);
  return bad < 0 ? new EncodedText(body, isUtf8(body) ? "utf-8" : "latin-1") : { binaryAt: start + bad };
}

/** The same as a string. */
export function decodeText(
  bytes: Uint8Array,
  cut = false,
): { readonly text: string; readonly encoding: Encoding } | { readonly binaryAt: number } {
  const found = encodedText(bytes, cut);
  return "binaryAt" in found ? found : { text: found.slice(0), encoding: found.encoding };
}

/** UTF-16 by its mark, or by zeros in every second of the first bytes (ASCII written wide). */
function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const pairs = Math.min(bytes.length, 512) >> 1;
  if (pairs < 4) return undefined;
  let [evenZeros, oddZeros] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) evenZeros++;
    if (bytes[2 * i + 1] === 0) oddZeros++;
  }
  if (evenZeros === 0 && oddZeros > 0.9 * pairs) return "utf-16le";
  if (oddZeros === 0 && evenZeros > 0.9 * pairs) return "utf-16be";
  return undefined;
}

/** Length without a UTF-8 character that the end cuts through. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** First zero byte, or the first control byte when there are many; -1 for text. Only the first MiB is looked at. */
function binaryByte(bytes: Uint8Array): number {
  const length = Math.min(bytes.length, 1 << 20);
  let first = -1;
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    if (byte >= 32 || (byte >= 9 && byte <= 13) || byte === 26) continue;
    if (byte === 0) return i;
    if (first < 0) first = i;
    controls++;
  }
  // A text may hold a stray one.
  return controls > Math.max(3, 0.01 * length) ? first : -1;
}

function controlAt(text: string): number {
  for (let i = 0; i < Math.min(text.length, 1 << 16); i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || (code < 9 && code > 0)) return i;
  }
  return -1;
}
