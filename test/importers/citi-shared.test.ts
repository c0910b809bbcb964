import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/importers/import-file.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { SHARED_DATA, values } from "./import-text.ts";

type Matrix = [number, number][][];
interface Network {
  params: Record<string, number | string>;
  nports: number;
  npoints: number;
  f_hz_first: number;
  f_hz_last: number;
  s_first: Matrix;
  s_last: Matrix;
  sum_s: [number, number];
}
interface Expected {
  kind: string;
  n_networks: number;
  /** Some of them. */
  networks: Network[];
}

const folder = join(SHARED_DATA, "touchstone-citi");
const present = existsSync(folder);
const expected = present
  ? Object.entries(JSON.parse(readFileSync(join(folder, "expected.json"), "utf8").replace(/\bNaN\b/g, "null")) as Record<string, Expected>)
  : [];

async function datasetsOf(path: string): Promise<readonly Dataset[]> {
  const result = await importFile(join(SHARED_DATA, path), path, {});
  if (result.status !== "imported") throw new Error(`${path}: ${result.message}`);
  return result.datasets;
}

function expectNetwork(dataset: Dataset, network: Network): void {
  const numbers = new Map(columnsOf(dataset).map((c) => [c.name, c.values]));
  // One port of a file that states none stands as S alone.
  const name = (i: number, j: number) => (numbers.has("s_re") ? "s" : `s${i + 1}${j + 1}`);
  expect(dataset.kind).toBe("scattering");
  const frequency = values(dataset, "frequency");
  expect([frequency.length, frequency[0], frequency.at(-1)]).toEqual([network.npoints, network.f_hz_first, network.f_hz_last]);
  const near = (found: number, wanted: number, what: string) =>
    expect(Math.abs(found - wanted), what).toBeLessThan(1e-12 * Math.max(1, Math.abs(wanted)));
  const sum = [0, 0];
  for (const [point, matrix] of [
    [0, network.s_first],
    [-1, network.s_last],
  ] as const)
    matrix.forEach((row, i) => {
      row.forEach(([re, im], j) => {
        near(numbers.get(`${name(i, j)}_re`)!.at(point)!, re, name(i, j));
        near(numbers.get(`${name(i, j)}_im`)!.at(point)!, im, name(i, j));
      });
    });
  for (let i = 0; i < network.nports; i++)
    for (let j = 0; j < network.nports; j++)
      (["re", "im"] as const).forEach((part, k) => {
        for (const x of numbers.get(`${name(i, j)}_${part}`)!) sum[k]! += x;
      });
  near(sum[0]!, network.sum_s[0], "sum");
  near(sum[1]!, network.sum_s[1], "sum");
}

describe.skipIf(!present)("CITI and MDIF files of programs against scikit-rf (../shared/data; skipped where absent)", () => {
  const cases = expected.filter(([, c]) => c.kind === "citi" || c.kind === "mdif");

  it("finds the cases", () => {
    expect(cases.length).toBe(18);
  });

  it.each(cases)("%s", async (name, { networks, n_networks }) => {
    const datasets = await datasetsOf(`touchstone-citi/${name}`);
    expect(datasets.length).toBe(n_networks);
    // scikit-rf sorts by the parameters' text, the datasets stand in the order of the file.
    const key = (parameters: [string, number][]) => JSON.stringify(parameters.map(([p, x]) => [p.toLowerCase(), x]).sort());
    const byKey = new Map(datasets.map((d) => [key(d.conditions.map((c) => [c.name, c.value])), d]));
    networks.forEach((network, n) => {
      const parameters = Object.entries(network.params)
        .filter(([p]) => p !== "dummy")
        .map(([p, x]): [string, number] => [p, Number(x)]);
      const dataset = n_networks === 1 ? datasets[0]! : (byKey.get(key(parameters)) ?? datasets[n]!);
      expectNetwork(dataset, network);
    });
  });
});

describe.skipIf(!present)("CITI files by the format's manual (../shared/data; skipped where absent)", () => {
  it("reads the HP manual's example without values as numbered points", async () => {
    const [dataset] = await datasetsOf("touchstone-citi/handmade_citi/hp_example2_memory_novarlist.cti");
    expect(dataset!.kind).toBe("other");
    // expected_handmade_citi.json
    expect(values(dataset!, "s_re")).toEqual([-1.31189e-3, -3.67867e-3, -3.4399e-3, -2.70664e-4, 0.65892e-4]);
    expect(values(dataset!, "s_im")).toEqual([-1.4798e-3, -0.67782e-3, 0.58746e-3, -9.76175e-4, -9.61571e-4]);
  });

  it("reads the HP manual's example with a segment", async () => {
    const [dataset] = await datasetsOf("touchstone-citi/handmade_citi/hp_example3_seglist.cti");
    const frequency = values(dataset!, "frequency");
    expect([frequency.length, frequency[0], frequency.at(-1)]).toEqual([10, 1e9, 4e9]);
    expect(frequency[3]).toBeCloseTo(2e9, 5);
    expect([values(dataset!, "s_re", "11")[0], values(dataset!, "s_im", "11")[0]]).toEqual([0.086303, -0.898651]);
  });

  it("reads two packages with a power loop inside the frequency", async () => {
    const datasets = await datasetsOf("touchstone-citi/handmade_citi/two_packages_constant_comment.cti");
    expect(datasets.map((d) => d.labels.trace)).toEqual(["S21[0]", "S21[1]", "S21[2]", "S"]);
    expect(datasets[0]!.started).toBe("1990-02-26T17:53:33");
    expect(datasets.slice(0, 3).map((d) => [values(d, "frequency"), values(d, "s_re", "21")[0]])).toEqual(
      [1, 2, 3].map((s) => [[1e9, 2e9], s]),
    );
    const watts = [1e-6, 1e-5, 1e-4];
    datasets.slice(0, 3).forEach((d, i) => {
      expect(d.conditions).toEqual([{ name: "power", value: expect.closeTo(watts[i]!, 18), unit: "W" }]);
    });
    expect(values(datasets[3]!, "s_im", "11")[0]).toBeCloseTo(0.5, 10);
    expect(values(datasets[3]!, "s_mag", "21")[0]).toBeCloseTo(10 ** (-3 / 20), 15);
  });

  it("reads three nested VARs", async () => {
    const both = await datasetsOf("titorx-citi/tests/data.citi");
    // A second package holds the stability factor Mu1 over the same VARs.
    expect(both.map((d) => d.kind)).toEqual([...Array(18).fill("scattering"), ...Array(18).fill("other")]);
    const datasets = both.slice(0, 18);
    // data/README.md: L_load 6, C_d2 3, freq 6.
    expect(new Set(datasets.map((d) => values(d, "frequency").length))).toEqual(new Set([6]));
    expect(datasets.map((d) => d.conditions.map((c) => c.value)).slice(0, 4)).toEqual([
      [20, 1],
      [20, 1.5],
      [20, 2],
      [21, 1],
    ]);
  });
});
