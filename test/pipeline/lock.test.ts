import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockTakenOver, storeInUse } from "../../src/core/messages/store.ts";
import { Store } from "../../src/pipeline/store.ts";
import { startChild } from "./child.ts";
import { runSquares, temporaryFolder } from "./lab.ts";

const locksIn = (dir: string) => readdirSync(dir).filter((n) => n.startsWith("lock-"));

/** A lock as another process would have written it. */
function plantLock(dir: string, holder: object | string): string {
  const path = join(dir, "lock-00000000000000aa.json");
  writeFileSync(path, typeof holder === "string" ? holder : JSON.stringify(holder));
  return path;
}
const SINCE = "2026-09-03T10:00:00.000Z";

describe("the store's lock", () => {
  it("is given back on closing", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 1);
    expect(locksIn(dir)).toEqual([]);
  });

  it("keeps a second run out, also of the same process, and says what to type", async () => {
    const dir = temporaryFolder();
    const store = await Store.open(dir);
    const error = (await Store.open(dir).catch((e: unknown) => e)) as Error;
    await store.close();
    expect(error.name).toBe("UserError");
    expect(error.message).toContain(`process ${process.pid}`);
    expect(error.message).toContain("--store <dir>");
    expect(error.message.startsWith(storeInUse(dir, "", "").split("by")[0]!)).toBe(true);
    await (await Store.open(dir)).close();
  });

  it("lets a dry run read beside a writer", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 2);
    const writer = await Store.open(dir);
    expect((await runSquares(dir, 2, { dryRun: true })).computed).toEqual([]);
    await writer.close();
  });

  it("is taken over with a note when its process is gone", async () => {
    const dir = temporaryFolder();
    const child = startChild(dir, "hold");
    await child.until("open");
    expect(child.lines).toContain("open");
    await expect(Store.open(dir)).rejects.toThrow(`process ${child.process.pid}`);
    child.process.kill("SIGKILL");
    await child.ended;
    const { notes } = await runSquares(dir, 1);
    expect(notes).toHaveLength(1);
    const since = notes[0]!.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/)?.[0] ?? "";
    expect(notes[0]).toBe(lockTakenOver(child.process.pid!, since));
    expect(locksIn(dir)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")(
    "is taken over when another process has got the same number since (Linux: start time)",
    async () => {
      const dir = temporaryFolder();
      plantLock(dir, { pid: process.pid, host: hostname(), start: "another boot 1", since: SINCE });
      expect((await runSquares(dir, 1)).notes).toEqual([lockTakenOver(process.pid, SINCE)]);
    },
  );

  it("of another computer is never taken over; the error names the file to delete", async () => {
    const dir = temporaryFolder();
    const path = plantLock(dir, { pid: 1, host: "another-computer", start: "", since: SINCE });
    await expect(Store.open(dir)).rejects.toThrow(path);
    await expect(Store.open(dir)).rejects.toThrow('on the computer "another-computer"');
    expect(locksIn(dir)).toHaveLength(1);
  });

  it("cut off by a crash is removed once it is old, and respected while it is young", async () => {
    const dir = temporaryFolder();
    const path = plantLock(dir, '{"pid": 12');
    await expect(Store.open(dir)).rejects.toThrow(path);
    utimesSync(path, new Date(SINCE), new Date(SINCE));
    expect((await runSquares(dir, 1)).computed).toEqual([0]);
    expect(locksIn(dir)).toEqual([]);
  });

  it("that a killed process had not finished keeps nobody out, and is removed once it is old", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "lock-00000000000000aa.json.new");
    writeFileSync(path, '{"pid": 12');
    expect((await runSquares(dir, 1)).computed).toEqual([0]);
    expect(locksIn(dir)).toHaveLength(1);
    utimesSync(path, new Date(SINCE), new Date(SINCE));
    expect((await runSquares(dir, 1)).computed).toEqual([]);
    expect(locksIn(dir)).toEqual([]);
  });

  it("goes to exactly one of several processes that start together", async () => {
    const dir = temporaryFolder();
    const children = [1, 2, 3].map(() => startChild(dir, "hold"));
    await Promise.all(children.map((c) => c.until("open")));
    const opened = children.filter((c) => c.lines.includes("open"));
    const refused = children.filter((c) => c.lines.some((l) => l.startsWith("error") && l.includes("is in use by process")));
    expect([opened.length, refused.length]).toEqual([1, 2]);
    expect(refused[0]!.lines[0]).toContain(`process ${opened[0]!.process.pid}`);
    expect(locksIn(dir)).toHaveLength(1);
  });
});
