/** The thread in which HDF5 files are opened. One task is one question; the file is opened and closed within it. */
import "./quiet.ts";
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { moved } from "../../workers/pool.ts";
import { ArrayFailure, numbersOf, recordsOf } from "./arrays.ts";
import { causeOf, heapBytes, isTrap, withFile } from "./h5.ts";
import { attributesOf, outlineOf, refusalCount } from "./outline.ts";
import type { Attributes, Numbers, Outline, RecordRow } from "./reader.ts";

export interface Hdf5Task {
  readonly file: string;
  /** Size of the file on disk. */
  readonly bytes: number;
  readonly ask: "outline" | "numbers" | "records" | "attributes";
  /** Path inside the file. */
  readonly path: string;
}

/**
 * `path` is empty when the file itself, not one of its arrays, is at fault. `spent`: the thread must not be used again. After an error inside the
 * library the file may stay open there, and the next opening would get the old content; the heap never shrinks.
 */
export type Hdf5Answer = { readonly spent: boolean } & (
  | { readonly ok: true; readonly value: Outline | Numbers | readonly RecordRow[] | Attributes }
  | { readonly ok: false; readonly path: string; readonly cause: string; readonly open: boolean }
);

const buffersOf = ({ values, imaginary }: Numbers) => [values.buffer, ...(imaginary === undefined ? [] : [imaginary.buffer])];

const LARGEST_HEAP = 2 ** 28;

export default async function answer(task: Hdf5Task): Promise<Hdf5Answer> {
  let open = false;
  const refusalsBefore = refusalCount();
  try {
    const value = await withFile(task.file, (file, library) => {
      open = true;
      switch (task.ask) {
        case "outline":
          return outlineOf(file, library);
        case "numbers":
          return numbersOf(file, library, task.path, task.bytes);
        case "records":
          return recordsOf(file, task.path, task.bytes);
        case "attributes":
          return attributesOf(file, library, task.path);
      }
    });
    const good: Hdf5Answer = { ok: true, value, spent: refusalCount() > refusalsBefore || (await heapBytes()) > LARGEST_HEAP };
    return task.ask === "numbers" ? moved(good, buffersOf(value as Numbers)) : good;
  } catch (error) {
    if (error instanceof ReferenceError) throw error;
    if (error instanceof ArrayFailure) return { ok: false, path: error.path, cause: error.message, open, spent: true };
    return {
      ok: false,
      path: task.path,
      cause: open || isTrap(error) ? hdf5Messages.damaged(causeOf(error)) : causeOf(error),
      open: open || isTrap(error),
      spent: true,
    };
  }
}
