import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Slot, StageKey } from "../../src/pipeline/key.ts";
import { Store, type StoreOptions } from "../../src/pipeline/store.ts";

/** An empty folder that goes away with the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "gammawatt-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface Result {
  readonly n: number;
  readonly square: number;
  readonly curve: readonly number[];
}
export const codec = jsonCodec<Result>();

/** What a stage of these tests gives for the number n. */
export function resultOf(n: number): Result {
  return { n, square: n * n, curve: Array.from({ length: 20 }, (_, i) => Math.sin(n + i)) };
}

export function slotOf(n: number): Slot {
  return { stage: "square", name: `trace ${n}`, file: `file${n}.csv` };
}

export function keyOf(n: number, change: Partial<StageKey> = {}): StageKey {
  return { stage: "square", version: 1, inputs: [`input${n}`], options: { offset: "free" }, ...change };
}

/** Computes the numbers 0..count-1 in a store of that folder. @returns the numbers that had to be computed. */
export async function runSquares(dir: string, count: number, options: StoreOptions & { complete?: boolean } = {}) {
  const store = await Store.open(dir, options);
  const computed: number[] = [];
  const values: Result[] = [];
  try {
    for (let n = 0; n < count; n++) {
      const run = () => {
        computed.push(n);
        return resultOf(n);
      };
      values.push((await store.compute(slotOf(n), keyOf(n), codec, run)).value);
    }
  } finally {
    await store.close({ complete: options.complete ?? true });
  }
  return { computed, values, reasons: store.reasons, notes: store.notes };
}
