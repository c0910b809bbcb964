import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";

/** Dimensions, numbers and unit of a variable. */
export type Variable = readonly [dimensions: readonly string[], values: readonly number[], unit: string];

/** A classic netCDF file as xarray writes it: coordinates named like their dimensions, units as attributes. */
export function netcdf3(
  coordinates: Readonly<Record<string, readonly number[]>>,
  variables: Readonly<Record<string, Variable>>,
  units: Readonly<Record<string, string>>,
): Uint8Array {
  const array = ([dimensions, values, unit]: Variable) => ({ type: "f8" as const, dimensions, values, attributes: { units: unit } });
  const own = Object.entries(coordinates).map(([name, values]) => [name, array([[name], values, units[name] ?? ""])]);
  return writeNetcdf3({
    dimensions: Object.fromEntries(Object.entries(coordinates).map(([name, values]) => [name, values.length])),
    variables: Object.fromEntries([...own, ...Object.entries(variables).map(([name, variable]) => [name, array(variable)])]),
  });
}
