import { ImportError } from "../core/errors.ts";
import { hdf5FamilyMessages as say } from "../core/messages/import-hdf5.ts";
import type { Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { Attributes, Hdf5Reader } from "./hdf5/reader.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { namesArrays } from "./meaning/stated-delay.ts";
import { openNetcdf, textOf } from "./netcdf/view.ts";
import { correctedData, pycqedCalibration, storedFit } from "./pycqed/analysis.ts";
import { pycqedSignals } from "./pycqed/signals.ts";
import { type SweepAxis, sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";
import type { Measured } from "./xarray/signals.ts";

/**
 * PycQED (HDF5): `/Experimental Data/Data` (points, sweep parameters and values), with names and units as attributes of the group; the last four
 * points of a calibrated measurement are two prepared 0 and two prepared 1 on ordinary delays; `/Analysis` may hold the fit that was made at once.
 */
export const pycqed: Importer = {
  name: "pycqed",
  version: 3,
  reference: "https://github.com/DiCarloLab-Delft/PycQED_py3",
  recognise({ outline }: Probe): number {
    const group = outline?.nodes.find((node) => node.path === "/Experimental Data" && node.type === "group");
    if (group === undefined) return 0;
    return "sweep_parameter_names" in group.attributes || "value_names" in group.attributes ? 1 : 0.7;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (namesArrays(hints)) return namedDatasets(await openNetcdf(file), hints);
    refuseDamage(file.probe.outline, file.probe.path);
    const reader = await file.hdf5();
    const { sweeps, values, points } = await columnsOf(reader, file.probe.path);
    if (points === 0) throw new Unrecognised(say.noData("PycQED"));
    const corrected = await correctedData(reader, points);
    const { signals, others } = pycqedSignals(values, corrected, file.probe.path);
    const measurement = measurementName(reader, file.probe.name);
    const stored = storedFit(reader, measurement);
    return sweepTableDatasets(
      {
        place: file.probe.path,
        axes: sweeps,
        signals,
        others,
        measurement,
        qubit: qubitOf(reader, measurement),
        started: await startedAt(reader),
        notes: stored === undefined ? [] : [stored],
        calibration: (signal, axis, rows) => pycqedCalibration(signal.columns, axis, rows, corrected),
      },
      hints,
    );
  },
};

interface Columns {
  readonly sweeps: readonly SweepAxis[];
  readonly values: readonly Measured[];
  readonly points: number;
}

async function columnsOf(reader: Hdf5Reader, file: string): Promise<Columns> {
  const path = "/Experimental Data/Data";
  const node = reader.outline.nodes.find((n) => n.path === path && n.type === "array");
  if (node === undefined || node.shape.includes(0)) return { sweeps: [], values: [], points: 0 };
  const group = reader.outline.nodes.find((n) => n.path === "/Experimental Data")?.attributes ?? {};
  const own = textsOf(node.attributes, "column_names").map((text) => /^(.*?)\s*\(([^()]*)\)\s*$/.exec(text) ?? [text, text, ""]);
  const named = (names: string[], units: string[]) => names.map((name, k) => ({ name, unit: units[k] ?? "" }));
  let sweeps = named(textsOf(group, "sweep_parameter_names"), textsOf(group, "sweep_parameter_units"));
  let values = named(textsOf(group, "value_names"), textsOf(group, "value_units"));
  if (sweeps.length === 0 || values.length === 0) {
    // Old files name the columns only at the data: "Time (s)", and the first one was swept.
    const columns = own.map((m) => ({ name: m[1] ?? "", unit: m[2] ?? "" }));
    [sweeps, values] = [columns.slice(0, 1), columns.slice(1)];
  }
  const { values: all, shape } = await reader.numbers(path);
  const [points = 0, width = 0] = shape;
  if (shape.length !== 2 || width !== sweeps.length + values.length || values.length === 0)
    throw new ImportError(say.columnCount(shape.length === 2 ? width : 0, sweeps.length, values.length), `${file}:${path}`);
  const column = (c: number) => Float64Array.from({ length: points }, (_, k) => all[k * width + c]!);
  return {
    // PycQED's first sweep parameter is the inner one.
    sweeps: sweeps.map((s, c) => ({ ...s, values: column(c) })).reverse(),
    values: values.map((v, c) => ({ id: v.name, name: v.name, longName: "", unit: v.unit, values: column(sweeps.length + c) })),
    points,
  };
}

function textsOf(attributes: Attributes, name: string): string[] {
  const value = attributes[name];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? [value] : [];
}

/** `T1_QL` of the settings, else of a file named `152324_T1_QL.hdf5`. */
function measurementName(reader: Hdf5Reader, fileName: string): string {
  const settings = reader.outline.nodes.find((n) => n.path === "/MC settings")?.attributes ?? {};
  return textOf(settings.measurement_name) || fileName.replace(/\.[^.]*$/, "").replace(/^\d{6}_/, "");
}

/** The part of the measurement's name that is an instrument of the file: PycQED keeps every qubit as one. */
function qubitOf(reader: Hdf5Reader, measurement: string): string {
  const words = measurement.split(/[^A-Za-z0-9]+/).filter((word) => /^q/i.test(word));
  const instruments = new Set(reader.outline.nodes.map((n) => n.path));
  const found = words.filter((word) => instruments.has(`/Instrument settings/${word}`));
  return found.length === 1 ? found[0]! : qubitOfName(measurement);
}

/** `begintime` is Python's struct_time: year, month, day, hour, minute, second, ... in local time; no zone is known. */
async function startedAt(reader: Hdf5Reader): Promise<string> {
  const path = "/MC settings/begintime";
  if (!reader.outline.nodes.some((n) => n.path === path && n.type === "array")) return "";
  const [year = 0, ...rest] = (await reader.numbers(path)).values;
  const [month, day, hour, minute, second] = rest.slice(0, 5).map((x) => String(Math.trunc(x)).padStart(2, "0"));
  return year > 1970 && second !== undefined ? `${Math.trunc(year)}-${month}-${day}T${hour}:${minute}:${second}` : "";
}
