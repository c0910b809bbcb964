import { execFile } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { checkBuild } from "./child.ts";
import { temporaryFolder } from "./lab.ts";

interface Measured {
  readonly open: number;
  readonly fresh: number;
  readonly wrong: number;
  readonly seconds: number;
  readonly megabytes: number;
}

async function measure(dir: string, records: number, numbers: number, cacheBytes: number): Promise<Measured> {
  checkBuild();
  const script = fileURLToPath(new URL("scale.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...[dir, records, numbers, cacheBytes].map(String)]);
  return JSON.parse(stdout) as Measured;
}

it("memory stays bounded while 800 MB are written and read back", async () => {
  const [MEGABYTE, CACHE] = [2 ** 20, 16 * 2 ** 20];
  const base = await measure(temporaryFolder(), 1, 1, CACHE);
  const dir = temporaryFolder();
  const written = await measure(dir, 800, MEGABYTE / 8, CACHE);
  const size = readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  expect(size).toBeGreaterThan(800 * MEGABYTE);
  const read = await measure(dir, 800, MEGABYTE / 8, CACHE);
  expect([written.fresh, written.wrong, read.fresh, read.wrong]).toEqual([800, 0, 0, 0]);
  // Cache 16 MB, segments of 8 MB being made or read, and what the garbage collector has not yet come to.
  expect(written.megabytes - base.megabytes).toBeLessThan(250);
  expect(read.megabytes - base.megabytes).toBeLessThan(250);
}, 300_000);

it("a store of 100 000 records opens at once", async () => {
  const dir = temporaryFolder();
  const first = await measure(dir, 100_000, 10, 16 * 2 ** 20);
  const second = await measure(dir, 100_000, 10, 16 * 2 ** 20);
  expect([first.fresh, first.wrong, second.fresh, second.wrong]).toEqual([100_000, 0, 0, 0]);
  // Some 0.1 s on an ordinary machine; the bounds leave room for busy ones.
  expect(second.open).toBeLessThan(1500);
  expect(second.seconds).toBeLessThan(20);
  expect(second.megabytes).toBeLessThan(600);
}, 300_000);
