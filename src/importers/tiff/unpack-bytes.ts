/**
 * Run lengths after Apple's PackBits (TIFF 6.0, section 9).
 * @returns undefined when the data end before `length` bytes came out
 */
export function unpackBits(packed: Uint8Array, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  let out = 0;
  for (let at = 0; out < length; ) {
    const code = packed[at++];
    if (code === undefined) return undefined;
    if (code < 128) {
      const run = Math.min(code + 1, length - out);
      if (at + run > packed.length) return undefined;
      bytes.set(packed.subarray(at, at + run), out);
      at += code + 1;
      out += run;
    } else if (code > 128) {
      const value = packed[at++];
      if (value === undefined) return undefined;
      const run = Math.min(257 - code, length - out);
      bytes.fill(value, out, out + run);
      out += run;
    }
  }
  return bytes;
}

const CLEAR = 256;
const END = 257;

/**
 * LZW as TIFF 6.0 section 13 has it: codes of 9 to 12 bits, most significant bit first, widened one code early.
 * @returns undefined when a code is met that cannot be known yet, or the data end before `length` bytes came out
 */
export function unpackLzw(packed: Uint8Array, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  // A string but the first 256 is an earlier one and the byte written behind it: where it begins in the output, and how long it is.
  const starts = new Uint32Array(4096);
  const lengths = new Uint32Array(4096);
  let [next, width, out, buffer, held] = [258, 9, 0, 0, 0];
  for (let at = 0; out < length; ) {
    while (held < width) {
      const byte = packed[at++];
      if (byte === undefined) return undefined;
      buffer = ((buffer << 8) | byte) & 0xffffff;
      held += 8;
    }
    held -= width;
    const code = (buffer >> held) & ((1 << width) - 1);
    if (code === CLEAR) {
      [next, width] = [258, 9];
      continue;
    }
    const start = out;
    if (code < 256) bytes[out++] = code;
    else if (code !== END && code < next) out = copy(bytes, starts[code]!, lengths[code]!, out);
    else return undefined;
    if (next === 4096) continue;
    starts[next] = start;
    // The byte behind is the first of what follows, which is written before this string can be used.
    lengths[next++] = out - start + 1;
    if (next === 1 << width && width < 12) width++;
  }
  return bytes;
}

/** Byte by byte, since a string may reach into what is being written. @returns where the next byte goes */
function copy(bytes: Uint8Array, start: number, length: number, out: number): number {
  const end = Math.min(out + length, bytes.length);
  for (let from = start; out < end; ) bytes[out++] = bytes[from++]!;
  return out;
}
