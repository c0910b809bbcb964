import { type Netcdf3Array, writeNetcdf3 } from "../../importers/netcdf/write.ts";
import type { Complex } from "../complex-matrix.ts";

/** One qubit's averaged voltages against delay (s). */
export interface VoltageTrace {
  readonly qubit: string;
  readonly delays: readonly number[];
  readonly voltages: readonly Complex[];
}

/**
 * A file as tergite-autocalibration saves its T1 node: netCDF classic under the name `.hdf5`, one delay axis and one complex signal per qubit,
 * units "NA", all repeats under the same tuid.
 */
export function tergiteFile(name: string, tuid: string, traces: readonly VoltageTrace[]): Uint8Array {
  const dimensions: Record<string, number> = {};
  const signals: Record<string, Netcdf3Array> = {};
  const axes: Record<string, Netcdf3Array> = {};
  const repeats: Record<string, Netcdf3Array> = {};
  for (const { qubit, delays, voltages } of traces) {
    const [signal, axis, repeat] = [`y${qubit}`, `delays${qubit}`, `repeat${qubit}`];
    dimensions[axis] = delays.length;
    dimensions[repeat] = 1;
    dimensions.ReIm = 2;
    const described = (long: string) => ({ qubit, long_name: long, units: "NA" });
    signals[signal] = {
      type: "f8",
      dimensions: [axis, repeat, "ReIm"],
      attributes: { ...described(signal), _FillValue: Number.NaN },
      values: voltages.flatMap((v) => [v.re, v.im]),
    };
    const swept = { element_type: "qubit" };
    axes[axis] = { type: "f8", dimensions: [axis], attributes: { ...swept, ...described(axis), _FillValue: Number.NaN }, values: delays };
    repeats[repeat] = { type: "i4", dimensions: [repeat], attributes: { ...swept, ...described(repeat) }, values: [0] };
  }
  return writeNetcdf3({ dimensions, attributes: { name, tuid }, variables: { ...signals, ...axes, ...repeats } });
}
