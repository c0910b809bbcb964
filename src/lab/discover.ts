import { accessSync, constants, type Dirent, statSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import * as say from "../core/messages/discover.ts";
import { LAB_FILE } from "./load.ts";
import { type Pattern, pattern } from "./match.ts";

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
 * All files below a folder, sorted by path (code units). Names that begin with a dot, the lab file at the root and the folders in `skip` are passed
 * over; a folder that is named like a file is looked into, and a problem. Every folder is looked into once, under its own name before that of a link to it: loops end, and no link takes a cooldown's name away.
 * A link may lead out of the folder, but not to a folder that holds it: that is a problem.
 * @param options.skip folders that are never scanned (store, output); options.only a pattern (`*`, `**`) that paths must match
 * @throws UserError when the folder itself cannot be read or `only` is no pattern
 */
export async function discover(folder: string, options: { readonly skip: readonly string[]; readonly only?: string }): Promise<Discovered> {
  const only = options.only === undefined ? undefined : onlyPattern(options.only);
  const skip = new Set<string>();
  for (const path of options.skip) skip.add(resolve(path)).add(await realpath(path).catch(() => resolve(path)));
  const files: FoundFile[] = [];
  const problems: { path: string; message: string }[] = [];
  const links: { absolute: string; path: string }[] = [];
  const root = await realOf(folder);
  const seen = new Set<string>([root]);

  async function walk(absolute: string, path: string): Promise<void> {
    let entries: Dirent[];
    try {
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      if (path === "") throw new UserError(say.folderUnreadable(folder, reason(error)), "", { cause: error });
      problems.push({ path, message: say.unreadable(reason(error)) });
      return;
    }
    for (const entry of entries.sort((a, b) => order(a.name, b.name))) {
      if (entry.name.startsWith(".") || (path === "" && entry.name === LAB_FILE)) continue;
      const below = { absolute: join(absolute, entry.name), path: path === "" ? entry.name : `${path}/${entry.name}` };
      if (entry.isSymbolicLink()) links.push(below);
      else await visit(below.absolute, below.path, false);
    }
  }

  async function visit(absolute: string, path: string, link: boolean): Promise<void> {
    if (skip.has(resolve(absolute))) return;
    try {
      const info = statSync(absolute);
      if (info.isDirectory()) {
        const real = await realpath(absolute);
        if (seen.has(real) || skip.has(real)) return;
        // A link to what holds the folder would scan the machine.
        if (root.startsWith(real.endsWith(sep) ? real : real + sep)) {
          problems.push({ path, message: say.linkAbove(real) });
          return;
        }
        seen.add(real);
        if (FILE_NAME.test(path) && (!only || only.match(path))) problems.push({ path, message: say.folderLikeFile() });
        await walk(absolute, path);
      } else if (only && !only.match(path)) {
        return;
      } else if (!info.isFile()) {
        problems.push({ path, message: say.notAFile() });
      } else {
        accessSync(absolute, constants.R_OK);
        files.push({ path, absolute, bytes: info.size, mtimeMs: info.mtimeMs });
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const lost = code === "ENOENT" || code === "ENOTDIR";
      // A name that is not UTF-8 reads back as another one, under which nothing stands.
      if (lost && path.includes("\ufffd")) problems.push({ path, message: say.nameNotUtf8() });
      else if (link && (lost || code === "ELOOP")) problems.push({ path, message: say.brokenLink() });
      // What went away between listing and looking is no problem.
      else if (!lost) problems.push({ path, message: say.unreadable(reason(error)) });
    }
  }

  await walk(folder, "");
  // Links that are found behind links go to the end of the list.
  for (const { absolute, path } of links) await visit(absolute, path, true);
  const byPath = (a: { path: string }, b: { path: string }) => order(a.path, b.path);
  return { files: files.sort(byPath), problems: problems.sort(byPath) };

  async function realOf(path: string): Promise<string> {
    try {
      return await realpath(path);
    } catch (error) {
      throw new UserError(say.folderUnreadable(path, reason(error)), "", { cause: error });
    }
  }
}

function onlyPattern(text: string): Pattern {
  try {
    return pattern(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(say.badOnly(error.message), "", { cause: error });
  }
}

/** What a person who sees the name takes for a measurement. */
const FILE_NAME = /\.(?:csv|tsv|s\dp|hdf5|h5|nc)$/i;

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What the system says, without the path (which stands beside it). */
const reason = (error: unknown) => {
  const { message } = error as Error;
  return /^([A-Z]+: [^,]+),/.exec(message)?.[1] ?? message;
};
