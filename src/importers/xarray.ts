import { formatMessages } from "../core/messages/formats.ts";
import type { Dataset } from "../tables/dataset.ts";
import { meaningOf } from "./csv/names.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { measuredSignals } from "./meaning/bare-signals.ts";
import { isDelayName, kindOfName, qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { isUnitOf } from "./meaning/si-column.ts";
import { dividedByTexts, type TextAxis } from "./meaning/text-axis.ts";
import { netcdf3Version } from "./netcdf/header.ts";
import { contentsOf, type NetcdfContents, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf/view.ts";
import { alongGrid, type SweepAxis, type SweepTable, sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";
import { mapDatasets, mapsOf } from "./xarray/maps.ts";
import { complexSignal, type Measured, type Signal, signalsOf } from "./xarray/signals.ts";

/**
 * Any other netCDF file (netCDF-4 or classic) whose variables carry units: every variable measured along a coordinate in s or Hz.
 * Further dimensions are repetitions when they count, or have no coordinate and no name that says what was swept; else they were swept.
 */
export const xarray: Importer = {
  name: "xarray",
  version: 4,
  reference: "https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html",
  recognise(probe: Probe): number {
    const contents = contentsOf(probe);
    // A classic file with a damaged header is still a netCDF file: reading it names what is wrong.
    if (contents === undefined) return netcdf3Version(probe.head) === undefined ? 0 : 0.4;
    if (probe.outline === undefined) return 0.4;
    return contents.variables.some(isNetcdf4) && (axesOf(contents).length > 0 || mapsOf(contents).length > 0) ? 0.4 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const view = await openNetcdf(file);
    if (hints.columns !== undefined) return namedDatasets(view, hints);
    const all = await mapDatasets(view, hints);
    // QUAlibrate calls every file ds_raw.h5; the folder says what was measured.
    const names = [titleOf(view), file.probe.name, file.probe.path.split("/").at(-2) ?? ""];
    for (const axis of all.length > 0 ? [] : axesOf(view)) all.push(...(await alongAxis(view, axis, names, hints)));
    if (all.length === 0) throw new Unrecognised(formatMessages.noVariables());
    return all;
  },
};

const isNetcdf4 = (v: NetcdfVariable) => "CLASS" in v.attributes || "DIMENSION_LIST" in v.attributes || "_Netcdf4Dimid" in v.attributes;

/** Coordinates that can be the axis of a measurement: one-dimensional, named like their dimension, in s (a delay) or Hz. */
function axesOf(contents: NetcdfContents): NetcdfVariable[] {
  const coordinates = contents.variables.filter((v) => v.numeric && v.shape.length === 1 && v.dimensions[0] === v.name);
  const delays = coordinates.filter(
    (v) => isUnitOf("s", unitOf(v)) && [v.name, textOf(v.attributes.long_name)].some((n) => isDelayName(n, titleOf(contents))),
  );
  return delays.length > 0 ? delays : coordinates.filter((v) => isUnitOf("Hz", unitOf(v)));
}

const titleOf = (contents: NetcdfContents) =>
  ["name", "dataset_name", "title"].map((name) => textOf(contents.attributes[name])).find((text) => text !== "") ?? "";
const unitOf = (v: NetcdfVariable) => textOf(v.attributes.units) || textOf(v.attributes.unit);

async function alongAxis(view: NetcdfView, coordinate: NetcdfVariable, names: readonly string[], hints: Hints): Promise<Dataset[]> {
  const along = view.variables.filter(
    (v) => (v.numeric || v.complex) && v.name !== coordinate.name && v.dimensions.includes(coordinate.name),
  );
  const shapes = new Set(along.map((v) => v.dimensions.join("\n")));
  const all: Dataset[] = [];
  for (const shape of shapes) {
    const variables = along.filter((v) => v.dimensions.join("\n") === shape);
    for (const table of await tablesOf(view, variables, names)) all.push(...sweepTableDatasets(table, hints));
  }
  return all;
}

/**
 * The variables of equal dimensions as one long table, or as one for every text that a coordinate of texts holds.
 * @param names what may say which measurement it is: the file's title first
 */
async function tablesOf(view: NetcdfView, variables: readonly NetcdfVariable[], names: readonly string[]): Promise<SweepTable[]> {
  const { dimensions, shape, name } = variables[0]!;
  const place = `${view.file}:${name}`;
  const grid = (k: number, values?: Float64Array) => alongGrid(values, shape, k, place);
  const axes: SweepAxis[] = [];
  const texts: TextAxis[] = [];
  for (const [k, dimension] of dimensions.entries()) {
    const v = view.variables.find((c) => c.name === dimension && c.dimensions[0] === dimension);
    if (v?.text) texts.push({ name: dimension, texts: await view.texts(dimension), place: grid(k) });
    else if (v?.numeric && v.shape.length === 1) {
      const values = grid(k, (await view.numbers(dimension)).values);
      axes.push({ name: dimension, longName: textOf(v.attributes.long_name), unit: unitOf(v), values });
    } else axes.push({ name: dimension, ...(isCounter(dimension) ? { counts: true as const } : {}), unit: "", values: grid(k) });
  }
  const { signals, others } = await measuredIn(view, variables);
  const [title = ""] = names;
  const measurement = names.find((text) => kindOfName(text) !== undefined) ?? title;
  const table = { place, axes, signals, others, measurement, qubit: qubitOfName(title), started: "", notes: [] };
  return dividedByTexts(table, texts);
}

/** A dimension without coordinate counts repetitions, unless its name says what else differs along it. */
function isCounter(dimension: string): boolean {
  const meaning = meaningOf({ raw: dimension, name: dimension })?.meaning ?? "repeat";
  return !/qubit/i.test(dimension) && (meaning === "repeat" || meaning === "shots");
}

async function measuredIn(view: NetcdfView, variables: readonly NetcdfVariable[]): Promise<Pick<SweepTable, "signals" | "others">> {
  const measured: Measured[] = [];
  const complex: Signal[] = [];
  for (const v of variables) {
    const { values, imaginary } = await view.numbers(v.name);
    if (imaginary === undefined)
      measured.push({ id: v.name, name: textOf(v.attributes.name), longName: textOf(v.attributes.long_name), unit: unitOf(v), values });
    else complex.push(complexSignal(v.name, values, imaginary, unitOf(v)));
  }
  const named = signalsOf(measured, view.file);
  // Where nothing is called like a signal, what has no unit is one: single shots are.
  const { signals, others } = named.signals.length + complex.length > 0 ? named : measuredSignals(measured, view.file);
  return { signals: [...complex, ...signals], others };
}
