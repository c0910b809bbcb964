import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Random, random } from "../../../src/core/random.ts";
import { NO_HINTS } from "../../../src/importers/importer.ts";
import { ImportingProcess, type Outcome } from "./importing-process.ts";
import { changedWithin, damaged } from "./mutation.ts";
import { keyOf, type Seed } from "./seed.ts";

/** The bounds. */
const LONGEST = 5000;
const MOST_MEMORY = 2 ** 30;

/** What became of the damaged files of one importer. */
export interface Row {
  readonly importer: string;
  files: number;
  imported: number;
  failed: number;
  unrecognised: number;
  /** Milliseconds of all files. */
  spent: number;
  /** Milliseconds of the slowest file. */
  slowest: number;
  /** Bytes, of the importing process. */
  peak: number;
}

export interface Report {
  readonly rows: readonly Row[];
  /** Sentences, each with the command that repeats the file. */
  readonly failures: readonly string[];
}

export interface FuzzOptions {
  /** Only this damage: `<importer>/<title>#<number>`. */
  readonly replay?: string | undefined;
  /** A process of its own for every importer, so that its peak memory is known. */
  readonly separate?: boolean;
}

const root = mkdtempSync(join(tmpdir(), "gammawatt-fuzz-"));

/**
 * Imports `count` damaged files of each seed, in two processes: each has to be read to columns of equal length, be left alone, or be refused with its place and a
 * sentence, within the bounds of time and memory; what a checksum covers never gives other numbers.
 */
export async function fuzz(
  seeds: readonly Seed[],
  count: (seed: Seed) => number,
  { replay, separate = false }: FuzzOptions = {},
): Promise<Report> {
  const rows = new Map<string, Row>();
  const failures: string[] = [];
  const waiting = [...new Set(seeds.map((seed) => seed.importer))];
  const work = async () => {
    const process = new ImportingProcess();
    for (let importer = waiting.shift(); importer !== undefined; importer = waiting.shift()) {
      const row: Row = { importer, files: 0, imported: 0, failed: 0, unrecognised: 0, spent: 0, slowest: 0, peak: 0 };
      rows.set(importer, row);
      for (const seed of seeds.filter((s) => s.importer === importer))
        await fuzzSeed(seed, seeds, count(seed), process, row, failures, replay);
      if (separate) process.end();
    }
    process.end();
  };
  await Promise.all([work(), work()]);
  return { rows: [...rows.values()].sort((a, b) => (a.importer < b.importer ? -1 : 1)), failures };
}

async function fuzzSeed(
  seed: Seed,
  seeds: readonly Seed[],
  count: number,
  process: ImportingProcess,
  row: Row,
  failures: string[],
  replay: string | undefined,
): Promise<void> {
  const folder = mkdtempSync(join(root, "seed-"));
  const whole = await importIn(folder, seed, seed.bytes, seed.beside ?? {}, process);
  if (whole.status !== "imported" || whole.importer !== seed.importer) {
    failures.push(`${keyOf(seed)}: the undamaged seed is not read: ${JSON.stringify(whole)}`);
    return;
  }
  for (let number = 0; number < count; number++) {
    const name = `${keyOf(seed)}#${number}`;
    if (replay !== undefined && name !== replay) continue;
    const { how, bytes, beside, same } = damageOf(seed, seeds, number);
    let outcome = await importIn(folder, seed, bytes, beside, process);
    // A busy machine is no hang: what takes too long twice is one.
    if (outcome.status === "hung") outcome = await importIn(folder, seed, bytes, beside, process);
    row.files++;
    if (outcome.status === "imported" || outcome.status === "failed" || outcome.status === "unrecognised") row[outcome.status]++;
    row.spent += outcome.milliseconds;
    row.slowest = Math.max(row.slowest, outcome.milliseconds);
    row.peak = Math.max(row.peak, outcome.peak);
    const fault = faultOf(outcome, seed, same ? whole.numbers : undefined);
    if (fault !== undefined || replay !== undefined)
      failures.push(`${name} (${how}): ${fault ?? JSON.stringify(outcome)}\n  ${kept(name, seed, bytes, beside)}`);
  }
}

interface Damaged {
  readonly how: string;
  readonly bytes: Uint8Array;
  readonly beside: Readonly<Record<string, Uint8Array>>;
  /** Whether the numbers have to be the seed's if there are any. */
  readonly same: boolean;
}

function damageOf(seed: Seed, seeds: readonly Seed[], number: number): Damaged {
  const source = random(seedNumber(`${keyOf(seed)}#${number}`));
  const { bytes, beside = {}, covered, parts } = seed;
  const other = seeds[Math.floor(source.uniform() * seeds.length)]!.bytes;
  if (Object.keys(beside).length > 0 && source.uniform() < 0.2)
    return { bytes, same: false, ...oneDamaged(beside, source, other, (all) => ({ beside: all })) };
  if (parts !== undefined && source.uniform() < 0.5)
    return { beside, same: false, ...oneDamaged(parts.contents, source, other, (all) => ({ bytes: parts.pack(all) })) };
  if (typeof covered === "object" && source.uniform() < 0.3)
    return { how: "bytes under a checksum changed", bytes: changedWithin(bytes, covered, source), beside, same: true };
  return { beside, same: covered === "whole", ...damaged(bytes, source, other) };
}

function oneDamaged<T>(
  contents: Readonly<Record<string, Uint8Array>>,
  source: Random,
  other: Uint8Array,
  into: (contents: Readonly<Record<string, Uint8Array>>) => T,
): T & { readonly how: string } {
  const names = Object.keys(contents);
  const name = names[Math.floor(source.uniform() * names.length)]!;
  const { how, bytes } = damaged(contents[name]!, source, other);
  return { ...into({ ...contents, [name]: bytes }), how: `${how} in ${name}` };
}

function importIn(
  folder: string,
  seed: Seed,
  bytes: Uint8Array,
  beside: Readonly<Record<string, Uint8Array>>,
  process: ImportingProcess,
): Promise<Outcome> {
  const absolute = join(folder, seed.file);
  writeFileSync(absolute, bytes);
  for (const [name, content] of Object.entries(beside)) writeFileSync(join(folder, name), content);
  return process.import({ absolute, path: `cd1/run/${seed.file}`, hints: seed.hints ?? NO_HINTS }, LONGEST);
}

/** What is wrong with an outcome; undefined when it is one of those that are allowed. */
function faultOf(outcome: Outcome, seed: Seed, numbers: readonly string[] | undefined): string | undefined {
  if (outcome.peak > MOST_MEMORY) return `${outcome.peak} bytes of memory`;
  switch (outcome.status) {
    case "imported":
      if (outcome.uneven) return "columns of different lengths";
      if (numbers !== undefined && outcome.numbers.join() !== numbers.join()) return "other numbers although a checksum covers them";
      return undefined;
    case "failed":
      if (![seed.file, ...Object.keys(seed.beside ?? {})].some((name) => outcome.place.startsWith(`cd1/run/${name}`)))
        return `the place is ${outcome.place}`;
      return /bug of gammawatt|undefined|\[object|(?<!")\bNaN/.test(outcome.message) ? `${outcome.place}: ${outcome.message}` : undefined;
    case "unrecognised":
      return outcome.message === "" ? "no sentence" : undefined;
    default:
      return `${outcome.status}: ${outcome.message}`;
  }
}

/** Leaves the file where somebody can look at it, and says what to type. */
function kept(name: string, seed: Seed, bytes: Uint8Array, beside: Readonly<Record<string, Uint8Array>>): string {
  const folder = join(root, name.replaceAll(/[^\w.-]+/g, "_"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, seed.file), bytes);
  for (const [companion, content] of Object.entries(beside)) writeFileSync(join(folder, companion), content);
  return `kept as ${join(folder, seed.file)}; again: FUZZ=${JSON.stringify(name)} npx vitest run --config vitest.full.config.ts test/importers/fuzz.full.test.ts`;
}

/** FNV-1a. */
function seedNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

/** The rows as lines of text, with a sum. */
export function table(rows: readonly Row[]): string {
  const sum = (count: (row: Row) => number) => rows.reduce((all, row) => all + count(row), 0);
  const most = (value: (row: Row) => number) => Math.max(...rows.map(value));
  const total: Row = {
    importer: "all",
    files: sum((r) => r.files),
    imported: sum((r) => r.imported),
    failed: sum((r) => r.failed),
    unrecognised: sum((r) => r.unrecognised),
    spent: sum((r) => r.spent),
    slowest: most((r) => r.slowest),
    peak: most((r) => r.peak),
  };
  const cells = [...rows, total].map((r) => [
    r.importer,
    ...[r.files, r.imported, r.failed, r.unrecognised, Math.round(r.spent / 1000), Math.round(r.slowest), Math.round(r.peak / 2 ** 20)].map(
      String,
    ),
  ]);
  const header = ["format", "files", "read", "refused", "unrecognised", "all s", "slowest ms", "peak MiB"];
  const widths = header.map((_, k) => Math.max(...[header, ...cells].map((line) => line[k]!.length)));
  return [header, ...cells]
    .map((line) => line.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!))).join("  "))
    .join("\n");
}
