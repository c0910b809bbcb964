import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { importFolder } from "../../pipelines/steps/import.ts";
import type { RunOptions } from "../../pipelines/steps/options.ts";
import { writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { Store } from "../../src/pipeline/store.ts";

/** What is read from data.json stands in arrays.npz: a new archive means new numbers, although data.json is the same. */
describe("files that are read with another one", () => {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-beside-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "data.json"), '{"delay_us": "./arrays.npz#t", "p1": "./arrays.npz#p"}');
  const archive = (first: number) =>
    writeFileSync(join(folder, "arrays.npz"), writeNpz({ t: writeNpy([0, 1, 2, 3]), p: writeNpy([first, 0.5, 0.3, 0.2]) }));

  async function reading(): Promise<{ reasons: readonly (readonly [string, string])[]; inferred: boolean | undefined }> {
    const store = await Store.open(join(folder, ".gammawatt"));
    const options = { folder, store: join(folder, ".gammawatt"), out: join(folder, "out"), jobs: 2, onProgress: () => undefined };
    const files = await importFolder({ ...options, signal: new AbortController().signal } as unknown as RunOptions, undefined, store);
    const reasons = store.reasons.map((r) => [r.file, r.code] as const);
    await store.close();
    const result = files.find((f) => f.path === "data.json")?.result;
    return { reasons, inferred: result?.status === "imported" ? result.datasets[0]?.kindInferred : undefined };
  }

  it("are read again when it changes, appears or goes, and not otherwise", async () => {
    archive(0.9);
    expect((await reading()).reasons).toEqual([
      ["arrays.npz", "new-input"],
      ["data.json", "new-input"],
    ]);
    expect((await reading()).reasons).toEqual([]);
    archive(0.8);
    expect((await reading()).reasons).toEqual([
      ["arrays.npz", "input-changed"],
      ["data.json", "input-changed"],
    ]);
    writeFileSync(join(folder, "node.json"), '{"metadata": {"name": "T1"}}');
    const named = await reading();
    expect([named.reasons.map(([file]) => file), named.inferred]).toEqual([["data.json", "node.json"], false]);
    rmSync(join(folder, "node.json"));
    // What was read without it is still in the store.
    expect(await reading()).toEqual({ reasons: [], inferred: true });
  });
});
