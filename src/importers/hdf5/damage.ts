import { ImportError } from "../../core/errors.ts";
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import type { Outline } from "./reader.ts";

/**
 * Refuses an HDF5 file of which parts cannot be read: a missing unit or attribute would otherwise look as if it had never been there.
 * @param file what the file is called in messages
 * @throws ImportError naming the first damaged place
 */
export function refuseDamage(outline: Outline | undefined, file: string): void {
  const first = outline?.damage?.[0];
  if (first !== undefined) throw new ImportError(hdf5Messages.damaged(first.cause), `${file}:${first.path}`);
}
