import { Inflate, Unzlib } from "fflate";

/** deflate cannot shrink by more than 1032 : 1 (RFC 1951: 258 bytes by two bits at best). */
export const BEST_DEFLATE = 1032;
const STEP = 1 << 16;

export type Unpacked = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly cause: string };

/**
 * Unpacks a deflate stream (RFC 1951), or a zlib stream (RFC 1950) whose Adler-32 is then checked.
 * @param limit most bytes that may come out, of a raw stream those that its container states; memory never grows much beyond it
 * @returns the bytes, or why there are none
 */
export function unpack(packed: Uint8Array, limit: number, container: "raw" | "zlib"): Unpacked {
  let room = new Uint8Array(Math.min(limit, container === "raw" ? limit : 4 * packed.length));
  let total = 0;
  const stream = container === "raw" ? new Inflate() : new Unzlib();
  stream.ondata = (chunk) => {
    if (total + chunk.length > limit) throw new Overflow();
    if (total + chunk.length > room.length) room = grown(room, Math.min(limit, 2 * (total + chunk.length)));
    room.set(chunk, total);
    total += chunk.length;
  };
  try {
    for (let at = 0; at === 0 || at < packed.length; at += STEP) stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch (error) {
    if (error instanceof Overflow) return { cause: `more than ${limit} bytes` };
    return { cause: error instanceof Error ? error.message : String(error) };
  }
  const bytes = room.subarray(0, total);
  if (container === "zlib" && adler32(bytes) !== bigEndian32(packed, packed.length - 4)) return { cause: "checksum" };
  return { bytes };
}

class Overflow extends Error {}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

function bigEndian32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

/** RFC 1950, section 8.2. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  // 3800 sums of bytes stay below 2^32 before the remainder is taken.
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + 3800, bytes.length);
    for (; at < end; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}
