import type { Complex } from "../complex-matrix.ts";
import { type Hdf5Attributes, hdf5File, row, single } from "./hdf5/file.ts";
import { BOOL, F32, F64, type Hdf5Type, I32, REFERENCE, TEXT } from "./hdf5/types.ts";

const SCALE_USES: Hdf5Type = {
  class: "record",
  members: [
    ["dataset", REFERENCE],
    ["dimension", I32],
  ],
};
const chars = (bytes: number): Hdf5Type => ({ class: "chars", bytes });

/**
 * A dataset.hdf5 as quantify-core saves it (xarray through netCDF-4): `x0` the setpoints, `y0` and `y1` the quadratures, one dimension
 * without a variable of its own. Calibration points, if any, are the last two points, on delays that go on as before.
 */
export function quantifyFile(name: string, tuid: string, delays: readonly number[], voltages: readonly Complex[]): Uint8Array {
  const n = delays.length;
  const variable = (own: Hdf5Attributes, values: readonly number[]) => ({
    type: F64,
    shape: [n],
    items: values,
    attributes: {
      _FillValue: row(F64, [Number.NaN]),
      batched: single(BOOL, 1),
      ...own,
      DIMENSION_LIST: row({ class: "list", of: REFERENCE }, [["/dim_0"]]),
    },
  });
  const signal = (short: string, long: string, values: readonly number[]) =>
    variable(
      {
        name: single(TEXT, short),
        units: single(TEXT, "V"),
        long_name: single(TEXT, long),
        batch_size: single(I32, 1024),
        coordinates: single(TEXT, "x0"),
      },
      values,
    );
  return hdf5File({
    attributes: {
      tuid: single(TEXT, tuid),
      name: single(TEXT, name),
      grid_2d: single(BOOL, 0),
      grid_2d_uniformly_spaced: single(BOOL, 0),
    },
    children: {
      dim_0: {
        type: F32,
        shape: [n],
        items: new Float64Array(n),
        attributes: {
          CLASS: single(chars(16), "DIMENSION_SCALE"),
          NAME: single(chars(64), `This is a netCDF dimension but not a netCDF variable.${String(n).padStart(10)}`),
          _Netcdf4Dimid: single(I32, 0),
          REFERENCE_LIST: row(SCALE_USES, [
            ["/x0", 0],
            ["/y0", 0],
            ["/y1", 0],
          ]),
        },
      },
      x0: variable({ name: single(TEXT, "tau"), units: single(TEXT, "s"), long_name: single(TEXT, "Delay time") }, delays),
      y0: signal(
        "I",
        "Voltage I",
        voltages.map((v) => v.re),
      ),
      y1: signal(
        "Q",
        "Voltage Q",
        voltages.map((v) => v.im),
      ),
    },
  });
}
