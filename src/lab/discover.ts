import { constants, type Dirent } from "node:fs";
import { access, readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { brokenLink, notAFile, unreadable } from "../core/messages/discover.ts";
import { LAB_FILE } from "./load.ts";
import { pattern } from "./match.ts";

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly absolute: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

export interface Discovered {
  readonly files: readonly FoundFile[];
  /** What stands there and cannot be looked into. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/**
 * All files below a folder, sorted by path (code points). Names that begin with a dot, the lab file at the root and the folders in `skip` are passed
 * over; links are followed once, so that loops end.
 * @param options.skip folders that are never scanned (store, output); options.only a pattern (`*`, `**`) that paths must match
 */
export async function discover(folder: string, options: { readonly skip: readonly string[]; readonly only?: string }): Promise<Discovered> {
  const skip = new Set(options.skip.map((s) => resolve(s)));
  const only = options.only === undefined ? undefined : pattern(options.only);
  const files: FoundFile[] = [];
  const problems: { path: string; message: string }[] = [];
  const seen = new Set<string>([await realpath(folder)]);

  async function walk(absolute: string, path: string): Promise<void> {
    let entries: Dirent[];
    try {
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      problems.push({ path, message: unreadable((error as Error).message) });
      return;
    }
    for (const entry of entries) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.name.startsWith(".") || (path === "" && entry.name === LAB_FILE)) continue;
      await visit(join(absolute, entry.name), below, entry.isSymbolicLink());
    }
  }

  async function visit(absolute: string, path: string, link: boolean): Promise<void> {
    if (skip.has(resolve(absolute))) return;
    try {
      const info = await stat(absolute);
      if (info.isDirectory()) {
        const real = await realpath(absolute);
        if (seen.has(real) || skip.has(real)) return;
        seen.add(real);
        await walk(absolute, path);
      } else if (!info.isFile()) {
        if (!only || only.match(path)) problems.push({ path, message: notAFile() });
      } else if (!only || only.match(path)) {
        await access(absolute, constants.R_OK);
        files.push({ path, absolute, bytes: info.size, mtimeMs: info.mtimeMs });
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // A file that went away between listing and looking is no problem; a link that leads nowhere is.
      if (code === "ENOENT" && !link) return;
      problems.push({ path, message: code === "ENOENT" || code === "ELOOP" ? brokenLink() : unreadable((error as Error).message) });
    }
  }

  await walk(folder, "");
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  return { files: files.sort(byPath), problems: problems.sort(byPath) };
}
