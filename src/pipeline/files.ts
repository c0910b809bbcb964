import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { columnsFromIpc, columnsToIpc } from "../tables/columnar.ts";

export interface FileHash {
  readonly sha256: string;
  readonly change: "new" | "changed" | "unchanged";
  /** The hash before, where it changed. */
  readonly before?: string;
}

interface KnownFile {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
  /** When hashing began, ms since 1970. */
  readonly hashedAt: number;
}

/** File systems keep times to 2 s at worst: a file changed that shortly before it was hashed may change again under the same time. */
const RACY_MS = 2000;

/** What is known of files by (path, size, mtime), and by content where those moved. */
export class FileTable {
  private readonly known = new Map<string, KnownFile>();
  private readonly asked = new Set<string>();
  changed = false;

  static fromIpc(bytes: Uint8Array): FileTable {
    const made = new FileTable();
    const table = columnsFromIpc(bytes);
    const [paths, hashes] = [table.texts("path"), table.texts("sha256")];
    const [sizes, mtimes, hashed] = [table.numbers("bytes"), table.numbers("mtime_ms"), table.numbers("hashed_at_ms")];
    for (const [i, path] of paths.entries())
      made.known.set(path, { bytes: sizes[i]!, mtimeMs: mtimes[i]!, sha256: hashes[i]!, hashedAt: hashed[i]! });
    return made;
  }

  toIpc(): Uint8Array {
    const rows = [...this.known];
    return columnsToIpc([
      { name: "path", texts: rows.map(([path]) => path) },
      { name: "bytes", numbers: Float64Array.from(rows, ([, f]) => f.bytes) },
      { name: "mtime_ms", numbers: Float64Array.from(rows, ([, f]) => f.mtimeMs) },
      { name: "sha256", texts: rows.map(([, f]) => f.sha256) },
      { name: "hashed_at_ms", numbers: Float64Array.from(rows, ([, f]) => f.hashedAt) },
    ]);
  }

  /** @throws the operating system's error when the file cannot be read. */
  async hash(absolute: string, path: string, bytes: number, mtimeMs: number): Promise<FileHash> {
    this.asked.add(path);
    const old = this.known.get(path);
    if (old && old.bytes === bytes && old.mtimeMs === mtimeMs && mtimeMs < old.hashedAt - RACY_MS)
      return { sha256: old.sha256, change: "unchanged" };
    const hashedAt = Date.now();
    const { sha256, read } = await hashFile(absolute);
    // A file that is being written has another size by now: it is never taken as known.
    this.known.set(path, { bytes, mtimeMs, sha256, hashedAt: read === bytes ? hashedAt : 0 });
    this.changed = true;
    if (old === undefined) return { sha256, change: "new" };
    return old.sha256 === sha256 ? { sha256, change: "unchanged" } : { sha256, change: "changed", before: old.sha256 };
  }

  /** Forgets files that nobody has asked for since opening. */
  keepAsked(): void {
    for (const path of this.known.keys()) {
      if (this.asked.has(path)) continue;
      this.known.delete(path);
      this.changed = true;
    }
  }
}

/** SHA-256 of a file of any size, in constant memory. */
async function hashFile(absolute: string): Promise<{ sha256: string; read: number }> {
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of createReadStream(absolute, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    read += (chunk as Buffer).length;
  }
  return { sha256: hash.digest("hex"), read };
}
