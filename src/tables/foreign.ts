import { tableFileMessages } from "../core/messages/import-tables.ts";

/** A column of a file that another program may have written, before anything is known about its meaning. */
export interface ForeignColumn {
  readonly name: string;
  /** Unit as the file states it beside the name; absent when it does not. */
  readonly unit?: string;
  /** Statements of this project's own files: `role`, `port`, `inferred`. */
  readonly role?: string;
  readonly port?: string;
  readonly inferred?: string;
  readonly content:
    | { readonly numbers: Float64Array }
    | { readonly texts: readonly string[] }
    /** A type that holds neither, by its name. */
    | { readonly unreadable: string };
}

/** A table of such columns, equally long. */
export interface ForeignTable {
  /** Sheet of a workbook; empty where a file is one table. */
  readonly name: string;
  readonly columns: readonly ForeignColumn[];
  readonly rows: number;
  /** What this project wrote about the dataset (`dataset-file.ts`); absent in other programs' files. */
  readonly dataset?: string;
  /** Lines of text around the table. */
  readonly comments: readonly string[];
  /** What was concluded about the table's place and form, in words. */
  readonly notes: readonly string[];
}

/** A file that cannot be read, in a whole sentence. `inside` is the place in the file. */
export class ForeignFailure extends Error {
  override readonly name = "ForeignFailure";
  readonly inside: string;
  constructor(message: string, inside = "", options?: ErrorOptions) {
    super(message, options);
    this.inside = inside;
  }
}

/** What a decoder says of damaged bytes; the words of the language over which it stumbled tell a reader nothing. */
export function causeOf(error: unknown): string {
  const stumbled = error instanceof TypeError || error instanceof RangeError || !(error instanceof Error);
  return stumbled || /undefined|NaN/.test(error.message) ? tableFileMessages.inconsistent() : error.message;
}
