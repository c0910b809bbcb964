import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { noSuchFolder, notAFolder, outputInsideInput } from "../../src/core/messages/cli.ts";
import { exportMessages } from "../../src/core/messages/export.ts";
import type { RunOptions } from "./options.ts";

/** @throws UserError when the folder is missing, is a file, or would be overwritten by the output. */
export async function checkFolders(options: Pick<RunOptions, "folder" | "out">): Promise<void> {
  const info = await stat(options.folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") throw new UserError(noSuchFolder(options.folder), "", { cause: error });
    throw new UserError(`${options.folder}: ${error.message}`, "", { cause: error });
  });
  if (!info.isDirectory()) throw new UserError(notAFolder(options.folder));
  if (resolve(options.out) === resolve(options.folder)) throw new UserError(outputInsideInput(options.out));
}

/**
 * An export may stand below the measurement folder, but never in a folder of measurements: it must be empty, or hold an earlier export.
 * @param known whether the store remembers an earlier one
 * @throws UserError otherwise
 */
export async function checkExportFolder({ folder, out }: Pick<RunOptions, "folder" | "out">, known: boolean): Promise<void> {
  const [data, target] = [await realpath(folder), await realpath(out).catch(() => resolve(out))];
  const below = relative(data, target);
  if (below === ".." || below.startsWith(`..${sep}`) || known) return;
  const names: string[] = await readdir(out).catch(() => []);
  const index = await readFile(join(out, "index.csv"), "utf8").catch(() => "");
  if (names.length > 0 && !index.startsWith("file,dataset,kind,")) throw new UserError(exportMessages.amongMeasurements(out));
}
