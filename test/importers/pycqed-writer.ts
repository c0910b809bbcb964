import { type Hdf5Array, type Hdf5Attributes, type Hdf5Group, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { BOOL, F32, F64, TEXT } from "../../src/simulate/writers/hdf5/types.ts";

export interface PycqedSpec {
  readonly measurement: string;
  readonly sweeps: readonly { readonly name: string; readonly unit: string; readonly values: readonly number[] }[];
  readonly values: readonly { readonly name: string; readonly unit: string; readonly values: readonly number[] }[];
  /** `/Analysis/Corrected data`. */
  readonly corrected?: readonly number[];
  /** `/Analysis/Fitted Params F|1>`: T1 in s and its error, as numbers, as texts, or in the report only. */
  readonly fit?: {
    readonly tau: number;
    readonly sigma: number;
    readonly as: "numbers" | "texts" | "report";
    readonly offset: "fixed" | "free";
  };
  readonly qubits?: readonly string[];
  /** Leaves out the group's attributes, as old files do. */
  readonly old?: boolean;
  /** A value that is named but has no column. */
  readonly missing?: string;
}

/** A PycQED file in the structure of real ones ("Version 2"), contiguous instead of chunked. */
export function pycqedFile(spec: PycqedSpec): Uint8Array {
  const all = [...spec.sweeps, ...spec.values];
  const points = all[0]?.values.length ?? 0;
  const texts = (list: readonly string[]) => row(TEXT, list);
  const names: Hdf5Attributes = {
    sweep_parameter_names: texts(spec.sweeps.map((s) => s.name)),
    sweep_parameter_units: texts(spec.sweeps.map((s) => s.unit)),
    value_names: texts([...spec.values.map((v) => v.name), ...(spec.missing === undefined ? [] : [spec.missing])]),
    value_units: texts(spec.values.map((v) => v.unit)),
  };
  const data: Hdf5Array = {
    type: F32,
    shape: [points, all.length],
    items: Float64Array.from({ length: points * all.length }, (_, k) => all[k % all.length]!.values[Math.floor(k / all.length)]!),
    attributes: { column_names: texts(all.map((c) => `${c.name} (${c.unit})`)) },
  };
  const settings = Object.fromEntries(
    (spec.qubits ?? []).map((name) => [name, { attributes: { operations: single(TEXT, "{}") }, children: {} }]),
  );
  return hdf5File({
    children: {
      ...(spec.corrected === undefined && spec.fit === undefined ? {} : { Analysis: analysis(spec) }),
      "Experimental Data": {
        attributes: { datasaving_format: single(TEXT, "Version 2"), ...(spec.old ? {} : names) },
        children: { Data: data },
      },
      "Instrument settings": { children: settings },
      "MC settings": {
        attributes: { measurement_name: single(TEXT, spec.measurement), mode: single(TEXT, "1D"), live_plot_enabled: single(BOOL, 1) },
        children: { begintime: { type: F32, shape: [9, 1], items: [2017, 6, 2, 15, 23, 24, 4, 153, 1] } },
      },
    },
  });
}

function analysis({ corrected, fit }: PycqedSpec): Hdf5Group {
  const children: Record<string, Hdf5Array | Hdf5Group> = {};
  if (corrected !== undefined) children["Corrected data"] = row(F64, corrected);
  if (fit !== undefined) {
    const value = (x: number) => (fit.as === "texts" ? single(TEXT, String(x)) : single(F64, x));
    const parameters: Record<string, Hdf5Group> = {
      tau: { attributes: { value: value(fit.tau), stderr: value(fit.sigma), vary: single(BOOL, 1) }, children: {} },
      offset: { attributes: { value: value(0), vary: single(BOOL, fit.offset === "free" ? 1 : 0) }, children: {} },
    };
    const report = `[[Variables]]\n    tau:        ${fit.tau} +/- ${fit.sigma} (2.02%) (init = 1e-4)\n    n:          1 (fixed)\n`;
    children["Fitted Params F|1>"] = {
      attributes: { "Fit Report": single(TEXT, report) },
      children: fit.as === "report" ? {} : parameters,
    };
  }
  return { attributes: { "corrected data based on": single(TEXT, "calibration points") }, children };
}
