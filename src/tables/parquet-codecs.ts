import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Compressors } from "./hyparquet.ts";
import { unpackLz4Block } from "./lz4.ts";
import { unpackZstd } from "./zstd.ts";

/**
 * Decoders of the codecs that pyarrow, pandas, DuckDB, Spark and Polars write, beside snappy, which the library reads itself. Each gives exactly as many bytes as
 * the page's header states or throws; `refuseDamagedPages` has held those numbers against the file's length. `zstdReady` has to have come true.
 */
export const COMPRESSORS: Compressors = {
  GZIP: (input, size) => new Uint8Array(gunzipSync(input, { maxOutputLength: Math.max(size, 1) })),
  BROTLI: (input, size) => new Uint8Array(brotliDecompressSync(input, { maxOutputLength: Math.max(size, 1) })),
  ZSTD: unpackZstd,
  LZ4_RAW: unpackLz4Block,
  LZ4: (input, size) => hadoopLz4(input, size) ?? unpackLz4Block(input, size),
};

export const CODECS: readonly string[] = ["UNCOMPRESSED", "SNAPPY", ...Object.keys(COMPRESSORS)];

/**
 * What Hadoop's writers call LZ4: blocks behind their unpacked and packed lengths (big-endian). Older pyarrow wrote a bare block under the same name.
 * @returns undefined when the lengths do not add up, so that it is a bare block
 */
function hadoopLz4(input: Uint8Array, size: number): Uint8Array | undefined {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const blocks: { readonly packed: Uint8Array; readonly size: number; readonly to: number }[] = [];
  let to = 0;
  for (let at = 0; at < input.length; ) {
    if (at + 8 > input.length) return undefined;
    const [unpacked, packed] = [view.getUint32(at), view.getUint32(at + 4)];
    at += 8;
    if (at + packed > input.length || to + unpacked > size) return undefined;
    blocks.push({ packed: input.subarray(at, at + packed), size: unpacked, to });
    at += packed;
    to += unpacked;
  }
  if (to !== size) return undefined;
  const output = new Uint8Array(size);
  for (const block of blocks) output.set(unpackLz4Block(block.packed, block.size), block.to);
  return output;
}
