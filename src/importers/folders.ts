import { readdir } from "node:fs/promises";

/** What was found out about folders, each thing once: listings, and sidecars that many files share. */
export class Folders {
  readonly #known = new Map<string, Promise<unknown>>();

  /** The names in a folder; none where it may be entered and not listed: its files are read as if they stood alone. */
  names(folder: string): Promise<ReadonlySet<string>> {
    return this.once(`names ${folder}`, async () => {
      try {
        return new Set(await readdir(folder));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error;
        return new Set<string>();
      }
    });
  }

  /** The promise that `work` gave when the key was first asked for. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const known = (this.#known.get(key) as Promise<T> | undefined) ?? work();
    this.#known.set(key, known);
    return known;
  }
}
