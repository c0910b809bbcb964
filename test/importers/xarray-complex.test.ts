import { afterAll, describe, expect, it } from "vitest";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { type Hdf5Array, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, type Hdf5Type, I32, REFERENCE, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { COMPLEX } from "./ddh5-writer.ts";
import { values } from "./import-text.ts";
import { datasetsFrom } from "./write-file.ts";

afterAll(closeHdf5);

const USES: Hdf5Type = {
  class: "record",
  members: [
    ["dataset", REFERENCE],
    ["dimension", I32],
  ],
};
const scale = (name: string, unit: string, items: readonly number[], place: number): Hdf5Array => ({
  ...row(F64, items),
  attributes: {
    CLASS: single({ class: "chars", bytes: 16 }, "DIMENSION_SCALE"),
    NAME: single({ class: "chars", bytes: 16 }, name),
    units: single(TEXT, unit),
    REFERENCE_LIST: row(USES, [["/q0", place]]),
  },
});

/** xarray through h5netcdf with `invalid_netcdf`: complex numbers are records (r, i). */
function file(outer: string, unit: string): Uint8Array {
  const attributes = { DIMENSION_LIST: row({ class: "list", of: REFERENCE }, [[`/${outer}`], ["/delay"]]), units: single(TEXT, "mV") };
  const items = Array.from({ length: 6 }, (_, k) => [k, 10 * k] as const);
  return hdf5File({
    attributes: { tuid: single(TEXT, "20260102-030405-678-abcdef"), dataset_name: single(TEXT, "T1 q0") },
    children: {
      [outer]: scale(outer, unit, [1, 2], 0),
      delay: scale("delay", "us", [0, 1, 2], 1),
      q0: { type: COMPLEX, shape: [2, 3], items, attributes },
    },
  });
}

describe("xarray with complex variables", () => {
  it.each([
    ["repetitions", "", "repeat"],
    ["flux", "mA", "swept"],
  ])("over %s [%s]: axis %s", async (outer, unit, axis) => {
    const all = await datasetsFrom("xarray", { "dataset.hdf5": file(outer, unit) });
    expect(all.map((d) => [d.kind, d.axis, d.labels.qubit, values(d, "i").map((x) => Math.round(x * 1e3))])).toEqual([
      ["decay", axis, "q0", [0, 1, 2]],
      ["decay", axis, "q0", [3, 4, 5]],
    ]);
    expect(values(all[1]!, "q")[2]).toBeCloseTo(0.05, 12);
    expect(values(all[1]!, "delay")[2]).toBe(2e-6);
  });
});
