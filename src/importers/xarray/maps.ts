import type { ColumnHint } from "../../core/dataset.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { meaningOf } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
import { namedDatasets } from "../meaning/named-columns.ts";
import { isUnitOf } from "../meaning/si-column.ts";
import { type NetcdfContents, type NetcdfVariable, type NetcdfView, textOf } from "../netcdf/view.ts";

/** Variables of one map, by their roles. */
type MapVariables = Readonly<Partial<Record<ColumnHint, NetcdfVariable>>>;

/** The maps of a file: variables in J/m^2, J/m, W/m^2 or W/m with coordinates x (and y, z, time) whose units are stated. */
export function mapsOf({ variables }: NetcdfContents): MapVariables[] {
  return variables.flatMap((signal) => {
    const role = signalRole(signal);
    if (role === undefined) return [];
    const beside = variables.filter(
      (v) => v !== signal && v.numeric && v.dimensions.every((name) => name !== "" && signal.dimensions.includes(name)),
    );
    const map: Partial<Record<ColumnHint, NetcdfVariable>> = { [role]: signal };
    for (const v of beside) {
      const own = coordinateRole(v) ?? (isSigmaOf(v, signal) ? "sigma" : undefined);
      if (own !== undefined) map[own] ??= v;
    }
    return map.x === undefined ? [] : [map];
  });
}

/** One dataset per map. */
export async function mapDatasets(view: NetcdfView, hints: Hints): Promise<Dataset[]> {
  const all: Dataset[] = [];
  for (const map of mapsOf(view)) {
    const columns = Object.fromEntries(Object.entries(map).map(([role, v]) => [role, `/${v.name}`]));
    const kind = hints.kind ?? (map.u === undefined ? "field-source" : "field");
    all.push(...(await namedDatasets(view, { ...hints, kind, columns })));
  }
  return all;
}

const unitOf = (v: NetcdfVariable) => textOf(v.attributes.units) || textOf(v.attributes.unit);

function signalRole(v: NetcdfVariable): "u" | "r_total" | undefined {
  if (!v.numeric || meaningOf({ raw: v.name, name: v.name })?.meaning === "sigma") return undefined;
  const unit = unitOf(v);
  if (isUnitOf("J/m^2", unit) || isUnitOf("J/m", unit)) return "u";
  return isUnitOf("W/m^2", unit) || isUnitOf("W/m", unit) ? "r_total" : undefined;
}

function coordinateRole(v: NetcdfVariable): "x" | "y" | "z" | "time" | undefined {
  const name = v.name.toLowerCase();
  if (isUnitOf("m", unitOf(v)) && (name === "x" || name === "y" || name === "z")) return name;
  return isUnitOf("s", unitOf(v)) && (name === "t" || name === "time") ? "time" : undefined;
}

const isSigmaOf = (v: NetcdfVariable, signal: NetcdfVariable) =>
  meaningOf({ raw: v.name, name: v.name })?.meaning === "sigma" && unitOf(v) === unitOf(signal);
