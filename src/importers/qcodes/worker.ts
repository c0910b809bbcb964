/** The thread in which QCoDeS databases are read: a damaged database can hang the library, and its heap never shrinks. */
import { join } from "node:path";
import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { copyDatabase } from "../sqlite/copy.ts";
import { withDatabase } from "../sqlite/database.ts";
import { type Contents, readRuns } from "./database.ts";

export interface QcodesTask {
  readonly file: string;
  /** Length of the file together with its write-ahead log. */
  readonly bytes: number;
  /** A folder for the copy; whoever asks removes it, also when this thread is ended. */
  readonly scratch: string;
}

export type QcodesAnswer =
  | { readonly ok: true; readonly contents: Contents; readonly pagesFromLog: number }
  /** `inside` is the place in the database, empty for the file itself. `spent`: the library failed, the thread must not be used again. */
  | { readonly ok: false; readonly inside: string; readonly message: string; readonly spent: boolean };

export default function answer({ file, bytes, scratch }: QcodesTask): QcodesAnswer {
  const copy = join(scratch, "copy.db");
  try {
    const pagesFromLog = copyDatabase(file, copy);
    return { ok: true, contents: withDatabase(copy, (database) => readRuns(database, bytes)), pagesFromLog };
  } catch (error) {
    if (error instanceof ImportError) return { ok: false, inside: error.place, message: error.message, spent: false };
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) throw error;
    // The library's own words: "database disk image is malformed", "file is not a database".
    return { ok: false, inside: "", message: qcodesMessages.notOpened(error.message), spent: true };
  }
}
