/** The only file that names hyparquet and hyparquet-writer. */
export type { AsyncBuffer, ColumnMetaData, Compressors, FileMetaData, SchemaElement } from "hyparquet";
export { parquetMetadataAsync, parquetRead } from "hyparquet";
export { parquetHeader } from "hyparquet/src/column.js";
export { parquetWriteBuffer } from "hyparquet-writer";
