import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closedStore } from "../../src/core/messages/store.ts";
import { random } from "../../src/core/random.ts";
import { Store } from "../../src/pipeline/store.ts";
import { codec, keyOf, resultOf, runSquares, slotOf, temporaryFolder } from "./lab.ts";

const COUNT = 40;
const EXPECTED = Array.from({ length: COUNT }, (_, n) => resultOf(n));

/** A store with several segments, as runs of different days leave it. */
async function filledStore(): Promise<string> {
  const dir = temporaryFolder();
  for (const count of [10, 20, 30, COUNT]) await runSquares(dir, count);
  return dir;
}
const storeFiles = (dir: string) => readdirSync(dir).filter((n) => n.endsWith(".arrow") || n === "manifest.json");

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 0x40;
  writeFileSync(path, bytes);
}

/** After damage: the results are right, only what was damaged is computed, with its reason, and the run after that does nothing. */
async function expectRecovery(dir: string, damage: string) {
  const run = await runSquares(dir, COUNT);
  expect(run.values, damage).toEqual(EXPECTED);
  expect(
    run.reasons.map((r) => Number(r.name.slice(6))).sort((a, b) => a - b),
    damage,
  ).toEqual(run.computed);
  for (const r of run.reasons) expect(["corrupt-record", "missing-output"], damage).toContain(r.code);
  if (run.computed.length > 0) expect(run.notes.length, damage).toBeGreaterThan(0);
  const again = await runSquares(dir, COUNT);
  expect(again.computed, damage).toEqual([]);
  expect(again.values, damage).toEqual(EXPECTED);
  return run;
}

describe("a damaged store", () => {
  it("recovers from a flipped bit anywhere in any file, and computes only what it hit", async () => {
    const dice = random(20260903);
    for (let round = 0; round < 60; round++) {
      const dir = await filledStore();
      const names = storeFiles(dir);
      const name = names[round % names.length]!;
      const at = Math.floor(dice.uniform() * readFileSync(join(dir, name)).length);
      flip(join(dir, name), at);
      const run = await expectRecovery(dir, `${name} byte ${at}`);
      // One segment holds ten records here; a damaged list or manifest loses all.
      expect(run.computed.length).toBeLessThanOrEqual(name.startsWith("segment-") ? 10 : COUNT);
    }
  });

  it("computes one record when one record is hit", async () => {
    const dir = await filledStore();
    for (const name of readdirSync(dir).filter((n) => n.startsWith("segment-"))) {
      const bytes = readFileSync(join(dir, name));
      const at = bytes.indexOf('"square":');
      expect(at).toBeGreaterThan(0);
      flip(join(dir, name), at + 10);
    }
    expect((await expectRecovery(dir, "one text per segment")).computed).toHaveLength(4);
  });

  it("recovers from files that were cut off or emptied", async () => {
    const dice = random(7);
    for (let round = 0; round < 24; round++) {
      const dir = await filledStore();
      const names = storeFiles(dir);
      const path = join(dir, names[round % names.length]!);
      truncateSync(path, round < names.length ? 0 : Math.floor(dice.uniform() * readFileSync(path).length));
      await expectRecovery(dir, `${path} cut`);
    }
  });

  it("recovers from deleted files: missing-output for a segment", async () => {
    const dir = await filledStore();
    rmSync(join(dir, readdirSync(dir).find((n) => n.startsWith("segment-"))!));
    const run = await expectRecovery(dir, "segment deleted");
    expect(run.computed).toHaveLength(10);
    expect(new Set(run.reasons.map((r) => r.code))).toEqual(new Set(["missing-output"]));
  });

  it("sets a damaged manifest aside under another name, with a note", async () => {
    const dir = await filledStore();
    writeFileSync(join(dir, "manifest.json"), "{}");
    const run = await expectRecovery(dir, "manifest");
    expect(run.computed).toHaveLength(COUNT);
    const aside = readdirSync(dir).find((n) => n.startsWith("manifest-damaged-"));
    expect(readFileSync(join(dir, aside!), "utf8")).toBe("{}");
    expect(run.notes[0]).toContain(aside);
  });

  it("recovers where the manifest is a directory", async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, "manifest.json"));
    expect((await runSquares(dir, 2)).computed).toEqual([0, 1]);
    expect((await runSquares(dir, 2)).computed).toEqual([]);
  });

  it("does not read the format of another version", async () => {
    const dir = await filledStore();
    const text = readFileSync(join(dir, "manifest.json"), "utf8");
    writeFileSync(join(dir, "manifest.json"), text.replace('"format":1', '"format":2'));
    expect((await expectRecovery(dir, "format")).computed).toHaveLength(COUNT);
  });

  it("never takes one record for another: exchanged segments are noticed", async () => {
    const dir = await filledStore();
    const [a, b] = readdirSync(dir)
      .filter((n) => n.startsWith("segment-"))
      .map((n) => join(dir, n));
    renameSync(a!, `${a}x`);
    renameSync(b!, a!);
    renameSync(`${a}x`, b!);
    expect((await expectRecovery(dir, "exchanged")).computed).toHaveLength(20);
  });

  it("reports a record that its codec cannot read, and computes it again", async () => {
    const dir = await filledStore();
    const store = await Store.open(dir);
    const strict = {
      encode: codec.encode,
      decode: (): never => {
        throw new TypeError("this is of an older form");
      },
    };
    const { fresh } = await store.compute(slotOf(0), keyOf(0), strict, () => resultOf(0));
    await store.close();
    expect(fresh).toBe(true);
    expect(store.reasons).toMatchObject([{ code: "corrupt-record", before: "this is of an older form" }]);
  });

  it("does not hide a value that was changed between computing and writing", async () => {
    const dir = temporaryFolder();
    const array = Float64Array.of(1, 2, 3);
    const key = keyOf(1);
    const passing = {
      encode: (a: Float64Array) => ({ text: "", arrays: [a] }),
      decode: (e: { arrays: readonly Float64Array[] }) => e.arrays[0]!,
    };
    const store = await Store.open(dir);
    await store.compute(slotOf(1), key, passing, () => array);
    array[0] = 99;
    await store.close();
    const again = await Store.open(dir);
    const { value, fresh } = await again.compute(slotOf(1), key, passing, () => Float64Array.of(1, 2, 3));
    await again.close();
    expect([fresh, ...value]).toEqual([true, 1, 2, 3]);
  });

  it("says so once when it cannot be written any more, and still closes", async () => {
    const dir = join(temporaryFolder(), "store");
    const store = await Store.open(dir);
    await store.compute(slotOf(0), keyOf(0), codec, () => resultOf(0));
    rmSync(dir, { recursive: true });
    const error = (await store.flush().catch((e: unknown) => e)) as Error;
    expect([error.name, error.message.includes("--store")]).toEqual(["UserError", true]);
    // The result is still there for this run.
    expect(store.peek(keyOf(0), codec)).toEqual(resultOf(0));
    await expect(store.close({ complete: true })).resolves.toBeUndefined();
  });

  it("keeps what was done when it is closed in the middle of a computation, which then says that it is closed", async () => {
    const dir = temporaryFolder();
    const store = await Store.open(dir);
    await store.compute(slotOf(0), keyOf(0), codec, () => resultOf(0));
    let finish: (r: ReturnType<typeof resultOf>) => void = () => undefined;
    const late = store.compute(slotOf(1), keyOf(1), codec, () => new Promise<ReturnType<typeof resultOf>>((resolve) => (finish = resolve)));
    await store.close();
    finish(resultOf(1));
    await expect(late).rejects.toThrow(closedStore());
    await expect(store.compute(slotOf(2), keyOf(2), codec, () => resultOf(2))).rejects.toThrow(closedStore());
    await store.close();
    expect((await runSquares(dir, 3)).computed).toEqual([1, 2]);
  });
});
