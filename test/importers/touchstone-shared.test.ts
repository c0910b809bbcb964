import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/touchstone.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, SHARED_DATA } from "./import-text.ts";

type Matrix = [number, number][][];
interface HandMade {
  note: string;
  expected: { f?: number[]; S?: Matrix[]; error?: true; noise?: number[][]; z0_per_freq?: [number, number][] };
}
interface Computed {
  kind: string;
  version: string;
  nports: number;
  npoints: number;
  f_hz_first: number;
  f_hz_last: number;
  /** Absent for very many ports. */
  s_first?: Matrix;
  s_last?: Matrix;
  sum_s: [number, number];
  raw_noise: number[][] | null;
}

const folder = join(SHARED_DATA, "touchstone-citi");
const present = existsSync(folder);
const load = <T>(name: string): [string, T][] =>
  present ? Object.entries(JSON.parse(readFileSync(join(folder, name), "utf8").replace(/\bNaN\b/g, "null")) as Record<string, T>) : [];
const read = async (name: string) => importFile(join(folder, name), name, {});

/** The order in which scikit-rf stores the modes of the one mixed-mode file. */
const MODES: Readonly<Record<string, readonly string[]>> = { "ts/ex_16.ts": ["1", "D2,3", "C2,3", "4", "D6,5", "C6,5"] };

const numbersByName = (dataset: Dataset) => new Map(columnsOf(dataset).map((c) => [c.name, c.values]));

/** Name of S_ij as a column, without its part; `names` where the ports are no numbers. */
function columnName(i: number, j: number, ports: number, names?: readonly string[]): string {
  if (names === undefined) return ports < 10 ? `s${i + 1}${j + 1}` : `s${i + 1},${j + 1}`;
  const [a, b] = [names[i]!, names[j]!];
  return a.length === 1 && b.length === 1 ? `s${a}${b}` : `s${a}|${b}`;
}

/** @param rounding relative error that the expected numbers were written with */
function expectMatrix(dataset: Dataset, point: number, matrix: Matrix, rounding = 1e-13, names?: readonly string[]): void {
  const numbers = numbersByName(dataset);
  matrix.forEach((row, i) => {
    row.forEach(([re, im], j) => {
      const name = columnName(i, j, matrix.length, names);
      const tolerance = rounding * Math.max(1, Math.hypot(re, im));
      expect(Math.abs(numbers.get(`${name}_re`)!.at(point)! - re), `Re ${name}`).toBeLessThan(tolerance);
      expect(Math.abs(numbers.get(`${name}_im`)!.at(point)! - im), `Im ${name}`).toBeLessThan(tolerance);
    });
  });
}

/** @param lines frequency, minimum noise figure, magnitude and angle of the optimum reflection, noise resistance over the reference */
function expectNoise(dataset: Dataset, lines: number[][]): void {
  const columns = numbersByName(dataset);
  lines.forEach(([f, nf, magnitude, angle, rn], i) => {
    const at = (name: string) => columns.get(name)![i]!;
    expect([at("frequency"), at("nf_min"), at("r_n")]).toEqual([f, nf, rn]);
    const angleInRadians = (angle! * Math.PI) / 180;
    expect(at("gamma_opt_re")).toBeCloseTo(magnitude! * Math.cos(angleInRadians), 14);
    expect(at("gamma_opt_im")).toBeCloseTo(magnitude! * Math.sin(angleInRadians), 14);
  });
}

describe.skipIf(!present)(
  "Touchstone files written from the specification (../shared/data, expected_handmade.json; skipped where absent)",
  () => {
    const cases = load<HandMade>("handmade/expected_handmade.json");

    it.each(cases.filter(([, c]) => c.expected.S !== undefined || c.expected.f !== undefined))("%s", async (name, { expected }) => {
      const result = await read(`handmade/${name}`);
      if (result.status !== "imported") throw new Error(result.message);
      const dataset = result.datasets[0]!;
      expect([...columnOf(dataset, "frequency")!.values]).toEqual(expected.f);
      expected.S?.forEach((matrix, point) => {
        // exp3_digits.s1p holds 0.5 as -6.020599913 dB, ten digits.
        expectMatrix(dataset, point, matrix, name === "exp3_digits.s1p" ? 1e-10 : 1e-13);
      });
      if (expected.noise !== undefined) {
        expect(noteTexts(dataset)).toContain(say.noiseRead(expected.noise.length, 4, 50));
        expectNoise(result.datasets[1]!, expected.noise);
      }
      expected.z0_per_freq?.forEach(([re, im], point) => {
        const column = (part: string) => columnsOf(dataset).find((c) => c.name === `z1_${part}`)!.values[point];
        expect([column("re"), column("im")]).toEqual([re, im]);
      });
    });

    it.each(cases.filter(([, c]) => c.expected.error === true))("%s is refused, or read with a warning", async (name) => {
      const result = await read(`handmade/${name}`);
      // FORMATS.md decides for the absent option line: the defaults, with a warning.
      if (name === "opt_absent.s1p") expect(result.status === "imported" && noteTexts(result.datasets[0]!)).toContain(say.noOptionLine());
      else expect(result).toMatchObject({ status: "failed", importer: "touchstone" });
    });
  },
);

describe.skipIf(!present)(
  "Touchstone files of instruments and programs against scikit-rf (../shared/data, expected.json; skipped where absent)",
  () => {
    const cases = load<Computed>("expected.json").filter(([, c]) => c.kind === "touchstone");

    it("finds the cases", () => {
      expect(cases.length).toBeGreaterThan(60);
    });

    it.each(cases)("%s", async (name, expected) => {
      const result = await read(name);
      if (expected.npoints === 0) {
        expect(result).toMatchObject({ status: "failed", message: say.noData() });
        return;
      }
      if (result.status !== "imported") throw new Error(result.message);
      const dataset = result.datasets[0]!;
      const frequency = columnOf(dataset, "frequency")!.values;
      expect(frequency.length).toBe(expected.npoints);
      expect(frequency[0]).toBeCloseTo(expected.f_hz_first, 3);
      expect(frequency.at(-1)).toBeCloseTo(expected.f_hz_last, 3);
      expectMatrix(dataset, 0, expected.s_first ?? [], 1e-13, MODES[name]);
      expectMatrix(dataset, -1, expected.s_last ?? [], 1e-13, MODES[name]);
      const sum = { re: 0, im: 0 };
      const numbers = numbersByName(dataset);
      for (let i = 0; i < expected.nports; i++)
        for (let j = 0; j < expected.nports; j++) {
          const column = columnName(i, j, expected.nports, MODES[name]);
          for (const x of numbers.get(`${column}_re`)!) sum.re += x;
          for (const x of numbers.get(`${column}_im`)!) sum.im += x;
        }
      const scale = 1e-11 * expected.npoints * expected.nports ** 2;
      expect(Math.abs(sum.re - expected.sum_s[0])).toBeLessThan(scale);
      expect(Math.abs(sum.im - expected.sum_s[1])).toBeLessThan(scale);
      if (expected.raw_noise !== null) {
        // Version 2 states the noise resistance in ohm; R is 50 in all of these files.
        const over = expected.version === "1.0" ? 1 : 50;
        expectNoise(
          result.datasets[1]!,
          expected.raw_noise.map((line) => line.map((x, k) => (k === 4 ? x / over : x))),
        );
      }
    });
  },
);
