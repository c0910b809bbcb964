import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { deviation, type ExpectedNetwork, type Matrix, matrixDeviation, networkDeviation, numbersByName } from "./expected-networks.ts";
import { SHARED_DATA } from "./import-text.ts";

type Json = Record<string, unknown>;
interface Computed extends ExpectedNetwork {
  kind: string;
  version?: string;
  z0_first?: [number, number][];
  raw_noise?: number[][] | null;
  n_networks?: number;
  networks?: (ExpectedNetwork & { params: Record<string, number | string> })[];
  data?: number[][];
}
interface HandMade {
  expected: { f?: number[]; S?: Matrix[]; error?: true };
}

const FOLDERS = ["touchstone-citi", "titorx-citi", "scresonators", "philzghub-qint-power"];
const present = FOLDERS.every((folder) => existsSync(join(SHARED_DATA, folder)));
const files = present
  ? FOLDERS.flatMap((folder) => readdirSync(join(SHARED_DATA, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !/^(?:LICENSE|README|expected)/.test(entry.name))
      .map((entry) => relative(SHARED_DATA, join(entry.parentPath, entry.name)))
      .sort()
  : [];
const json = (path: string) =>
  present ? (JSON.parse(readFileSync(join(SHARED_DATA, path), "utf8").replace(/\bNaN\b/g, "null")) as Json) : {};
const computed = json("touchstone-citi/expected.json") as Record<string, Computed>;
const handMade = json("touchstone-citi/handmade/expected_handmade.json") as Record<string, HandMade>;

/** The order in which scikit-rf stores the modes of the one mixed-mode file. */
const MODES: Readonly<Record<string, readonly string[]>> = { "ts/ex_16.ts": ["1", "D2,3", "C2,3", "4", "D6,5", "C6,5"] };

interface Row {
  file: string;
  importer: string;
  datasets: number;
  points: number;
  compared: string;
  deviation: number;
}

/** What the file is held against, and how far it is from that; infinite where the status is wrong. */
function judge(path: string, result: ImportResult): [compared: string, deviation: number] {
  const name = path.replace(/^touchstone-citi\//, "");
  const right = (holds: boolean) => (holds ? 0 : Infinity);
  const hand = handMade[name.replace(/^handmade\//, "")];
  const entry = computed[name];
  // FORMATS.md: an absent option line means the defaults, with a warning.
  if (hand?.expected.error && !name.endsWith("opt_absent.s1p")) return ["refused", right(result.status === "failed")];
  if (entry?.npoints === 0) return ["refused", right(result.status === "failed")];
  if (/\.json$|\.py$|filler$|conditions\.csv$|philzghub/.test(path)) return ["left alone", right(result.status === "unrecognised")];
  if (result.status !== "imported") return [result.message, Infinity];
  const [first] = result.datasets;
  if (hand !== undefined && !hand.expected.error) {
    const f = numbersByName(first!).get("frequency")!;
    const frequencies = (hand.expected.f ?? []).map((x, i) => deviation(f[i], x));
    return ["specification", Math.max(...frequencies, ...(hand.expected.S ?? []).map((s, point) => matrixDeviation(first!, point, s)))];
  }
  if (entry?.networks !== undefined) return ["scikit-rf", sweepDeviation(result.datasets, entry)];
  if (entry?.data !== undefined) return ["scikit-rf", tableDeviation(first!, entry.data)];
  if (entry !== undefined)
    return [
      "scikit-rf",
      Math.max(networkDeviation(first!, entry, MODES[name]), noiseDeviation(result.datasets[1], entry), impedanceDeviation(first!, entry)),
    ];
  if (/\.csv$/.test(path)) return ["its own text", traceDeviation(first!, path)];
  return ["read", 0];
}

/** Sweeps stand in the order of the file; scikit-rf sorts them, and misreads one parameter: the values themselves tell which is which. */
function sweepDeviation(datasets: readonly Dataset[], { n_networks, networks }: Computed): number {
  if (datasets.length !== n_networks) return Infinity;
  return Math.max(...networks!.map((network) => Math.min(...datasets.map((dataset) => networkDeviation(dataset, network)))));
}

/** A PNA table of receivers: frequency, then real and imaginary parts. */
function tableDeviation(dataset: Dataset, rows: number[][]): number {
  const columns = [...numbersByName(dataset).values()];
  return Math.max(...rows.flatMap((row, i) => row.map((x, c) => deviation(columns[c]?.[i], x))));
}

/** Version 2 states the noise resistance in ohm; R is 50 in all of these files. */
function noiseDeviation(dataset: Dataset | undefined, { raw_noise, version }: Computed): number {
  if (raw_noise === null || raw_noise === undefined) return 0;
  const numbers = dataset === undefined ? new Map<string, Float64Array>() : numbersByName(dataset);
  return Math.max(
    ...raw_noise.flatMap(([f, nf, magnitude, angle, rn], i) => {
      const radians = (angle! * Math.PI) / 180;
      const wanted = {
        frequency: f!,
        nf_min: nf!,
        gamma_opt_re: magnitude! * Math.cos(radians),
        gamma_opt_im: magnitude! * Math.sin(radians),
      };
      const all = { ...wanted, r_n: rn! / (version === "1.0" ? 1 : 50) };
      return Object.entries(all).map(([name, x]) => deviation(numbers.get(name)?.[i], x));
    }),
  );
}

/** Port impedances of the first frequency, where the comments state them for every one; of a matrix scikit-rf takes the first row, not the diagonal. */
function impedanceDeviation(dataset: Dataset, { z0_first = [] }: Computed): number {
  const numbers = numbersByName(dataset);
  if (!numbers.has("z1_re") || z0_first.some(([re]) => re === 0)) return 0;
  return Math.max(
    ...z0_first.flatMap(([re, im], i) => [
      deviation(numbers.get(`z${i + 1}_re`)?.[0], re),
      deviation(numbers.get(`z${i + 1}_im`)?.[0], im),
    ]),
  );
}

/** A headerless trace of Hz, dB and degrees against its first and last line. */
function traceDeviation(dataset: Dataset, path: string): number {
  const lines = readFileSync(join(SHARED_DATA, path), "utf8").trim().split(/\r?\n/);
  const numbers = numbersByName(dataset);
  const [frequency, re, im] = [numbers.get("frequency")!, numbers.get("s_re")!, numbers.get("s_im")!];
  return Math.max(
    frequency.length === lines.length ? 0 : Infinity,
    ...[0, lines.length - 1].flatMap((at) => {
      const [f, db, degrees] = lines[at]!.split(",").map(Number);
      const r = 10 ** (db! / 20);
      const angle = (degrees! * Math.PI) / 180;
      return [deviation(frequency[at], f!), deviation(re[at], r * Math.cos(angle)), deviation(im[at], r * Math.sin(angle))];
    }),
  );
}

describe.skipIf(!present)("every file of network parameters measured elsewhere (../shared/data; skipped where absent)", () => {
  const rows = new Map<string, Row>();

  beforeAll(async () => {
    for (const path of files) {
      const result = await importFile(join(SHARED_DATA, path), path, {});
      const datasets = result.status === "imported" ? result.datasets : [];
      const [compared, off] = judge(path, result);
      const importer = result.status === "unrecognised" ? "-" : result.importer;
      rows.set(path, {
        file: path,
        importer,
        datasets: datasets.length,
        points: datasets[0]?.table.numRows ?? 0,
        compared,
        deviation: off,
      });
    }
  });

  it("is there", () => {
    expect(Object.keys(computed).length).toBeGreaterThan(80);
    expect(files.length).toBeGreaterThan(130);
  });

  // exp3_digits.s1p holds 0.5 as -6.020599913 dB, ten digits; the sums over programs' files of nine digits agree to rounding.
  it.each(files)("%s", (path) => {
    expect(rows.get(path)!.deviation).toBeLessThan(path.endsWith("exp3_digits.s1p") ? 1e-10 : 1e-12);
  });

  it("prints what became of each", () => {
    const line = ({ file, importer, datasets, points, compared, deviation: off }: Row) =>
      `${file.split("/").slice(-2).join("/").slice(-68).padEnd(68)} ${importer.padEnd(13)} ${String(datasets).padStart(3)} ${String(points).padStart(6)}  ${compared.padEnd(13)} ${off === 0 ? "0" : off.toExponential(0)}`;
    const heading = `${"file".padEnd(68)} ${"importer".padEnd(13)} set points  held against  off by`;
    const table = [heading, ...[...rows.values()].map(line)];
    process.stdout.write(`${table.join("\n")}\n`);
    expect(table.length).toBe(files.length + 1);
  });
});
