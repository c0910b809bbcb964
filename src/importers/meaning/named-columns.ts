import type { Role } from "../../core/dataset.ts";
import { COLUMN_HINTS, ROLES } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import { unitConversion } from "../../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../../tables/dataset.ts";
import { arrayDatasets } from "../arrays/datasets.ts";
import type { NamedArray } from "../arrays/named-array.ts";
import type { Hints } from "../importer.ts";
import { isArrayPicture } from "../maps/array-picture.ts";
import { isMap } from "../maps/unfold.ts";
import { type NetcdfVariable, type NetcdfView, textOf } from "../netcdf/view.ts";
import { siColumn } from "./si-column.ts";

/**
 * Datasets from the arrays that the lab file names: role -> path inside the file, with or without the unit in a bracket (`/Data/t [us]`).
 * Arrays of one shape are read flat, row-major, into one dataset. Otherwise the axis is one-dimensional, and a two-dimensional array holds a trace
 * along it for each value of the array of the other length (`repeat`, `condition`, `power`); a complex array is `/path/re` and `/path/im`, or both
 * under the role `i` or `s_re`.
 * @throws ImportError when a path does not exist, lengths do not fit, or a unit is missing or contradicts the file's
 */
export async function namedDatasets(view: NetcdfView, hints: Hints): Promise<readonly Dataset[]> {
  const columns = withBothParts(view, hints);
  const named = Object.entries(columns).map(([role, text]) => ({ role, ...variableNamed(view, role, text, hints) }));
  const shapes = new Set(named.map(({ variable }) => variable.shape.join()));
  const lengths = new Set(named.map(({ variable }) => variable.shape.reduce((total, n) => total * n, 1)));
  const plain = named.every(({ role, variable }) => isRole(role) && !variable.complex && role !== "condition");
  const stepped = named.some(({ role }) => role === "power") && named.some(({ role }) => role === "delay" || role === "frequency");
  const map = isMap(Object.keys(columns)) || isArrayPicture(hints);
  if (plain && !stepped && !map && lengths.size === 1) return [await oneDataset(view, named, hints)];
  const arrays: NamedArray[] = [];
  for (const { variable, unit } of named)
    if (!arrays.some((a) => a.path === variable.name)) {
      const numbers = await view.numbers(variable.name);
      const shape = shapes.size === 1 && !map ? [numbers.values.length] : numbers.shape;
      arrays.push({ path: variable.name, ...numbers, shape, unit, dimensions: variable.dimensions });
    }
  // Texts may name the qubits of a two-dimensional array's traces.
  const sides = new Set(arrays.flatMap(({ shape }) => (shape.length === 2 ? shape : [])));
  for (const v of view.variables)
    if (v.text && sides.has(v.shape[0]!)) arrays.push({ path: v.name, shape: v.shape, texts: await view.texts(v.name) });
  const paths = Object.fromEntries(named.map(({ role, variable, part }) => [role, `/${variable.name}${part}`]));
  const name = view.file.slice(view.file.lastIndexOf("/") + 1);
  return arrayDatasets(arrays, { path: view.file, words: { name, prose: "" }, started: "" }, { ...hints, columns: paths });
}

/** A complex array named as `i` or `s_re` alone is the imaginary part, too. */
function withBothParts(view: NetcdfView, hints: Hints): Readonly<Record<string, string>> {
  const columns: Record<string, string> = { ...hints.columns };
  for (const [real, imaginary] of [
    ["i", "q"],
    ["s_re", "s_im"],
  ] as const) {
    const text = columns[real];
    if (text === undefined || columns[imaginary] !== undefined) continue;
    const { variable, part, bracket } = variableNamed(view, real, text, hints);
    if (!variable.complex || part !== "") continue;
    columns[real] = `/${variable.name}/re${bracket}`;
    columns[imaginary] = `/${variable.name}/im${bracket}`;
  }
  return columns;
}

/** Roles of which none is measured. */
const AXES: readonly string[] = ["delay", "time", "frequency", "power", "condition", "repeat", "shots", "sigma"];

async function oneDataset(view: NetcdfView, named: readonly (Found & { readonly role: string })[], hints: Hints): Promise<Dataset> {
  if (named.every(({ role }) => AXES.includes(role)))
    throw new ImportError(say.nothingMeasured(named.map(({ role }) => role)), hints.place ?? view.file);
  const columns: ColumnData[] = [];
  for (const { role, variable, unit } of named) {
    const { values } = await view.numbers(variable.name);
    columns.push(siColumn(`/${variable.name}`, role as Role, values, unit === "" ? "1" : unit));
  }
  const delay = columns.some((c) => c.role === "delay");
  const power = hints.power === undefined ? [] : [{ name: "power", value: hints.power.value, unit: "W" }];
  return makeDataset({
    kind: hints.kind ?? (delay ? "decay" : "other"),
    kindInferred: hints.kind === undefined && delay,
    labels: { cooldown: "", device: "", qubit: "", trace: columns.find((c) => c.role !== "delay")?.name ?? "" },
    started: "",
    columns,
    conditions: power,
    axis: "single",
    noise: noiseOf(columns, hints),
    notes: hints.kind === undefined && delay ? [{ code: "kind_inferred", text: formatMessages.kindInferred() }] : [],
  });
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function noiseOf(columns: readonly ColumnData[], hints: Hints): Dataset["noise"] {
  if (columns.some((c) => c.role === "sigma")) return { type: "sigma" };
  if (columns.some((c) => c.role === "shots")) return { type: "binomial", shots: "column" };
  return typeof hints.shots === "number" ? { type: "binomial", shots: hints.shots } : { type: "unknown" };
}

interface Found {
  readonly variable: NetcdfVariable;
  /** `/re` or `/im` of a complex array, else empty. */
  readonly part: string;
  /** The unit as it was written behind the path, with its bracket. */
  readonly bracket: string;
  /** Unit of the lab file or of the file; empty when the role needs none. */
  readonly unit: string;
}

function variableNamed(view: NetcdfView, role: string, text: string, hints: Hints): Found {
  const place = hints.place ?? view.file;
  if (!(COLUMN_HINTS as readonly string[]).includes(role)) throw new ImportError(formatMessages.roleNotForArrays(role), place);
  const strip = (path: string) => path.trim().replace(/^\/+/, "");
  const literal = view.variables.find((v) => v.name === strip(text));
  const bracket = literal === undefined ? /^(.*?)\s*\[([^\]]*)\]\s*$/.exec(text) : null;
  const path = strip(bracket?.[1] ?? text);
  const half = /^(.*)(\/(?:re|im))$/.exec(path);
  const variable = view.variables.find((v) => v.name === path) ?? view.variables.find((v) => v.complex && v.name === half?.[1]);
  if (variable === undefined) {
    const known = view.variables.filter((v) => v.numeric || v.complex).map((v) => `/${v.name}`);
    throw new ImportError(formatMessages.noSuchPath(text, known), place);
  }
  const part = variable.name === path ? "" : (half?.[2] ?? "");
  if (variable.complex && part === "" && !COMPLEX_ROLES.includes(role))
    throw new ImportError(say.complexAs(`/${variable.name}`, role), place);
  const stated = bracket?.[2]?.trim() ?? "";
  const own = textOf(variable.attributes.units) || textOf(variable.attributes.unit);
  const known = unitConversion(own) !== undefined && own.trim() !== "";
  if (stated !== "" && known && unitConversion(stated)?.toSI(1) !== unitConversion(own)?.toSI(1))
    throw new ImportError(formatMessages.unitConflict(text, stated, own), place);
  const unit = stated || (known ? own : "");
  if (unit === "" && !UNITLESS.includes(role) && !isArrayPicture(hints))
    throw new ImportError(formatMessages.unitMissing(role, variable.name, own), place);
  if (unit !== "" && unitConversion(unit) === undefined) throw new ImportError(formatMessages.unitUnknown(unit), place);
  return { variable, part, bracket: stated === "" ? "" : ` [${stated}]`, unit };
}

const COMPLEX_ROLES: readonly string[] = ["i", "s_re"];

/** Roles whose numbers have no unit, or none that matters: rotation and fit scale with it. */
const UNITLESS: readonly string[] = [
  ...["population", "counts", "shots", "sigma", "i", "q", "voltage", "s_re", "s_im", "s_mag", "s_db", "s_deg"],
  ...["condition", "repeat", "other"],
];
