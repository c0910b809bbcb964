import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/touchstone.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, SHARED_DATA } from "./import-text.ts";

type Matrix = [number, number][][];
interface HandMade {
  note: string;
  expected: { f?: number[]; S?: Matrix[]; error?: true; noise?: number[][] };
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

/** @param rounding relative error that the expected numbers were written with */
function expectMatrix(dataset: Dataset, point: number, matrix: Matrix, rounding = 1e-13): void {
  matrix.forEach((row, i) => {
    row.forEach(([re, im], j) => {
      const port = matrix.length < 10 ? `${i + 1}${j + 1}` : `${i + 1},${j + 1}`;
      const tolerance = rounding * Math.max(1, Math.hypot(re, im));
      const at = (role: "s_re" | "s_im") => columnOf(dataset, role, port)!.values.at(point)!;
      expect(Math.abs(at("s_re") - re), `Re S${port}`).toBeLessThan(tolerance);
      expect(Math.abs(at("s_im") - im), `Im S${port}`).toBeLessThan(tolerance);
    });
  });
}

describe.skipIf(!present)(
  "Touchstone files written from the specification (../shared/data, expected_handmade.json; skipped where absent)",
  () => {
    const cases = load<HandMade>("handmade/expected_handmade.json");

    it.each(cases.filter(([, c]) => c.expected.S !== undefined || c.expected.f !== undefined))("%s", async (name, { expected }) => {
      const result = await read(`handmade/${name}`);
      if (/^v2/.test(name)) {
        expect(result).toMatchObject({ status: "failed", message: say.version2(1) });
        return;
      }
      if (result.status !== "imported") throw new Error(result.message);
      const dataset = result.datasets[0]!;
      expect([...columnOf(dataset, "frequency")!.values]).toEqual(expected.f);
      expected.S?.forEach((matrix, point) => {
        // exp3_digits.s1p holds 0.5 as -6.020599913 dB, ten digits.
        expectMatrix(dataset, point, matrix, name === "exp3_digits.s1p" ? 1e-10 : 1e-13);
      });
      if (expected.noise !== undefined) expect(noteTexts(dataset)).toContain(say.noiseSkipped(expected.noise.length, 4));
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
  "Touchstone 1 files of instruments and programs against scikit-rf (../shared/data, expected.json; skipped where absent)",
  () => {
    const cases = load<Computed>("expected.json").filter(([, c]) => c.kind === "touchstone" && c.version === "1.0");

    it("finds the cases", () => {
      expect(cases.length).toBeGreaterThan(40);
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
      expectMatrix(dataset, 0, expected.s_first ?? []);
      expectMatrix(dataset, -1, expected.s_last ?? []);
      const sum = { re: 0, im: 0 };
      for (let i = 1; i <= expected.nports; i++)
        for (let j = 1; j <= expected.nports; j++) {
          const port = expected.nports < 10 ? `${i}${j}` : `${i},${j}`;
          for (const x of columnOf(dataset, "s_re", port)!.values) sum.re += x;
          for (const x of columnOf(dataset, "s_im", port)!.values) sum.im += x;
        }
      const scale = 1e-11 * expected.npoints * expected.nports ** 2;
      expect(Math.abs(sum.re - expected.sum_s[0])).toBeLessThan(scale);
      expect(Math.abs(sum.im - expected.sum_s[1])).toBeLessThan(scale);
      if (expected.raw_noise !== null)
        expect(noteTexts(dataset).some((text) => text.startsWith(`${expected.raw_noise!.length} lines of noise data`))).toBe(true);
    });
  },
);
