import { ImportError } from "../../core/errors.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { meaningOf } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
import { arrayPicture, isArrayPicture } from "../maps/array-picture.ts";
import { isMapUnit } from "../maps/statement.ts";
import { isMap, type MapArray, unfoldMap } from "../maps/unfold.ts";
import { Unrecognised } from "../unrecognised.ts";
import { headerOf, layOut } from "./layout.ts";
import type { NamedArray } from "./named-array.ts";
import { type ArrayFile, tableDatasets } from "./table-datasets.ts";

/** A map whose arrays the lab file names: positions and values, or pixels; undefined where what it names is no map. */
export function statedMap(arrays: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] | undefined {
  if (isArrayPicture(hints)) return arrayPicture(withBracket(arrays[0]!, hints), hints, file.path);
  return isMap(Object.keys(hints.columns ?? {})) ? fromMap(arrays, file, hints) : undefined;
}

/** The array with the unit that the lab file writes behind its path. */
function withBracket(array: NamedArray, { columns = {} }: Hints): NamedArray {
  const [, unit] = /[[(]([^\])]*)[\])]$/.exec((columns.u ?? columns.r_total ?? "").slice(array.path.length)) ?? [];
  return unit === undefined ? array : { ...array, unit };
}

/** The arrays of a map as one table, by the roles that the lab file gives them. */
function fromMap(arrays: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] {
  const columns: Record<string, string> = {};
  const parts: MapArray[] = [];
  for (const [role, text] of Object.entries(hints.columns ?? {})) {
    const array =
      arrays.find((a) => a.path === text) ?? arrays.find((a) => text.startsWith(a.path) && /^\s*[[(]/.test(text.slice(a.path.length)))!;
    // One vector may be the positions along both sides of a square.
    const path = parts.some((part) => part.array.path === array.path) ? `${array.path} as ${role}` : array.path;
    parts.push({ role, array: { ...array, path } });
    columns[role] = path + text.slice(array.path.length);
  }
  const long = unfoldMap(parts, hints.map?.axes, file.path);
  return tableDatasets(layOut(long, "", long[0]!.values!.length, true, file.path), [], file, { ...hints, columns });
}

/** Arrays whose names are those of a map; undefined where they are not. */
export function unstatedMap(arrays: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] | undefined {
  const roles = arrays.map((array) => ({ role: String(meaningOf(headerOf(array))?.meaning), array }));
  const parts = roles.filter(({ role, array }) => MAP_ROLES.includes(role) && array.imaginary === undefined);
  if (!isMap(parts.map((part) => part.role)) || new Set(parts.map((part) => part.role)).size < parts.length) return undefined;
  try {
    const long = unfoldMap(parts, hints.map?.axes, file.path);
    return tableDatasets(layOut(long, "", long[0]!.values!.length, true, file.path), [], file, hints);
  } catch (error) {
    // Any simulation calls its arrays x and u: without units, nothing says that this is one of ours.
    const ours = parts.some((part) => isMapUnit(headerOf(part.array).conversion?.unit));
    if (error instanceof ImportError && hints.kind === undefined && !ours) throw new Unrecognised(error.message);
    throw error;
  }
}

const MAP_ROLES = ["u", "r_total", "x", "y", "z", "time", "sigma"];
