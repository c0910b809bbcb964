import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Importer } from "./importer.ts";
import { IMPORTERS } from "./registry.ts";

/** A file beside a measurement that may change what is read from it. */
export interface Companion {
  readonly absolute: string;
  /** Relative to the scanned folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/**
 * The files beside this one that some importer may read with it (sidecars, tags, write-ahead logs), by name. Folders are listed only for names that
 * have companions.
 * @throws the operating system's error when the folder cannot be listed
 */
export async function companionsOf(absolute: string, path: string): Promise<Companion[]> {
  const name = basename(absolute);
  const patterns = IMPORTERS.flatMap((importer: Importer) => importer.companions?.(name) ?? []);
  if (patterns.length === 0) return [];
  const folder = dirname(absolute);
  const names = (await readdir(folder)).filter((other) => other !== name && patterns.some((pattern) => pattern.test(other))).sort();
  const found = await Promise.all(
    names.map(async (other) => {
      const info = await stat(join(folder, other));
      const own = path.slice(0, path.lastIndexOf("/") + 1) + other;
      return info.isFile() ? [{ absolute: join(folder, other), path: own, bytes: info.size, mtimeMs: info.mtimeMs }] : [];
    }),
  );
  return found.flat();
}
