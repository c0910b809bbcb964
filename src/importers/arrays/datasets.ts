import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { arrayMessages } from "../../core/messages/import-numpy.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { meaningOf } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
import { qubitOfName } from "../meaning/measurement-name.ts";
import { Unrecognised } from "../unrecognised.ts";
import { AXES } from "./axes.ts";
import { headerOf, isVector, layOut } from "./layout.ts";
import { statedMap, unstatedMap } from "./map-datasets.ts";
import { withoutMesh } from "./meshgrid.ts";
import { type NamedArray, parentOf, squeezed } from "./named-array.ts";
import { surrounding } from "./outer-axis.ts";
import { type ArrayFile, tableDatasets } from "./table-datasets.ts";

/**
 * Datasets from named arrays. What an array means is what the lab file says (role -> path), else what its name and unit say, by the rules of table
 * headers (`csv/names.ts`); arrays of one record, struct or folder belong together.
 * @throws ImportError when a unit is missing, a path does not exist, or lengths do not fit
 * @throws Unrecognised when the names are not those of a measurement and the lab file says nothing
 */
export function arrayDatasets(arrays: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] {
  const numeric = withoutMesh(arrays.filter((a) => a.values !== undefined).map((a) => withUnit(a, arrays)));
  if (numeric.length === 0) throw new Unrecognised(arrayMessages.noArrays());
  if (hints.columns !== undefined) {
    const named = namedBy(numeric, hints, file);
    const map = statedMap(named.arrays, file, named.hints);
    if (map !== undefined) return map;
    const texts = arrays.filter((a) => a.texts !== undefined);
    return fromGroup(named.arrays, true, texts, file, named.hints);
  }
  const parents = [...new Set(numeric.map((a) => parentOf(a.path)))];
  const found: Dataset[] = [];
  let refusal: Unrecognised | undefined;
  for (const parent of parents) {
    try {
      const own = withSurroundings(numeric, parent);
      const qubit = qubitOfName(parent);
      const datasets = fromGroup(
        own,
        false,
        surrounding([...numeric, ...arrays.filter((a) => a.values === undefined)], parent),
        file,
        hints,
      );
      found.push(...datasets.map((d) => withinParent(d, d.labels.qubit || qubit, parent, found)));
    } catch (error) {
      if (!(error instanceof Unrecognised)) throw error;
      refusal ??= error;
    }
  }
  if (found.length === 0 && refusal !== undefined) throw refusal;
  return found;
}

/** Traces that another record or folder calls the same are told apart by its path: nothing says that they are repeats. */
function withinParent(dataset: Dataset, qubit: string, parent: string, before: readonly Dataset[]): Dataset {
  const { trace } = dataset.labels;
  const taken = before.some((d) => d.labels.qubit === qubit && d.labels.trace === trace);
  return { ...dataset, labels: { ...dataset.labels, qubit, trace: taken && parent !== "" ? `${parent}/${trace}` : trace } };
}

/** The array with the unit that a text beside it states: `delay_unit` or `delay_units` for `delay`. */
function withUnit(array: NamedArray, all: readonly NamedArray[]): NamedArray {
  const text = all.find((other) => other.texts?.length === 1 && /^_units?$/i.test(tail(other.path, array.path)))?.texts?.[0];
  return array.unit !== undefined || text === undefined ? array : { ...array, unit: text };
}

const tail = (path: string, start: string) => (path.startsWith(start) ? path.slice(start.length) : "");

/** The members of a record, struct or folder, with the settings around it and, where none of them is an axis, the axes of the nearest one around it. */
function withSurroundings(arrays: readonly NamedArray[], parent: string): NamedArray[] {
  const group = arrays.filter((a) => parentOf(a.path) === parent);
  if (group.every((a) => a.values?.length === 1)) return group;
  for (let above = parent; above !== ""; ) {
    above = parentOf(above);
    const around = arrays.filter((a) => parentOf(a.path) === above);
    if (axesOf(group).length === 0) group.push(...axesOf(around));
    const taken = new Set(group.map((a) => headerOf(a).name));
    group.push(...around.filter((a) => a.values?.length === 1 && !taken.has(headerOf(a).name)));
  }
  return group;
}

/** The arrays that the lab file names, by path, or by number where they are columns without name; and the lab file with their paths written out. */
function namedBy(all: readonly NamedArray[], hints: Hints, file: ArrayFile): { arrays: NamedArray[]; hints: Hints } {
  const arrays = all.flatMap(splitComplex);
  const used: NamedArray[] = [];
  const find = (text: string): string => {
    const path = text.trim().replace(/^\/+/, "");
    const bracket = /^(.*?)(\s*[[(][^\])]*[\])])$/.exec(path);
    const base = bracket?.[1] ?? path;
    const number = /^#\s*(\d+)$/.exec(base);
    const literal = arrays.find((a) => a.path === path);
    const found = literal ?? (number === null ? arrays.find((a) => a.path === base) : arrays[Number(number[1]) - 1]);
    if (found === undefined) {
      const known = arrays.map((a) => `/${a.path}`);
      throw new ImportError(formatMessages.noSuchPath(text, known), hints.place ?? file.path);
    }
    if (!used.includes(found)) used.push(found);
    return found.path + (literal === undefined ? (bracket?.[2] ?? "") : "");
  };
  const columns = Object.fromEntries(Object.entries(hints.columns ?? {}).map(([role, text]) => [role, find(text)]));
  const shots = typeof hints.shots === "string" ? { shots: find(hints.shots) } : {};
  return { arrays: used, hints: { ...hints, columns, ...shots } };
}

function splitComplex(array: NamedArray): NamedArray[] {
  const { values, imaginary, ...rest } = array;
  if (values === undefined || imaginary === undefined) return [array];
  return [
    { ...rest, path: `${array.path}/re`, values },
    { ...rest, path: `${array.path}/im`, values: imaginary },
  ];
}

/** @param around what else may tell the traces of a two-dimensional array apart */
function fromGroup(arrays: readonly NamedArray[], named: boolean, around: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] {
  const map = named ? undefined : unstatedMap(arrays, file, hints);
  if (map !== undefined) return map;
  const axes = named ? [hintedAxis(arrays, hints)] : axesOf(arrays);
  const scalars = named ? [] : arrays.filter((a) => a.values?.length === 1);
  const all: Dataset[] = [];
  let refusal: Unrecognised | undefined;
  for (const axis of axes) {
    // Arrays that belong to another axis only are not this table's.
    const others = axes.filter((other) => other.values?.length !== axis.values?.length && !crosses(arrays, axis, other));
    const own = arrays.filter((a) => !scalars.includes(a) && !others.some((other) => isVector(a, other.values!.length)));
    try {
      all.push(...tableDatasets(layOut(own, axis.path, axis.values!.length, named, file.path, around), scalars, file, hints));
    } catch (error) {
      if (!(error instanceof Unrecognised)) throw error;
      refusal ??= error;
    }
  }
  if (all.length > 0) return all;
  if (refusal !== undefined) throw refusal;
  throw new Unrecognised(arrayMessages.noAxis(arrays.map((a) => a.path)));
}

/** True when a map runs along both. */
function crosses(arrays: readonly NamedArray[], axis: NamedArray, other: NamedArray): boolean {
  return arrays.some((a) => {
    const shape = squeezed(a.shape);
    return shape.length === 2 && shape.includes(axis.values!.length) && shape.includes(other.values!.length);
  });
}

/** One axis per length, the likeliest meaning first; of two that a map crosses, only the likelier. */
function axesOf(arrays: readonly NamedArray[]): NamedArray[] {
  const rank = (a: NamedArray) => AXES.indexOf(meaningOf(headerOf(a))?.meaning ?? "other");
  const candidates = arrays.filter((a) => (a.values?.length ?? 0) > 1 && squeezed(a.shape).length === 1 && rank(a) >= 0);
  const axes: NamedArray[] = [];
  for (const a of candidates.sort((p, q) => rank(p) - rank(q)))
    if (!axes.some((b) => b.values!.length === a.values!.length || crosses(arrays, a, b))) axes.push(a);
  return axes;
}

function hintedAxis(arrays: readonly NamedArray[], hints: Hints): NamedArray {
  const roles = Object.keys(hints.columns ?? {});
  const at = AXES.map((role) => roles.indexOf(role)).find((index) => index >= 0);
  return arrays[at ?? 0]!;
}
