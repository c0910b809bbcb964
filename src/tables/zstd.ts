/** The only file that names @bokuweb/zstd-wasm, which is Facebook's own libzstd: it verifies the checksum of a frame that carries one. */
import { decompress, init } from "@bokuweb/zstd-wasm";
import { codecMessages } from "../core/messages/import-tables.ts";

const MAGIC = 0xfd2fb528;

let loaded: Promise<void> | undefined;

/** Loads the library; `unpackZstd` may be called when this has come true. */
export function zstdReady(): Promise<void> {
  loaded ??= init();
  return loaded;
}

/**
 * Unpacks one ZSTD frame (RFC 8878).
 * @param size bytes that have to come out; no more memory than that is used, twice
 * @throws Error when the frame is damaged, its checksum does not fit, or another number of bytes comes out
 */
export function unpackZstd(packed: Uint8Array, size: number): Uint8Array {
  // The library believes whatever size the frame states.
  const stated = statedSize(packed);
  if (stated !== undefined && stated !== size) throw new Error(codecMessages.size("ZSTD", stated, size));
  const output = unpacked(packed, size);
  if (output.length !== size) throw new Error(codecMessages.size("ZSTD", output.length, size));
  return output;
}

function unpacked(packed: Uint8Array, size: number): Uint8Array {
  try {
    return decompress(packed, { defaultHeapSize: size });
  } catch (error) {
    // The library's own sentence is about compression.
    throw new Error(codecMessages.zstd(), { cause: error });
  }
}

/** Frame_Content_Size (3.1.1.1.4). */
function statedSize(packed: Uint8Array): number | undefined {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.byteLength < 6 || view.getUint32(0, true) !== MAGIC) throw new Error(codecMessages.zstd());
  const descriptor = view.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const at = 5 + (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  switch (descriptor >> 6) {
    case 0:
      return single ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
