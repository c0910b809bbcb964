import type { Dataset } from "../dataset.ts";
import type { RowTable } from "../row-table.ts";

/** The content of a file: at once, or piece by piece, so that a large text is never in memory as a whole. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** What a format cannot hold, in a whole sentence. */
export class Unwritable extends Error {
  override readonly name = "Unwritable";
}

/** Tables out again. Units, roles and facts are kept, and our own importers read an exported dataset back as it was. */
export interface TableWriter {
  /** @throws Unwritable */
  dataset(dataset: Dataset): FileContent;
  /**
   * A table of results.
   * @param name of the sheet, where the format has sheets
   * @throws Unwritable
   */
  rows(name: string, table: RowTable): FileContent;
}
