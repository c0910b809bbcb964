/** The thread in which HDF5 files are opened. One task is one question; the file is opened and closed within it. */
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { ArrayFailure, numbersOf, recordsOf } from "./arrays.ts";
import { causeOf, heapBytes, isTrap, withFile } from "./h5.ts";
import { attributesOf, outlineOf } from "./outline.ts";
import type { Attributes, Numbers, Outline, RecordRow } from "./reader.ts";

export interface Hdf5Task {
  readonly file: string;
  /** Size of the file on disk. */
  readonly bytes: number;
  readonly ask: "outline" | "numbers" | "records" | "attributes";
  /** Path inside the file. */
  readonly path: string;
}

/** `path` is empty when the file itself, not one of its arrays, is at fault. */
export type Hdf5Answer =
  | { readonly ok: true; readonly value: Outline | Numbers | readonly RecordRow[] | Attributes; readonly heap: number }
  | { readonly ok: false; readonly path: string; readonly cause: string; readonly open: boolean; readonly heap: number };

export default async function answer(task: Hdf5Task): Promise<Hdf5Answer> {
  let open = false;
  try {
    const value = await withFile(task.file, (file, library) => {
      open = true;
      switch (task.ask) {
        case "outline":
          return outlineOf(file, library);
        case "numbers":
          return numbersOf(file, task.path, task.bytes);
        case "records":
          return recordsOf(file, task.path, task.bytes);
        case "attributes":
          return attributesOf(file, library, task.path);
      }
    });
    return { ok: true, value, heap: await heapBytes() };
  } catch (error) {
    if (isTrap(error)) throw error;
    const heap = await heapBytes();
    if (error instanceof ArrayFailure) return { ok: false, path: error.path, cause: error.message, open, heap };
    return { ok: false, path: task.path, cause: open ? hdf5Messages.damaged(causeOf(error)) : causeOf(error), open, heap };
  }
}
