import { describe, expect, it } from "vitest";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { importContent, noteTexts, values } from "./import-text.ts";

/** Line and sentence with which a file is refused. */
export interface Refusal {
  readonly line?: number;
  readonly message: string;
}

/** A point of a format's grammar, a file that turns on it (name and content), and what is read from it. */
export type GrammarRow = readonly [
  point: string,
  file: string,
  content: string | Uint8Array,
  outcome: Refusal | ((first: Dataset, all: readonly Dataset[]) => void),
];

/** One test for each point. */
export function grammar(title: string, rows: readonly GrammarRow[]): void {
  describe(title, () => {
    it.each(rows)("%s", async (_, file, content, outcome) => {
      const result = await importContent(file, content);
      if (typeof outcome === "function") {
        if (result.status !== "imported") throw new Error(result.message);
        outcome(result.datasets[0]!, result.datasets);
      } else {
        const { line, message } = outcome;
        expect(result).toMatchObject({ status: "failed", message, ...(line === undefined ? {} : { place: `${file}:${line}` }) });
      }
    });
  });
}

/** The axis and every S-parameter, by port: `{ f: [1e9], 21: [[re, im]] }`. */
export function network(dataset: Dataset): Record<string, unknown> {
  const columns = columnsOf(dataset);
  const found: Record<string, unknown> = { f: [...columns[0]!.values] };
  for (const { port, role, values: re } of columns) {
    if (role !== "s_re") continue;
    const im = values(dataset, "s_im", port);
    found[port ?? ""] = Array.from(re, (x, i) => [x, im[i]]);
  }
  return found;
}

/** The file is read as this network, every number to the last bits. */
export const reads = (expected: Record<string, unknown>) => (dataset: Dataset) => expect(network(dataset)).toEqual(closeTo(expected));

/** The file is read, and this sentence is among the notes. */
export const notes =
  (...sentences: readonly string[]) =>
  (dataset: Dataset) =>
    expect(noteTexts(dataset)).toEqual(expect.arrayContaining([...sentences]));

/** Both, or more of them. */
export const and =
  (...checks: readonly ((first: Dataset, all: readonly Dataset[]) => void)[]) =>
  (first: Dataset, all: readonly Dataset[]) => {
    for (const check of checks) check(first, all);
  };

/** Cosines and powers of ten leave a few units in the last place. */
function closeTo(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? expect.closeTo(value, Math.abs(value) > 1e6 ? 3 : 14) : value;
  if (Array.isArray(value)) return value.map(closeTo);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([k, x]) => [k, closeTo(x)]));
  return value;
}
