import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Names of unfinished files: whoever owns the folder may delete what matches. */
export const TEMPORARY = /^\.gammawatt-[0-9a-f]{16}\.tmp$/;

/**
 * Writes a whole file (at once or piece by piece) so that its name always shows either the old or the new content, also after a crash:
 * temporary name in the same folder, fsync, rename, fsync of the folder.
 * @param durable false: without waiting for the disk, for many files that can be made again; a killed process still leaves none in part
 * @throws the operating system's error; the temporary file is removed and the old content stands.
 */
export async function writeAtomic(path: string, data: string | Uint8Array | Iterable<string>, durable = true): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.gammawatt-${randomBytes(8).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      if (typeof data === "string" || data instanceof Uint8Array) await file.writeFile(data);
      else for (const piece of data) await file.writeFile(piece);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`${basename(path)}: ${(error as Error).message}`, { cause: error });
  }
  if (durable) await syncFolder(folder);
}

/**
 * Makes a folder, and those that hold it. Node's own recursive mkdir never ends where nothing can be made, as below /proc.
 * @throws the operating system's error
 */
export async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST" || !(await stat(path)).isDirectory()) throw error;
    });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  });
}

/** Makes renames in a folder durable; systems that cannot open folders (Windows) make them durable themselves. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(folder, "r");
  } catch (error) {
    if (["EISDIR", "EPERM", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return;
    throw error;
  }
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "EPERM", "ENOTSUP", "EBADF"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle.close();
  }
}
