import type { Attributes } from "../hdf5/reader.ts";
import { readStatement, type Statement } from "./statement.ts";

/**
 * What the root attributes of an HDF5 or netCDF file state, with units in their names, in their texts, or in an attribute beside (`power_unit`). One without
 * a unit says nothing here: what its number means, only the program that wrote it knows.
 */
export function statedInAttributes(attributes: Attributes, file: string): Statement[] {
  return Object.entries(attributes).flatMap(([key, stored]) => {
    // netCDF keeps a number as a list of one.
    const value = Array.isArray(stored) && stored.length === 1 ? (stored as readonly (string | number)[])[0] : stored;
    if (typeof value !== "string" && typeof value !== "number") return [];
    const unit = attributes[`${key}_unit`] ?? attributes[`${key}_units`];
    const found = readStatement(key, value, typeof unit === "string" ? unit : "", `${file}:@${key}`);
    return found !== undefined && "name" in found ? [found] : [];
  });
}
