import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { noSuchFolder, notAFolder, outputInsideInput } from "../../src/core/messages/cli.ts";
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
