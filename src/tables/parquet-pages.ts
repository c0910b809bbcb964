import { crc32 } from "node:zlib";
import { tableFileMessages } from "../core/messages/import-tables.ts";
import { ForeignFailure } from "./foreign.ts";
import { type ColumnMetaData, type FileMetaData, parquetHeader } from "./hyparquet.ts";
import { mostUnpacked } from "./limits.ts";
import { CODECS } from "./parquet-codecs.ts";

/**
 * Walks the pages of the flat columns before anything is unpacked: their checksums where the writer put some (Spark always, pyarrow when asked), their
 * lengths, their numbers of values against the table's.
 * @param flat names of the columns without levels of repetition
 * @throws ForeignFailure naming the column; RangeError where a header leads out of the file
 */
export function refuseDamagedPages(bytes: Uint8Array, metadata: FileMetaData, flat: readonly string[]): void {
  const limit = mostUnpacked(bytes.length);
  const read = new Set(flat);
  let rows = 0;
  let unpacked = 0;
  for (const group of metadata.row_groups) {
    const length = Number(group.num_rows);
    if (!(Number.isSafeInteger(length) && length >= 0))
      throw new ForeignFailure(tableFileMessages.damaged("Parquet", tableFileMessages.inconsistent()));
    rows += length;
    for (const { meta_data } of group.columns) {
      const [name = "", ...below] = meta_data?.path_in_schema ?? [];
      if (meta_data === undefined || below.length > 0 || !read.has(name)) continue;
      if (!CODECS.includes(meta_data.codec)) throw new ForeignFailure(tableFileMessages.codec(meta_data.codec), name);
      const chunk = walk(bytes, meta_data, name);
      if (chunk.values !== length) throw new ForeignFailure(tableFileMessages.lengths(name, chunk.values, length), name);
      unpacked += chunk.unpacked;
      if (unpacked > limit) throw new ForeignFailure(tableFileMessages.unpacksTooFar(unpacked, limit), name);
    }
  }
  if (rows !== Number(metadata.num_rows)) throw new ForeignFailure(tableFileMessages.rowGroups(rows, Number(metadata.num_rows)));
}

/** Values in the data pages of one column of one row group, and bytes that all its pages unpack to. */
function walk(bytes: Uint8Array, column: ColumnMetaData, name: string): { values: number; unpacked: number } {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const length = Number(column.total_compressed_size);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, length), offset: 0 };
  let [values, unpacked] = [0, 0];
  while (reader.offset < length) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && header.uncompressed_page_size >= 0 && reader.offset + size <= length))
      throw new ForeignFailure(tableFileMessages.badPage(name), name);
    const page = bytes.subarray(start + reader.offset, start + reader.offset + size);
    if (header.crc !== undefined && crc32(page) !== header.crc >>> 0) throw new ForeignFailure(tableFileMessages.pageChecksum(name), name);
    reader.offset += size;
    values += header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0;
    unpacked += header.uncompressed_page_size;
  }
  return { values, unpacked };
}
