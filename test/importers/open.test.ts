import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import * as say from "../../src/core/messages/importers.ts";
import { csv } from "../../src/importers/csv.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { LOAD_LIMIT, openFile, TEXT_LIMIT } from "../../src/importers/open.ts";

const folder = mkdtempSync(join(tmpdir(), "gammawatt-open-"));
const sparse = (name: string, bytes: number) => {
  const path = join(folder, name);
  const handle = openSync(path, "w");
  ftruncateSync(handle, bytes);
  closeSync(handle);
  return path;
};

describe("openFile", () => {
  it("reads the first 64 KiB and no more until asked", async () => {
    const path = join(folder, "long.txt");
    const text = "0123456789abcde\n".repeat(8192);
    writeFileSync(path, text);
    const { probe, text: whole } = await openFile(path, "cd07/long.txt");
    expect(probe).toMatchObject({ path: "cd07/long.txt", name: "long.txt", bytes: text.length });
    expect(probe.head.length).toBe(65536);
    expect(probe.text).toBe(text.slice(0, 65536));
    expect(await whole()).toBe(text);
  });

  it("refuses what is no regular file, without waiting for it", async () => {
    mkdirSync(join(folder, "dir.csv"));
    await expect(openFile(join(folder, "dir.csv"), "dir.csv")).rejects.toThrow(new ImportError(say.isDirectory(), "dir.csv"));
    execFileSync("mkfifo", [join(folder, "pipe.csv")]);
    await expect(openFile(join(folder, "pipe.csv"), "pipe.csv")).rejects.toThrow(say.notRegular());
    const server = createServer().listen(join(folder, "sock.csv"));
    await new Promise((done) => server.once("listening", done));
    await expect(openFile(join(folder, "sock.csv"), "sock.csv")).rejects.toThrow(say.notRegular());
    server.close();
    await expect(openFile(join(folder, "gone.csv"), "gone.csv")).rejects.toThrow(say.notFound());
  });

  it("names the operating system's reason for what cannot be read", async () => {
    const file = join(folder, "plain.csv");
    writeFileSync(file, "1,2\n");
    await expect(openFile(join(file, "inside.csv"), "inside.csv")).rejects.toThrow(say.unreadable("ENOTDIR"));
  });
});

describe("importFile on files that are no measurement", () => {
  it("refuses text beyond what is loaded at once, without loading it", async () => {
    const bytes = 3 * 2 ** 30;
    const path = sparse("huge.csv", bytes);
    expect(await importFile(path, "huge.csv", {})).toEqual({
      status: "failed",
      importer: "csv",
      place: "huge.csv",
      message: say.tooLargeToLoad(bytes, LOAD_LIMIT),
    });
  });

  it("refuses as one string what no string holds, without loading it", async () => {
    const bytes = TEXT_LIMIT + 1;
    const { text } = await openFile(sparse("long.json", bytes), "long.json");
    await expect(text()).rejects.toThrow(new ImportError(say.tooLargeForText(bytes, TEXT_LIMIT), "long.json"));
  });

  it("lists a picture, a licence, a note and program text as unrecognised", async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]);
    const files: [string, string | Uint8Array][] = [
      ["photo.png", png],
      ["LICENSE", "MIT License\n\nPermission is hereby granted, free of charge,\nto any person\n"],
      ["README.md", "# Data\n\n| delay | p1 |\n|---|---|\n| 1 | 0.5 |\n"],
      ["notes.txt", "cooled down\n12 mK, fine\n3 lines broken\n"],
      ["plot.py", "delay, p1 = 1, 2\n3, 4\n5, 6\n"],
      ["meta.json", "[[1, 2],\n[3, 4],\n[5, 6]]\n"],
      ["empty", ""],
    ];
    for (const [name, content] of files) {
      const path = join(folder, name);
      writeFileSync(path, content);
      expect(await importFile(path, name, {}), name).toMatchObject({ status: "unrecognised" });
    }
  });

  it("calls an empty or wrong file with a measurement's ending a failure", async () => {
    const rubbish = Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 256);
    for (const name of ["a.csv", "a.tsv", "a.s1p", "a.S2P", "a.hdf5", "a.h5", "a.nc", "a.ddh5"]) {
      const path = join(folder, name);
      writeFileSync(path, "");
      expect(await importFile(path, name, {}), name).toMatchObject({ status: "failed", place: name, message: say.emptyFile() });
      writeFileSync(path, rubbish);
      const result = await importFile(path, name, {});
      expect(result, name).toMatchObject({ status: "failed", place: name });
      expect(result.status === "failed" && result.message, name).not.toContain("bug");
    }
  });

  it("says of an empty file that it is empty, and of a packed one or an old MAT-file what to do", async () => {
    const matlab4 = new Uint8Array(new Int32Array([0, 2, 1, 0, 2, 0]).buffer);
    const tar = new Uint8Array(512);
    tar.set(new TextEncoder().encode("ustar"), 257);
    const files = [
      ["b.parquet", "", "failed", say.emptyFile()],
      ["b.cti", "", "failed", say.emptyFile()],
      ["b.json", "", "unrecognised", say.emptyAndLeft()],
      ["complete.tag", "", "unrecognised", say.emptyAndLeft()],
      ["b.csv.gz", Uint8Array.of(0x1f, 0x8b, 8, 0), "unrecognised", say.packed("gzip")],
      ["b.zip", Uint8Array.of(0x50, 0x4b, 3, 4), "unrecognised", say.packed("ZIP")],
      ["b.tar", tar, "unrecognised", say.packed("tar")],
      ["b.mat", matlab4, "unrecognised", say.matlab4()],
    ] as const;
    for (const [name, content, status, message] of files) {
      const path = join(folder, name);
      writeFileSync(path, content);
      expect(await importFile(path, name, {}), name).toMatchObject({ status, message });
    }
  });

  it("fills in where the numbers came from", async () => {
    const path = join(folder, "q1_t1.csv");
    writeFileSync(path, "delay [us],p1\n0,1\n1,0.5\n2,0.25\n");
    const result = await importFile(path, "cd07/q1_t1.csv", {});
    if (result.status !== "imported") throw new Error(result.message);
    // `sha256sum` of the same text.
    const sha256 = execFileSync("sha256sum", [path]).toString().slice(0, 64);
    expect(result.datasets[0]!.sources).toEqual([
      { path: "cd07/q1_t1.csv", bytes: 31, sha256, importer: "csv", importerVersion: csv.version },
    ]);
  });
});
