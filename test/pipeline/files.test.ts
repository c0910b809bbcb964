import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, writeAtomic } from "../../src/pipeline/atomic.ts";
import { Store } from "../../src/pipeline/store.ts";
import { temporaryFolder } from "./lab.ts";

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const LONG_AGO = new Date("2026-09-03T10:00:00Z");

/** Hashes a file through the store of a run of its own. */
async function hashInRun(dir: string, path: string, complete = true) {
  const store = await Store.open(join(dir, "store"));
  const { size, mtimeMs } = statSync(path);
  const hash = await store.fileHash(path, "lab/trace.csv", size, mtimeMs);
  await store.close({ complete });
  return hash;
}

/** Writes a file with a modification time of its own. */
function writeAt(path: string, text: string, time: Date): void {
  writeFileSync(path, text);
  utimesSync(path, time, time);
}

describe("files", () => {
  it("are new, unchanged and changed by their content", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "trace.csv");
    writeAt(path, "1,2", LONG_AGO);
    expect(await hashInRun(dir, path)).toEqual({ sha256: sha256("1,2"), change: "new" });
    expect(await hashInRun(dir, path)).toEqual({ sha256: sha256("1,2"), change: "unchanged" });
    writeAt(path, "1,3", new Date(LONG_AGO.getTime() + 5000));
    expect(await hashInRun(dir, path)).toEqual({ sha256: sha256("1,3"), change: "changed", before: sha256("1,2") });
    writeAt(path, "1,3", new Date(LONG_AGO.getTime() + 9000));
    expect(await hashInRun(dir, path)).toEqual({ sha256: sha256("1,3"), change: "unchanged" });
  });

  it("are not read again while size and time stand", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "trace.csv");
    writeAt(path, "1,2", LONG_AGO);
    await hashInRun(dir, path);
    writeAt(path, "9,9", LONG_AGO);
    expect((await hashInRun(dir, path)).sha256).toBe(sha256("1,2"));
  });

  it("are read again when they changed shortly before they were hashed", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "trace.csv");
    const now = new Date();
    writeAt(path, "1,2", now);
    await hashInRun(dir, path);
    writeAt(path, "9,9", now);
    expect(await hashInRun(dir, path)).toMatchObject({ sha256: sha256("9,9"), change: "changed" });
  });

  it("are forgotten after a complete run that did not meet them", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "trace.csv");
    writeAt(path, "1,2", LONG_AGO);
    await hashInRun(dir, path);
    await (await Store.open(join(dir, "store"))).close();
    expect((await hashInRun(dir, path)).change).toBe("unchanged");
    await (await Store.open(join(dir, "store"))).close({ complete: true });
    expect((await hashInRun(dir, path)).change).toBe("new");
  });

  it("that cannot be read are an error of the caller's, and leave the store usable", async () => {
    const dir = temporaryFolder();
    const store = await Store.open(join(dir, "store"));
    await expect(store.fileHash(dir, "dir", 1, 1)).rejects.toThrow("EISDIR");
    await expect(store.fileHash(join(dir, "none"), "none", 1, 1)).rejects.toThrow("ENOENT");
    await store.close();
    expect(existsSync(join(dir, "store", "manifest.json"))).toBe(false);
  });
});

describe("writing atomically", () => {
  it("replaces the whole file and leaves nothing else", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "estimates.csv");
    await writeAtomic(path, "old");
    await writeAtomic(path, Uint8Array.of(110, 101, 119));
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(dir)).toEqual(["estimates.csv"]);
  });

  it("keeps the old content when it fails, names the file and cleans up", async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, "report.html", "inside"), { recursive: true });
    await expect(writeAtomic(join(dir, "report.html"), "x")).rejects.toThrow("report.html");
    await expect(writeAtomic(join(dir, "none", "report.html"), "x")).rejects.toThrow("ENOENT");
    expect(readdirSync(dir)).toEqual(["report.html"]);
  });
});

describe("making a folder", () => {
  it("makes those that hold it, and takes one that is there", async () => {
    const dir = temporaryFolder();
    await Promise.all([makeFolder(join(dir, "a/b/c")), makeFolder(join(dir, "a/b/d"))]);
    await makeFolder(join(dir, "a/b"));
    expect(readdirSync(join(dir, "a/b"))).toEqual(["c", "d"]);
  });

  it("ends where nothing can be made", async () => {
    const dir = temporaryFolder();
    await writeAtomic(join(dir, "file"), "x");
    await expect(makeFolder(join(dir, "file"))).rejects.toThrow("EEXIST");
    await expect(makeFolder(join(dir, "file/below"))).rejects.toThrow("ENOTDIR");
  });

  it.skipIf(!existsSync("/proc/self"))("ends below /proc (skipped: there is none)", async () => {
    await expect(makeFolder("/proc/nothing/below")).rejects.toThrow("ENOENT");
  });
});
