import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonCodec } from "../src/pipeline/codec.ts";
import { Store } from "../src/pipeline/store.ts";

const COUNTS = [2_000, 20_000];
const POINTS = 101;

/** About what a fit of a 101-point trace leaves behind: two columns of numbers and a few facts. */
interface FitLike {
  readonly rate: number;
  readonly y: readonly number[];
  readonly fit: readonly number[];
}
const codec = jsonCodec<FitLike>();

/** Rates of the store: records written, read back in a run in which nothing changed, and the time to open and close without reading. */
export async function storeBench(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "gammawatt-bench-"));
  try {
    const lines: string[] = [];
    for (const count of COUNTS) lines.push(await rates(join(folder, String(count)), count));
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function rates(dir: string, count: number): Promise<string> {
  const records = Array.from({ length: count }, (_, n) => ({ rate: 1e4 + n, y: curve(n, 0.01), fit: curve(n, 0) }));
  const write = await seconds(() => run(dir, records));
  const again = await seconds(() => run(dir, records));
  const open = await seconds(async () => (await Store.open(dir)).close());
  const sizes = await Promise.all((await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const perRecord = (t: number) => `${Math.round(count / t)}/s`;
  return `store, ${count} fits: write ${perRecord(write)}, unchanged ${perRecord(again)} (${(1000 * again).toFixed(0)} ms), open ${(1000 * open).toFixed(0)} ms, ${megabytes.toFixed(1)} MB`;
}

function curve(n: number, noise: number): number[] {
  return Array.from({ length: POINTS }, (_, i) => Math.exp(-i / (20 + (n % 7))) + noise * Math.sin(n * i));
}

async function run(dir: string, records: readonly FitLike[]): Promise<void> {
  const store = await Store.open(dir);
  for (const [n, record] of records.entries()) {
    const slot = { stage: "fit", name: `trace ${n}`, file: `cd07/q${n % 100}.csv` };
    const key = { stage: "fit", version: 1, inputs: [`dataset ${n}`], options: { offset: "free", excluded: [] } };
    await store.compute(slot, key, codec, () => record);
  }
  await store.close({ complete: true });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
