import { createHash } from "node:crypto";
import { sha256 } from "../core/hash.ts";
import { columnsFromIpc, columnsToIpc, type PlainTable } from "../tables/columnar.ts";
import type { Encoded } from "./codec.ts";

/** One result as it stands in a segment. */
export interface StoredRecord extends Encoded {
  /** Hash of its key. */
  readonly key: string;
  /** JSON of the key's parts (key.ts). */
  readonly parts: string;
}

/** A segment file as the manifest names it. */
export interface SegmentInfo {
  /** `segment-<first 32 digits of the SHA-256 of the bytes>.arrow`. */
  readonly name: string;
  readonly bytes: number;
  /** Sum of its records' `sizeOf`, dead ones included. */
  readonly payload: number;
  /** The records' bytes lie from `from` to `to`; `frame` is the SHA-256 of all other bytes, which must be right before Arrow may parse them. */
  readonly from: number;
  readonly to: number;
  readonly frame: string;
}

/** A record with 32 hexadecimal digits over everything that it says. */
export interface SealedRecord extends StoredRecord {
  readonly checksum: string;
}

/** Seals a record at the moment at which it was computed: arrays that somebody changes before they are written will not match. */
export function seal(record: StoredRecord): SealedRecord {
  return { ...record, checksum: checksumOf(Buffer.from(record.key), Buffer.from(record.parts), Buffer.from(record.text), record.arrays) };
}

function checksumOf(key: Uint8Array, parts: Uint8Array, text: Uint8Array, arrays: readonly Float64Array[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([key.length, parts.length, text.length, arrays.map((a) => a.length)]));
  hash.update(key).update(parts).update(text);
  for (const a of arrays) hash.update(new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
  return hash.digest("hex").slice(0, 32);
}

/** About how many bytes a record takes (texts are mostly ASCII). */
export function sizeOf(record: StoredRecord): number {
  return record.arrays.reduce((sum, a) => sum + a.byteLength + 4, record.key.length + record.parts.length + record.text.length + 16);
}

/** The bytes of a segment that holds the records in this order, one row each. */
export function encodeSegment(records: readonly StoredRecord[]): { readonly info: SegmentInfo; readonly bytes: Uint8Array } {
  const bytes = columnsToIpc([
    { name: "key", texts: records.map((r) => r.key) },
    { name: "parts", texts: records.map((r) => r.parts) },
    { name: "text", texts: records.map((r) => r.text) },
    { name: "arrays", lists: records.map((r) => r.arrays) },
  ]);
  const { from, to } = bodyOf(bytes);
  const name = `segment-${sha256(bytes).slice(0, 32)}.arrow`;
  const payload = records.reduce((sum, r) => sum + sizeOf(r), 0);
  return { bytes, info: { name, bytes: bytes.length, payload, from, to, frame: frameHash(bytes, from, to) } };
}

/** Where the record batch's body lies: an Arrow stream is a schema message, one record batch message, its body and an 8-byte end mark. */
function bodyOf(bytes: Uint8Array): { from: number; to: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const batch = 8 + view.getInt32(4, true);
  return { from: batch + 8 + view.getInt32(batch + 4, true), to: bytes.length - 8 };
}

function frameHash(bytes: Uint8Array, from: number, to: number): string {
  return createHash("sha256").update(bytes.subarray(0, from)).update(bytes.subarray(to)).digest("hex");
}

/** Reads records out of a segment's bytes; every record is held against its checksum. */
export class SegmentReader {
  private readonly table: PlainTable;
  /** @throws Error when the bytes are not the segment that the manifest names. */
  constructor(bytes: Uint8Array, info: SegmentInfo) {
    if (bytes.length !== info.bytes) throw new Error(`${bytes.length} bytes instead of ${info.bytes}`);
    if (frameHash(bytes, info.from, info.to) !== info.frame) throw new Error("its frame does not match its checksum");
    this.table = columnsFromIpc(bytes);
  }

  /** Arrays are views of the segment's bytes. @throws Error when the record does not match its checksum. */
  record(row: number, checksum: string): StoredRecord {
    const [key, parts, text] = (["key", "parts", "text"] as const).map((name) => this.table.textBytes(name, row)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const arrays = this.table.arrays("arrays", row);
    if (checksumOf(key, parts, text, arrays) !== checksum) throw new Error("it does not match its checksum");
    const decoder = new TextDecoder();
    return { key: decoder.decode(key), parts: decoder.decode(parts), text: decoder.decode(text), arrays };
  }
}
