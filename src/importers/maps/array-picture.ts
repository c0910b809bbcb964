import { ImportError } from "../../core/errors.ts";
import { pictureMessages, unfoldMessages as say, unusedMapKey } from "../../core/messages/import-maps.ts";
import { quantity } from "../../core/quantity.ts";
import { unitConversion } from "../../core/units.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { type NamedArray, squeezed } from "../arrays/named-array.ts";
import type { Hints } from "../importer.ts";
import type { Picture } from "./picture.ts";
import { readPicture } from "./read-picture.ts";
import { isMapUnit } from "./statement.ts";

/** Whether the lab file describes an array of pixels: their size instead of arrays of positions. */
export function isArrayPicture({ columns = {}, map }: Hints): boolean {
  return map?.pixel !== undefined && columns.x === undefined && (columns.u ?? columns.r_total) !== undefined;
}

/**
 * Frames of pixels in an array of a file. `axes` of the lab file says which dimension is which: nothing in an array does.
 * @throws ImportError when `axes` is missing or does not fit, and as `readPicture`
 */
export function arrayPicture(array: NamedArray, hints: Hints, path: string): Dataset[] {
  const { columns = {}, map: { axes, ...map } = {}, ...rest } = hints;
  const other = Object.keys(columns).find((role) => role !== "u" && role !== "r_total");
  if (other !== undefined) throw new ImportError(unusedMapKey(`columns: { ${other} }`, pictureMessages.aPicture()), hints.place ?? path);
  const sizes = axes?.length === array.shape.length ? array.shape : squeezed(array.shape);
  if (axes === undefined || axes.length !== sizes.length || axes.includes("z") || !axes.includes("x"))
    throw new ImportError(say.pixelAxes(array.path, array.shape), hints.place ?? path);
  const size = (axis: "time" | "x" | "y") => sizes[axes.indexOf(axis)] ?? 1;
  const step = (axis: "time" | "x" | "y") =>
    sizes.slice(axes.indexOf(axis) + 1).reduce((product, n) => product * n, axes.includes(axis) ? 1 : 0);
  const [width, height, frames] = [size("x"), size("y"), size("time")];
  const [across, down, on] = [step("x"), step("y"), step("time")];
  const values = array.values!;
  const picture: Picture = {
    format: `array /${array.path}`,
    ...{ width, height, frames },
    numbers: "numbers",
    notes: [],
    counts: (frame) =>
      Float64Array.from({ length: width * height }, (_, k) => values[frame * on + Math.floor(k / width) * down + (k % width) * across]!),
  };
  const count = map.count ?? worthOfUnit(array.unit);
  return readPicture(() => picture, { ...rest, map: { ...map, ...(count === undefined ? {} : { count }) } }, path);
}

/** An array in J/m^2 holds counts that are worth 1 J/m^2. */
function worthOfUnit(text = "") {
  const conversion = text.trim() === "" ? undefined : unitConversion(text);
  const unit = conversion?.unit;
  return isMapUnit(unit) ? quantity(conversion!.toSI(1), unit) : undefined;
}
