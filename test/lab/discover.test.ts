import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import * as say from "../../src/core/messages/discover.ts";
import { discover } from "../../src/lab/discover.ts";

function folderOf(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-discover-"));
  for (const f of files) {
    mkdirSync(dirname(join(folder, f)), { recursive: true });
    writeFileSync(join(folder, f), f);
  }
  return folder;
}
const look = async (folder: string, options: { skip?: string[]; only?: string } = {}) => {
  const { files, problems } = await discover(folder, { skip: [], ...options });
  return { paths: files.map((f) => f.path), problems };
};

describe("discovery", () => {
  it("finds files by code unit, leaves dotfiles, the lab file at the root and skipped folders alone", async () => {
    const folder = folderOf(
      "b.csv",
      "a/Z.csv",
      "a/b/c.csv",
      "a/é.csv",
      ".gammawatt/x",
      "a/.hidden",
      "gammawatt.yaml",
      "a/gammawatt.yaml",
      "out/report.html",
    );
    expect(await look(folder, { skip: [join(folder, "out")] })).toEqual({
      paths: ["a/Z.csv", "a/b/c.csv", "a/gammawatt.yaml", "a/é.csv", "b.csv"],
      problems: [],
    });
  });
  it("gives size and time of each file", async () => {
    const { files } = await discover(folderOf("ab.csv"), { skip: [] });
    expect(files[0]?.bytes).toBe(6);
    expect(Math.abs((files[0]?.mtimeMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });
  it("takes names as they are: newlines, quotes, markup, other scripts", async () => {
    const names = ['a\n"b"<script>.csv', "\u202ex.csv", "量子 1.csv", "it's.csv"];
    expect((await look(folderOf(...names.map((n) => `cd/${n}`)))).paths.sort()).toEqual(names.map((n) => `cd/${n}`).sort());
  });
  it("keeps what --only names", async () => {
    const folder = folderOf("a/q1.csv", "a/q2.csv", "a/b/q1.csv", "q1.csv");
    expect((await look(folder, { only: "*/q1.csv*" })).paths).toEqual([]);
    expect((await look(folder, { only: "a/q*.csv" })).paths).toEqual(["a/q1.csv", "a/q2.csv"]);
    expect((await look(folder, { only: "**/q1.csv" })).paths).toEqual(["a/b/q1.csv", "a/q1.csv", "q1.csv"]);
    await expect(look(folder, { only: "{q" })).rejects.toThrow(UserError);
  });
  it("ends in loops, and a link takes no folder's name away", async () => {
    const folder = folderOf("cd07/q1.csv");
    symlinkSync("cd07", join(folder, "aaa"));
    symlinkSync("..", join(folder, "cd07", "up"));
    symlinkSync("loop", join(folder, "loop"));
    expect(await look(folder)).toEqual({ paths: ["cd07/q1.csv"], problems: [{ path: "loop", message: say.brokenLink() }] });
  });
  it("follows links out of the folder, but not into skipped ones", async () => {
    const outside = folderOf("cd08/q1.csv", "store/x.csv");
    const folder = folderOf("cd07/q1.csv");
    symlinkSync(join(outside, "cd08"), join(folder, "cd08"));
    symlinkSync(join(outside, "cd08", "q1.csv"), join(folder, "cd07", "q2.csv"));
    symlinkSync(join(outside, "store"), join(folder, "store"));
    expect((await look(folder, { skip: [join(outside, "store")] })).paths).toEqual(["cd07/q1.csv", "cd07/q2.csv", "cd08/q1.csv"]);
  });
  it("does not follow a link to what holds the folder, whichever way it is reached", async () => {
    const above = folderOf("lab/cd07/q1.csv", "private/x.csv", "beside/y.csv");
    const folder = join(above, "lab");
    symlinkSync("/", join(folder, "machine"));
    symlinkSync("../..", join(folder, "cd07", "up"));
    symlinkSync(join(above, "beside"), join(folder, "beside"));
    symlinkSync("..", join(above, "beside", "back"));
    expect(await look(folder)).toEqual({
      paths: ["beside/y.csv", "cd07/q1.csv"],
      problems: [
        { path: "beside/back", message: say.linkAbove(realpathSync(above)) },
        { path: "cd07/up", message: say.linkAbove(realpathSync(above)) },
        { path: "machine", message: say.linkAbove("/") },
      ],
    });
  });
  it("names broken links, pipes and folders with a file's name, and reads on", async () => {
    const folder = folderOf("cd/q1.csv", "cd/q2_t1.csv/inside.txt");
    symlinkSync("nowhere", join(folder, "cd", "gone.csv"));
    symlinkSync("q1.csv/below", join(folder, "cd", "through.csv"));
    execFileSync("mkfifo", [join(folder, "cd", "pipe.csv")]);
    mkdirSync(join(folder, "cd", "q3_t1.hdf5"));
    expect(await look(folder)).toEqual({
      paths: ["cd/q1.csv", "cd/q2_t1.csv/inside.txt"],
      problems: [
        { path: "cd/gone.csv", message: say.brokenLink() },
        { path: "cd/pipe.csv", message: say.notAFile() },
        { path: "cd/q2_t1.csv", message: say.folderLikeFile() },
        { path: "cd/q3_t1.hdf5", message: say.folderLikeFile() },
        { path: "cd/through.csv", message: say.brokenLink() },
      ],
    });
  });
  it("names a file whose name is not UTF-8", async () => {
    const folder = folderOf("q1.csv");
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/q2`), Buffer.from([0xff]), Buffer.from(".csv")]), "x");
    expect(await look(folder)).toEqual({ paths: ["q1.csv"], problems: [{ path: "q2\ufffd.csv", message: say.nameNotUtf8() }] });
  });
  it("names what it may not read", async () => {
    const folder = folderOf("cd/q1.csv", "cd/q2.csv", "locked/q3.csv");
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "cd/q2.csv"), 0);
    chmodSync(join(folder, "locked"), 0);
    const denied = say.unreadable("EACCES: permission denied");
    // The superuser may read everything: for a moment this test is somebody else, for whom access(2) still asks the real user.
    const superuser = process.geteuid?.() === 0;
    if (superuser) process.seteuid?.(65534);
    try {
      const { problems } = await look(folder);
      expect(problems).toContainEqual({ path: "locked", message: denied });
      expect(problems).toHaveLength(superuser ? 1 : 2);
    } finally {
      if (superuser) process.seteuid?.(0);
    }
  });
  it("a folder that is not there is an error a person can act on", async () => {
    await expect(look(join(tmpdir(), "gammawatt-none"))).rejects.toThrow(UserError);
  });
});
