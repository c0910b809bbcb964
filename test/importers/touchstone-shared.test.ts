import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/touchstone.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { type Matrix, matrixDeviation, numbersByName } from "./expected-networks.ts";
import { noteTexts, SHARED_DATA } from "./import-text.ts";

interface HandMade {
  note: string;
  expected: { f?: number[]; S?: Matrix[]; error?: true; noise?: number[][]; z0_per_freq?: [number, number][] };
}
const folder = join(SHARED_DATA, "touchstone-citi");
const present = existsSync(folder);
const load = <T>(name: string): [string, T][] =>
  present ? Object.entries(JSON.parse(readFileSync(join(folder, name), "utf8").replace(/\bNaN\b/g, "null")) as Record<string, T>) : [];
const read = async (name: string) => importFile(join(folder, name), name, {});

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

const REFUSED: Readonly<Record<string, string>> = {
  "truncated_row.s2p": say.cutOff(3, 7, 9),
  "extra_pair.s1p": say.wrongCount(2, 4, 3, 1),
  "decimal_comma.s1p": say.notANumber(2, "1,5"),
};

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
        expect(matrixDeviation(dataset, point, matrix)).toBeLessThan(name === "exp3_digits.s1p" ? 1e-10 : 1e-13);
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
      else expect(result).toMatchObject({ status: "failed", message: REFUSED[name] });
    });
  },
);
