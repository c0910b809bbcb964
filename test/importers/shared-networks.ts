import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataset } from "../../src/tables/dataset.ts";
import { deviation, type ExpectedNetwork, type Matrix, matrixDeviation, networkDeviation, numbersByName } from "./expected-networks.ts";
import { SHARED_DATA } from "./import-text.ts";

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
  expected: { f?: number[]; S?: Matrix[]; noise?: number[][]; z0_per_freq?: [number, number][] };
}

const folder = join(SHARED_DATA, "touchstone-citi");
const json = (name: string) =>
  existsSync(folder) ? (JSON.parse(readFileSync(join(folder, name), "utf8").replace(/\bNaN\b/g, "null")) as unknown) : {};
const computed = json("expected.json") as Record<string, Computed>;
const handMade = json("handmade/expected_handmade.json") as Record<string, HandMade>;

/** The order in which scikit-rf stores the modes of the one mixed-mode file. */
const MODES: Readonly<Record<string, readonly string[]>> = { "ts/ex_16.ts": ["1", "D2,3", "C2,3", "4", "D6,5", "C6,5"] };

/**
 * What a file of network parameters is held against, and how far it is from that; undefined where nothing stands beside it. Where scikit-rf and the
 * specification differ, the specification wins.
 */
export function networkJudgement(path: string, datasets: readonly Dataset[]): [against: string, deviation: number] | undefined {
  const name = path.replace(/^touchstone-citi\//, "");
  const [first] = datasets;
  if (first === undefined) return undefined;
  const hand = handMade[name.replace(/^handmade\//, "")]?.expected;
  const entry = computed[name];
  if (hand?.f !== undefined) return ["specification", handMadeDeviation(datasets, hand)];
  if (entry?.networks !== undefined) return ["scikit-rf", sweepDeviation(datasets, entry)];
  if (entry?.data !== undefined) return ["scikit-rf", tableDeviation(first, entry.data)];
  if (entry === undefined) return undefined;
  const noise = noiseDeviation(datasets[1], entry.raw_noise ?? [], entry.version === "1.0" ? 1 : 50);
  return ["scikit-rf", Math.max(networkDeviation(first, entry, MODES[name]), noise, impedanceDeviation(first, entry))];
}

function handMadeDeviation(datasets: readonly Dataset[], { f = [], S = [], noise = [], z0_per_freq = [] }: HandMade["expected"]): number {
  const numbers = numbersByName(datasets[0]!);
  return Math.max(
    ...f.map((x, i) => deviation(numbers.get("frequency")?.[i], x)),
    ...S.map((matrix, point) => matrixDeviation(datasets[0]!, point, matrix)),
    ...z0_per_freq.flatMap(([re, im], i) => [deviation(numbers.get("z1_re")?.[i], re), deviation(numbers.get("z1_im")?.[i], im)]),
    noiseDeviation(datasets[1], noise, 1),
  );
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

/**
 * @param lines frequency, minimum noise figure, magnitude and angle of the optimum reflection, noise resistance
 * @param unit of the noise resistance: version 2 states it in ohm, and R is 50 in all of these files
 */
function noiseDeviation(dataset: Dataset | undefined, lines: readonly number[][], unit: number): number {
  const numbers = dataset === undefined ? new Map<string, Float64Array>() : numbersByName(dataset);
  return Math.max(
    0,
    ...lines.flatMap(([f, nf, magnitude, angle, rn], i) => {
      const radians = (angle! * Math.PI) / 180;
      const optimum = { gamma_opt_re: magnitude! * Math.cos(radians), gamma_opt_im: magnitude! * Math.sin(radians) };
      return Object.entries({ frequency: f!, nf_min: nf!, ...optimum, r_n: rn! / unit }).map(([name, x]) =>
        deviation(numbers.get(name)?.[i], x),
      );
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
