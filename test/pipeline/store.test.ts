import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storeNotWritable } from "../../src/core/messages/store.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { StageKey } from "../../src/pipeline/key.ts";
import { Store } from "../../src/pipeline/store.ts";
import { codec, keyOf, resultOf, runSquares, slotOf, temporaryFolder } from "./lab.ts";

/** The reason that a second run gives for slot 0 when its key has changed. */
async function reasonAfter(first: StageKey, second: StageKey) {
  const dir = temporaryFolder();
  for (const key of [first, second]) {
    const store = await Store.open(dir);
    await store.compute(slotOf(0), key, codec, () => resultOf(0));
    await store.close({ complete: true });
    if (key === second) return store.reasons;
  }
  return [];
}

describe("a store", () => {
  it("computes once and reuses afterwards, with equal values", async () => {
    const dir = temporaryFolder();
    const first = await runSquares(dir, 30);
    const second = await runSquares(dir, 30);
    expect(first.computed).toHaveLength(30);
    expect(first.reasons.every((r) => r.code === "new-input")).toBe(true);
    expect(second.computed).toEqual([]);
    expect(second.reasons).toEqual([]);
    expect(second.values).toEqual(first.values);
    expect(second.notes).toEqual([]);
  });

  it("writes nothing in a run in which nothing changed", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 30);
    const before = readdirSync(dir).sort();
    await runSquares(dir, 30);
    expect(readdirSync(dir).sort()).toEqual(before);
  });

  it("gives the same bytes for the same inputs", async () => {
    const [a, b] = [temporaryFolder(), temporaryFolder()];
    await runSquares(a, 30);
    await runSquares(b, 30);
    expect(readdirSync(a).sort()).toEqual(readdirSync(b).sort());
  });

  it("computes equal keys that are asked for at the same time once", async () => {
    const store = await Store.open(temporaryFolder());
    let runs = 0;
    const slow = async () => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return resultOf(3);
    };
    const all = await Promise.all([0, 1, 2].map((i) => store.compute(slotOf(i), keyOf(3), codec, slow)));
    await store.close();
    expect(runs).toBe(1);
    expect(all.map((c) => c.fresh)).toEqual([true, false, false]);
    expect(all.map((c) => c.value)).toEqual([resultOf(3), resultOf(3), resultOf(3)]);
  });

  it("stores nothing of a stage that throws, and lets the error through", async () => {
    const dir = temporaryFolder();
    const store = await Store.open(dir);
    const failing = () => {
      throw new Error("no light in the fridge");
    };
    await expect(store.compute(slotOf(0), keyOf(0), codec, failing)).rejects.toThrow("no light in the fridge");
    await store.close();
    expect((await runSquares(dir, 1)).computed).toEqual([0]);
  });

  it("drops results that a complete run did not ask for, and keeps them after a filtered one", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 30);
    await runSquares(dir, 3, { complete: false });
    expect((await runSquares(dir, 30)).computed).toEqual([]);
    await runSquares(dir, 20);
    const again = await runSquares(dir, 30);
    expect(again.computed).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(again.reasons.every((r) => r.code === "new-input")).toBe(true);
  });

  it("rewrites segments that are mostly dead, without losing living records", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 100);
    await runSquares(dir, 5);
    expect(readdirSync(dir).filter((n) => n.startsWith("segment-"))).toHaveLength(1);
    const after = await runSquares(dir, 5);
    expect(after.computed).toEqual([]);
    expect(after.values).toEqual([0, 1, 2, 3, 4].map(resultOf));
  });

  it("merges segments once there are many small ones", async () => {
    const dir = temporaryFolder();
    for (let count = 1; count <= 20; count++) await runSquares(dir, count);
    expect(readdirSync(dir).filter((n) => n.startsWith("segment-")).length).toBeLessThan(17);
    expect((await runSquares(dir, 20)).computed).toEqual([]);
  });

  it("keeps named values over complete runs, and replaces them", async () => {
    const dir = temporaryFolder();
    const named = jsonCodec<{ run: number }>();
    for (let run = 1; run <= 3; run++) {
      const store = await Store.open(dir);
      expect(store.get("last-run", named)?.run).toBe(run === 1 ? undefined : run - 1);
      store.put("last-run", named, { run });
      expect(store.get("last-run", named)).toEqual({ run });
      await store.close({ complete: true });
    }
    await runSquares(dir, 2);
    const store = await Store.open(dir, { dryRun: true });
    expect(store.get("last-run", named)).toEqual({ run: 3 });
    await store.close();
  });

  it("reads without writing in a dry run, even from a folder that is not there", async () => {
    const dir = join(temporaryFolder(), "store");
    const empty = await runSquares(dir, 2, { dryRun: true });
    expect(empty.computed).toEqual([0, 1]);
    expect(existsSync(dir)).toBe(false);
    await runSquares(dir, 2);
    const before = readdirSync(dir).sort();
    const store = await Store.open(dir, { dryRun: true });
    expect(store.plan(slotOf(0), keyOf(0))).toBeUndefined();
    expect(store.plan(slotOf(5), keyOf(5))?.code).toBe("new-input");
    expect(store.peek(keyOf(1), codec)).toEqual(resultOf(1));
    expect(store.peek(keyOf(5), codec)).toBeUndefined();
    expect(store.latest(slotOf(1), codec)).toEqual(resultOf(1));
    await store.close({ complete: true });
    expect(readdirSync(dir).sort()).toEqual(before);
  });

  it("says --store when the folder cannot be written", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const dir = join(file, "store");
    const error = (await Store.open(dir).catch((e: unknown) => e)) as Error;
    expect(error.name).toBe("UserError");
    expect(error.message).toContain("--store");
    expect(error.message.startsWith(storeNotWritable(dir, "").split("(")[0]!)).toBe(true);
  });

  it("never deletes files that are not its own", async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, "raw"));
    for (const name of ["data.arrow", "segment-mine.arrow", "notes.tmp"]) writeFileSync(join(dir, name), "x");
    writeFileSync(join(dir, `segment-${"0".repeat(32)}.arrow`), "left behind by a killed run");
    writeFileSync(join(dir, ".gammawatt-0123456789abcdef.tmp"), "left behind by a killed run");
    await runSquares(dir, 1);
    const names = readdirSync(dir);
    expect(names).toEqual(expect.arrayContaining(["raw", "data.arrow", "segment-mine.arrow", "notes.tmp"]));
    expect(names).not.toContain(`segment-${"0".repeat(32)}.arrow`);
    expect(names).not.toContain(".gammawatt-0123456789abcdef.tmp");
  });
});

describe("each reason is reachable and printable", () => {
  it("new-input", async () => {
    expect((await runSquares(temporaryFolder(), 1)).reasons).toEqual([
      { stage: "square", name: "trace 0", file: "file0.csv", code: "new-input", before: "", after: "" },
    ]);
  });
  it("input-changed, with old and new id", async () => {
    const reasons = await reasonAfter(keyOf(0, { inputs: ["same", "old"] }), keyOf(0, { inputs: ["same", "new"] }));
    expect(reasons).toMatchObject([{ code: "input-changed", before: "old", after: "new" }]);
  });
  it("input-changed where only the order changed", async () => {
    const reasons = await reasonAfter(keyOf(0, { inputs: ["a", "b"] }), keyOf(0, { inputs: ["b", "a"] }));
    expect(reasons).toMatchObject([{ code: "input-changed", before: "a, b", after: "b, a" }]);
  });
  it("option-changed, with the option's name, old and new value", async () => {
    const options = (dB: number) => ({
      offset: "free",
      line: { attenuation: { quantity: { value: dB, sigma: 0.5, unit: "dB" }, entry: "lines.drive1.attenuation" } },
    });
    const reasons = await reasonAfter(keyOf(0, { options: options(72.3) }), keyOf(0, { options: options(72.9) }));
    expect(reasons).toMatchObject([
      { code: "option-changed", before: "lines.drive1.attenuation: 72.3 ± 0.5 dB", after: "lines.drive1.attenuation: 72.9 ± 0.5 dB" },
    ]);
  });
  it("stage-version", async () => {
    expect(await reasonAfter(keyOf(0), keyOf(0, { version: 2 }))).toMatchObject([
      { code: "stage-version", before: "square 1", after: "square 2" },
    ]);
  });
  it("stage-version for a library", async () => {
    const reasons = await reasonAfter(keyOf(0, { libraries: { a: "1", b: "1" } }), keyOf(0, { libraries: { a: "1", b: "2" } }));
    expect(reasons).toMatchObject([{ code: "stage-version", before: "b 1", after: "b 2" }]);
  });
  it("forced, once per run", async () => {
    const dir = temporaryFolder();
    await runSquares(dir, 2);
    const forced = await runSquares(dir, 2, { force: true });
    expect(forced.computed).toEqual([0, 1]);
    expect(forced.reasons.map((r) => r.code)).toEqual(["forced", "forced"]);
    const store = await Store.open(dir, { force: true });
    const fresh = [];
    for (const slot of [slotOf(0), slotOf(7)]) fresh.push((await store.compute(slot, keyOf(0), codec, () => resultOf(0))).fresh);
    await store.close();
    expect(fresh).toEqual([true, false]);
  });
  it("lists them by stage and file, in whatever order they were computed", async () => {
    const store = await Store.open(temporaryFolder());
    for (const n of [2, 0, 1]) await store.compute(slotOf(n), keyOf(n), codec, () => resultOf(n));
    await store.close();
    expect(store.reasons.map((r) => r.file)).toEqual(["file0.csv", "file1.csv", "file2.csv"]);
  });
});
