import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Folders } from "./folders.ts";
import type { FileContent, Importer } from "./importer.ts";
import { IMPORTERS } from "./registry.ts";
import { sidecarNames } from "./sidecar/beside.ts";

/** A file beside a measurement that may change what is read from it. */
export interface Companion {
  readonly absolute: string;
  /** Relative to the scanned folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/**
 * The files beside this one that some importer may read with it (sidecars, tags, write-ahead logs), by name. Folders are listed once
 * where `folders` is handed on.
 * @throws the operating system's error when the folder cannot be listed
 */
export async function companionsOf(absolute: string, path: string, folders: Folders = new Folders()): Promise<Companion[]> {
  const name = basename(absolute);
  const patterns = IMPORTERS.flatMap((importer: Importer) => importer.companions?.(name) ?? []);
  const folder = dirname(absolute);
  const matching = (pattern: RegExp) =>
    folders.once(`${pattern.source} ${folder}`, async () => [...(await folders.names(folder))].filter((other) => pattern.test(other)));
  const found = [...(await Promise.all(patterns.map(matching))).flat(), ...(await sidecarNames(absolute, folders))];
  const names = [...new Set(found)].filter((other) => other !== name).sort();
  const companions = await Promise.all(
    names.map(async (other) => {
      const info = await stat(join(folder, other));
      const own = path.slice(0, path.lastIndexOf("/") + 1) + other;
      return info.isFile() ? [{ absolute: join(folder, other), path: own, bytes: info.size, mtimeMs: info.mtimeMs }] : [];
    }),
  );
  return companions.flat();
}

/** The file as an importer may see it: beside it only the companions that the importer declares, because only they are part of its identity. */
export function withCompanionsOf(importer: Importer, file: FileContent): FileContent {
  const { name } = file.probe;
  const pattern = importer.companions?.(name);
  return {
    ...file,
    siblings: async () => (pattern === undefined ? [] : (await file.siblings()).filter((other) => other === name || pattern.test(other))),
    sibling: async (other) => (pattern?.test(other) ? file.sibling(other) : undefined),
  };
}
