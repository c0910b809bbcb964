import { describe, expect, it } from "vitest";
import { LabFileError } from "../../src/core/errors.ts";
import { expectedType, interval, keyOfOtherKind, outOfRange } from "../../src/core/messages/lab.ts";
import * as say from "../../src/core/messages/lab-maps.ts";
import { noUnit } from "../../src/core/messages/quantity.ts";
import { quantity } from "../../src/core/quantity.ts";
import { parseLab } from "../../src/lab/load.ts";

const entry = (keys: string, match = "map.tif") => `files: [{ match: "${match}", ${keys} }]`;
const mapOf = (keys: string, match?: string, path = "map.tif") => parseLab(entry(keys, match)).entryFor(path)?.entry.map;

/** Column and sentence of the first problem. */
function problem(keys: string): [column: number, message: string] | undefined {
  try {
    parseLab(entry(keys));
    return undefined;
  } catch (error) {
    if (!(error instanceof LabFileError)) throw error;
    return [Number(error.place.split(":")[2]), error.message];
  }
}

describe("what the lab file states about a map", () => {
  it("becomes SI numbers", () => {
    const keys =
      'kind: field, pixel: [2 um, -3 um], origin: [1 mm, 0 mm], frame: 1 ms, start: 0.5 ms, count: "3.2(1) uJ/m^2", dark: 100, gain: 2.1, read_noise: 1.6, mask: [0, 65535], bin: 4, axes: [time, y, x]';
    expect(mapOf(keys)).toEqual({
      pixel: [2e-6, -3e-6],
      origin: [1e-3, 0],
      frame: 1e-3,
      start: 5e-4,
      count: quantity(3.2e-6, "J/m^2", 1e-7),
      dark: 100,
      gain: 2.1,
      readNoise: 1.6,
      mask: [0, 65535],
      bin: 4,
      axes: ["time", "y", "x"],
    });
    expect(mapOf("kind: field, pixel: 2 um, times: [0 ms, 2 ms]")).toEqual({ pixel: [2e-6, 2e-6], times: [0, 2e-3] });
    expect(mapOf("kind: field")).toBeUndefined();
  });

  it("names what stands in rows and columns of a matrix", () => {
    expect(mapOf('kind: field-source, matrix: { across: "x [um]", down: "t [ms]", values: "r_total [mW/m^2]" }')).toEqual({
      matrix: { across: { role: "x", unit: "um" }, down: { role: "time", unit: "ms" }, values: { role: "r_total", unit: "mW/m^2" } },
    });
  });

  it("takes the time of a file from its name, with its unit behind it", () => {
    expect(mapOf("kind: field", "map_{time}ms.tif", "map_2.5ms.tif")).toEqual({ at: 2.5e-3 });
    expect(mapOf("kind: field", "map_{time}.tif", "map_2.tif")).toBeUndefined();
    expect(mapOf("kind: decay", "t1_{time}ms.csv", "t1_2ms.csv")).toBeUndefined();
  });

  const cases: [keys: string, pointsAt: string, message: string][] = [
    ["kind: field, pixel: 2", "2", noUnit("2", "m")],
    ["kind: field, pixel: 0 um", "0 um", outOfRange('"0 um"', "other than 0", "2 um")],
    ["kind: field, pixel: [1 um, 2 um, 3 um]", "[1 um, 2 um, 3 um]", say.pixel()],
    ["kind: field, origin: [1 um]", "[1 um]", say.origin()],
    ["kind: field, times: [2 ms, 1 ms]", "[2 ms, 1 ms]", say.times()],
    ["kind: field, on: [2 ms, 1 ms]", "[2 ms, 1 ms]", interval()],
    ["kind: field, frame: 1 ms, times: [1 ms]", "times:", say.framesTwice()],
    ["kind: field, start: 1 ms", "start:", say.startAlone()],
    ["kind: field, count: 3", "3", say.countExpected('"3"')],
    ["kind: field, count: 3 K", "3 K", say.countExpected('"3 K"')],
    ['kind: field, count: "0 J/m^2"', '"0 J/m^2"', say.countOfZero()],
    ['kind: field-source, count: "3 J/m^2"', "count:", say.countOfKind("J/m^2", "field-source")],
    ["kind: field, dark: 3", "dark:", say.darkAlone("dark")],
    ["kind: field, gain: -1", "-1", outOfRange('"-1"', "larger than 0", "2.1")],
    ["kind: field, mask: dark", "dark", expectedType("A number, as in 65535,", '"dark"')],
    ["kind: field, bin: 0", "0", say.bin('"0"')],
    ["kind: field, axes: [x, x]", "[x, x]", say.axes()],
    [
      'kind: field, matrix: { across: x, down: "y [um]", values: "u [J/m^2]" }',
      "x",
      say.roleInUnit('"x"', ["x", "y", "z", "time", "t"], "x [um]"),
    ],
    [
      'kind: field, matrix: { across: "x [s]", down: "y [um]", values: "u [J/m^2]" }',
      '"x [s]"',
      say.roleInUnit('"x [s]"', ["x", "y", "z", "time", "t"], "x [um]"),
    ],
    [
      'kind: field, matrix: { across: "x [um]", down: "y [um]", values: "v [V]" }',
      '"v [V]"',
      say.roleInUnit('"v [V]"', ["u", "r_total"], "u [J/m^2]"),
    ],
    ['kind: field, matrix: { across: "x [um]", down: "x [mm]", values: "u [J/m^2]" }', "matrix:", say.sameAxis("x")],
    [
      'kind: field-source, matrix: { across: "x [um]", down: "y [mm]", values: "u [J/m^2]" }',
      "matrix:",
      say.valuesOfKind("u", "field-source"),
    ],
    [
      'kind: field, columns: { u: "u" }, matrix: { across: "x [um]", down: "y [mm]", values: "u [J/m^2]" }',
      "matrix:",
      say.matrixOrColumns(),
    ],
    ["pixel: 2 um", "pixel:", keyOfOtherKind("pixel", ["field", "field-source"], undefined)],
    ["kind: decay, pixel: 2 um", "pixel:", keyOfOtherKind("pixel", ["field", "field-source"], "decay")],
  ];
  it.each(cases)("%s: the mistake is named in its place", (keys, pointsAt, message) => {
    expect(problem(keys)).toEqual([entry(keys).lastIndexOf(pointsAt) + 1, message]);
  });
});
