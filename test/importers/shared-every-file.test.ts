import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { SHARED_DATA } from "./import-text.ts";
import { networkJudgement } from "./shared-networks.ts";
import { expectedOutcomes, type Outcome } from "./shared-outcomes.ts";

const present = existsSync(SHARED_DATA);
const files = present
  ? readdirSync(SHARED_DATA, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(SHARED_DATA, join(entry.parentPath, entry.name)))
      .sort()
  : [];
const expected = expectedOutcomes();

/** What became of a file. */
interface Found {
  readonly result: ImportResult;
  readonly datasets: readonly Dataset[];
  /** In the words of `Outcome.said`. */
  readonly said: string;
  readonly points: number;
  readonly against: string;
  readonly deviation: number;
}

/** `labber: 21 other of QB1 QB2 QB3`. */
function said(result: ImportResult): string {
  if (result.status !== "imported") return result.status === "failed" ? "refused" : result.status;
  const kinds = new Map<string, number>();
  for (const { kind } of result.datasets) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const qubits = new Set(result.datasets.map((dataset) => dataset.labels.qubit).filter((qubit) => qubit !== ""));
  const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(" + ");
  return `${result.importer}: ${counts}${qubits.size > 0 ? ` of ${[...qubits].join(" ")}` : ""}`;
}

async function look(path: string): Promise<Found> {
  const result = await importFile(join(SHARED_DATA, path), path, NO_HINTS);
  const datasets = result.status === "imported" ? result.datasets : [];
  const outcome = expected.get(path);
  const measured = outcome?.numbers === undefined ? undefined : (["python", sumDeviation(datasets, outcome)] as const);
  const [against, deviation] = measured ?? networkJudgement(path, datasets) ?? ["", 0];
  return { result, datasets, said: said(result), points: sum(datasets.map((d) => d.table.numRows)), against, deviation };
}

/** Points and ends of the axis exactly, sums relative to the sum of the moduli; infinite where a column is not there. */
function sumDeviation(datasets: readonly Dataset[], { columns = [], numbers = [] }: Outcome): number {
  const [points, first, last, ...sums] = numbers;
  const found = columns.map((text) =>
    datasets.flatMap((dataset) => {
      const column = columnsOf(dataset).find((c) => `${c.role} [${c.unit}]${c.inferred === undefined ? "" : "*"}` === text);
      return [...(column?.values ?? [])];
    }),
  );
  const axis = found[0] ?? [];
  const near = (a: number | undefined, b: number | undefined) => Math.abs(a! - b!) <= 1e-15 * Math.abs(b!);
  if (found.some((values) => values.length !== points) || !near(axis[0], first) || !near(axis.at(-1), last)) return Infinity;
  return Math.max(...found.map((values, c) => Math.abs(sum(values) - sums[c]!) / (sum(values.map(Math.abs)) || 1)));
}

const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);

describe.skipIf(!present)("every file of ../shared/data, measured or written elsewhere (skipped where the folder is absent)", () => {
  const found = new Map<string, Found>();

  beforeAll(async () => {
    for (const path of files) found.set(path, await look(path));
  }, 120_000);
  afterAll(closeHdf5);

  it.each(files)("%s", (path) => {
    const { said, result, deviation } = found.get(path)!;
    const outcome = expected.get(path);
    if (outcome === undefined) expect.fail(`"${path}" is new and became "${said}". Say in shared-outcomes.ts what has to become of it.`);
    expect(said).toBe(outcome.said);
    if (outcome.message !== undefined) expect(result).toMatchObject({ message: outcome.message });
    // exp3_digits.s1p holds 0.5 as -6.020599913 dB, ten digits.
    expect(deviation).toBeLessThan(path.endsWith("exp3_digits.s1p") ? 1e-10 : 1e-12);
  });

  // Source powers as the channel "RO - Power" stands in the files, dBm.
  it.each([
    ["labber-mit-equs/2018-10-05_DME/TMM10_resScan_vspower.hdf5", [0, -5, -10, -15, -20, -25, -30]],
    ["labber-mit-equs/2018-10-26_T1andFluxLines/BFC3-8B-ResSweep_vPow.hdf5", [0, -2, -4, -6, -8, -10, -12]],
  ])("%s: swept power in W", (path, dbm) => {
    const powers = found.get(path)!.datasets.slice(0, dbm.length);
    expect(powers.map((d) => d.conditions)).toEqual(dbm.map((x) => [{ name: "RO - Power", value: 1e-3 * 10 ** (x / 10), unit: "W" }]));
  });

  it("none is missing", () => {
    expect([...expected.keys()].filter((path) => !found.has(path))).toEqual([]);
  });

  it("prints what became of each", () => {
    const lines = [...found].map(([path, { said, points, against, deviation }]) => {
      const short = path.length > 92 ? `..${path.slice(-90)}` : path;
      const off = against === "" ? "" : `${against} ${deviation === 0 ? "0" : deviation.toExponential(0)}`;
      return `${short.padEnd(92)} ${said.padEnd(36)} ${String(points || "").padStart(6)}  ${off}`;
    });
    process.stdout.write(`${"file".padEnd(92)} ${"became".padEnd(36)} points  off by\n${lines.join("\n")}\n`);
    expect(lines.length).toBe(files.length);
  });
});
