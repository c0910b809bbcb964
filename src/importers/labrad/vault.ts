import { ImportError } from "../../core/errors.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { Attributes, Hdf5Reader, Outline } from "../hdf5/reader.ts";
import { numberOf, textOf } from "../netcdf/view.ts";
import type { LabradTable } from "./chest.ts";

export function isDataVault(outline: Outline): boolean {
  return outline.nodes.some((n) => n.path === "/DataVault" && n.type === "array" && "Dependent0.label" in n.attributes);
}

/**
 * The data vault's table: one record per point, first the independent, then the dependent columns.
 * @throws ImportError when the records have other columns than the attributes name
 */
export async function vaultTable(reader: Hdf5Reader, file: string): Promise<LabradTable> {
  const attributes = reader.outline.nodes.find((n) => n.path === "/DataVault")?.attributes ?? {};
  const rows = (await reader.records("/DataVault")).map((row) => (typeof row === "string" ? [] : Object.values(row)));
  const independents = variables(attributes, "Independent");
  const dependents = variables(attributes, "Dependent");
  const width = independents.length + dependents.length;
  const odd = rows.find((row) => row.length !== width || row.some((x) => typeof x !== "number"));
  if (odd !== undefined) throw new ImportError(say.columnCount(odd.length, independents.length, dependents.length), `${file}:/DataVault`);
  const column = (c: number) => Float64Array.from(rows, (row) => Number(row[c]));
  const created = numberOf(attributes["Creation Time"]) ?? 0;
  return {
    title: textOf(attributes.Title),
    started: created > 0 && created < 4e9 ? new Date(created * 1000).toISOString() : "",
    axes: independents.map((v, c) => ({ name: v.label, unit: v.unit, values: column(c) })),
    measured: dependents.map((v, c) => ({
      id: v.legend || v.label,
      name: v.legend || v.label,
      longName: v.label,
      unit: v.unit,
      values: column(independents.length + c),
    })),
    notes: [],
  };
}

interface Variable {
  readonly label: string;
  readonly legend: string;
  readonly unit: string;
}

/** `Independent0.label`, `Independent0.unit` (`.units` in older files), .. */
function variables(attributes: Attributes, kind: string): Variable[] {
  const found: Variable[] = [];
  for (let k = 0; `${kind}${k}.label` in attributes; k++) {
    const of = (what: string) => textOf(attributes[`${kind}${k}.${what}`]);
    found.push({ label: of("label"), legend: of("legend"), unit: of("unit") || of("units") });
  }
  return found;
}
