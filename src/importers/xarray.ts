import type { Condition } from "../core/dataset.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { isDelayName, isRepetitionName, kindOfName, qubitOfName } from "./measurement-name.ts";
import { namedDatasets } from "./named-columns.ts";
import { contentsOf, type NetcdfContents, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf-view.ts";
import { netcdf3Version } from "./netcdf3-header.ts";
import { isUnitOf, siColumn } from "./si-column.ts";
import { datasetOf, pick } from "./signal.ts";
import { Unrecognised } from "./unrecognised.ts";
import { type Measured, type Signal, signalsOf } from "./xarray-signals.ts";

/**
 * Any other netCDF file (netCDF-4 or classic) whose variables carry units: every variable measured along a coordinate in s or Hz.
 * Further dimensions are repetitions when they have no coordinate or count, else they were swept.
 */
export const xarray: Importer = {
  name: "xarray",
  version: 1,
  reference: "https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html",
  recognise(probe: Probe): number {
    const contents = contentsOf(probe);
    // A classic file with a damaged header is still a netCDF file: reading it names what is wrong.
    if (contents === undefined) return netcdf3Version(probe.head) === undefined ? 0 : 0.4;
    if (probe.outline === undefined) return 0.4;
    return contents.variables.some(isNetcdf4) && axesOf(contents).length > 0 ? 0.4 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const view = await openNetcdf(file);
    if (hints.columns !== undefined) return namedDatasets(view, hints);
    const all: Dataset[] = [];
    for (const axis of axesOf(view)) all.push(...(await alongAxis(view, axis, file.probe.name, hints)));
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

async function alongAxis(view: NetcdfView, coordinate: NetcdfVariable, fileName: string, hints: Hints): Promise<Dataset[]> {
  const { values } = await view.numbers(coordinate.name);
  const axis = siColumn(coordinate.name, isUnitOf("s", unitOf(coordinate)) ? "delay" : "frequency", values, unitOf(coordinate));
  const along = view.variables.filter(
    (v) => (v.numeric || v.complex) && v.name !== coordinate.name && v.dimensions.includes(coordinate.name),
  );
  const shapes = new Set(along.map((v) => v.dimensions.join("\n")));
  const all: Dataset[] = [];
  for (const shape of shapes) {
    const variables = along.filter((v) => v.dimensions.join("\n") === shape);
    all.push(...(await sameDimensions(view, axis, variables, fileName, hints)));
  }
  return all;
}

async function sameDimensions(view: NetcdfView, axis: ColumnData, variables: readonly NetcdfVariable[], fileName: string, hints: Hints) {
  const measured: Measured[] = [];
  const complex: Signal[] = [];
  for (const v of variables) {
    const { values, imaginary } = await view.numbers(v.name);
    if (imaginary !== undefined) {
      const columns = [siColumn(`${v.name}.re`, "i", values, unitOf(v)), siColumn(`${v.name}.im`, "q", imaginary, unitOf(v))];
      complex.push({ name: v.name, columns, notes: [] });
    } else
      measured.push({ id: v.name, name: textOf(v.attributes.name), longName: textOf(v.attributes.long_name), unit: unitOf(v), values });
  }
  const { dimensions, shape } = variables[0]!;
  const outer = dimensions.map((name, k) => ({ name, k, length: shape[k] ?? 0 })).filter((d) => d.name !== axis.name);
  const coordinates = new Map<string, ColumnData>();
  for (const d of outer) {
    const v = view.variables.find((c) => c.numeric && c.name === d.name && c.shape.length === 1);
    if (v !== undefined && !isRepetitionName(d.name))
      coordinates.set(d.name, siColumn(d.name, "condition", (await view.numbers(v.name)).values, unitOf(v)));
  }
  const traces = outer.reduce((total, d) => total * d.length, 1);
  const title = titleOf(view);
  const stated = kindOfName(title) ?? kindOfName(fileName);
  const signals = [...complex, ...signalsOf(measured, view.file).signals];
  return signals.flatMap((signal) =>
    Array.from({ length: traces }, (_, index) => {
      const place = unravel(
        index,
        outer.map((d) => d.length),
      );
      const rows = rowsOf(
        shape,
        dimensions.indexOf(axis.name),
        outer.map((d) => d.k),
        place,
      );
      const conditions: Condition[] = outer.flatMap((d, k) => {
        const c = coordinates.get(d.name);
        return c === undefined ? [] : [{ name: d.name, value: c.values[place[k]!] ?? Number.NaN, unit: c.unit }];
      });
      return datasetOf(
        {
          axis,
          signal: signal.columns.map((c) => pick(c, rows)),
          qubit: qubitOfName(signal.name) || qubitOfName(title),
          trace: traces > 1 ? `${signal.name}[${index}]` : signal.name,
          conditions,
          repetition: traces === 1 ? "single" : conditions.length === 0 ? "repeat" : "swept",
          notes: signal.notes,
          stated,
        },
        hints,
      );
    }),
  );
}

/** Index in each dimension, the last one fastest. */
function unravel(index: number, lengths: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (let k = lengths.length - 1; k >= 0; k--) {
    place[k] = rest % lengths[k]!;
    rest = Math.floor(rest / lengths[k]!);
  }
  return place;
}

/** Row-major positions of the points along `axis` where the other dimensions are at `place`. */
function rowsOf(shape: readonly number[], axis: number, outer: readonly number[], place: readonly number[]): number[] {
  const stride = (k: number) => shape.slice(k + 1).reduce((total, n) => total * n, 1);
  const start = outer.reduce((sum, k, index) => sum + place[index]! * stride(k), 0);
  return Array.from({ length: shape[axis] ?? 0 }, (_, k) => start + k * stride(axis));
}
