import { tableFileMessages } from "../core/messages/import-tables.ts";
import { CompressionType, compressionRegistry } from "./arrow.ts";
import { ForeignFailure } from "./foreign.ts";
import { mostUnpacked } from "./limits.ts";
import { unpackLz4Frames } from "./lz4.ts";
import { unpackZstd } from "./zstd.ts";

/**
 * Gives the Arrow library decoders of its two codecs for the next file, which may unpack to `mostUnpacked` of its length and no more.
 * `zstdReady` has to have come true.
 */
export function allowCompression(fileBytes: number): void {
  const limit = mostUnpacked(fileBytes);
  let total = 0;
  const within = (unpack: (packed: Uint8Array, size: number) => Uint8Array) => (packed: Uint8Array) => {
    // The library hands over what stands behind the eight bytes that state the unpacked length.
    const size = Number(new DataView(packed.buffer, packed.byteOffset - 8).getBigInt64(0, true));
    total += size;
    if (!(size >= 0 && total <= limit)) throw new ForeignFailure(tableFileMessages.unpacksTooFar(total, limit));
    return unpack(packed, size);
  };
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: within(unpackLz4Frames) });
  compressionRegistry.set(CompressionType.ZSTD, { decode: within(unpackZstd) });
}
