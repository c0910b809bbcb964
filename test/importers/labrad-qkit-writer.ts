import { type Hdf5Array, type Hdf5Attributes, type Hdf5Group, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F32, F64, type Hdf5Type, I32, TEXT } from "../../src/simulate/writers/hdf5/types.ts";

export interface Variable {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
}

export interface ChestSpec {
  readonly title?: string;
  readonly category?: string;
  readonly rows?: number;
  readonly independents: readonly Variable[];
  readonly dependents: readonly Variable[];
  readonly parameters?: Hdf5Attributes;
}

/** A LabRAD dataChest file: groups `independents`, `dependents`, `parameters`. */
export function chestFile(spec: ChestSpec): Uint8Array {
  const group = (all: readonly Variable[]): Hdf5Group => ({
    attributes: {
      names: row(
        TEXT,
        all.map((v) => v.name),
      ),
      units: row(
        TEXT,
        all.map((v) => v.unit),
      ),
      types: row(
        TEXT,
        all.map(() => "float64"),
      ),
    },
    children: Object.fromEntries(all.map((v) => [v.name, row(F64, v.values)])),
  });
  return hdf5File({
    attributes: {
      Title: single(TEXT, spec.title ?? "T1 q3"),
      "Date Created": single(TEXT, "2016-09-26T18:38:16.123456"),
      "Data Category": single(TEXT, spec.category ?? "Arbitrary Type 1"),
      "Number Of Rows Added": single(I32, spec.rows ?? spec.independents[0]?.values.length ?? 0),
    },
    children: {
      independents: group(spec.independents),
      dependents: group(spec.dependents),
      parameters: { attributes: spec.parameters ?? {}, children: {} },
    },
  });
}

/** A LabRAD data vault file: one table of records. */
export function vaultFile(
  title: string,
  independents: readonly Variable[],
  dependents: readonly (Variable & { readonly legend: string })[],
): Uint8Array {
  const all = [...independents, ...dependents];
  const type: Hdf5Type = { class: "record", members: all.map((_, k) => [`f${k}`, F64] as const) };
  const attributes: Record<string, Hdf5Attributes[string]> = { Title: single(TEXT, title), "Creation Time": single(F64, 1_474_915_096) };
  for (const [kind, list] of [
    ["Independent", independents],
    ["Dependent", dependents],
  ] as const)
    for (const [k, v] of list.entries()) {
      attributes[`${kind}${k}.label`] = single(TEXT, v.name);
      attributes[`${kind}${k}.unit`] = single(TEXT, v.unit);
      if ("legend" in v) attributes[`${kind}${k}.legend`] = single(TEXT, String(v.legend));
    }
  const items = (all[0]?.values ?? []).map((_, k) => all.map((v) => v.values[k]!));
  return hdf5File({ attributes: { Version: row(I32, [2, 0, 0]) }, children: { DataVault: { ...row(type, items), attributes } } });
}

export interface QkitArray {
  readonly unit: string;
  readonly shape: readonly number[];
  readonly items: readonly number[];
  /** Names of its coordinates, outermost first; a coordinate has none. */
  readonly over?: readonly string[];
}

/** A qkit file: `/entry/data0` under a NeXus frame. */
export function qkitFile(arrays: Readonly<Record<string, QkitArray>>): Uint8Array {
  const path = (name: string) => `/entry/data0/${name}`;
  const children: Record<string, Hdf5Array> = {};
  for (const [name, { unit, shape, items, over = [] }] of Object.entries(arrays)) {
    const urls = over.length === 0 ? [name] : over;
    const attributes: Record<string, Hdf5Attributes[string]> = {
      name: single(TEXT, name),
      unit: single(TEXT, unit),
      comment: single(TEXT, ""),
      ds_type: single(I32, over.length),
      fill: row(I32, [shape[0] ?? 0, shape[1] ?? 0, 0]),
    };
    for (const [k, url] of urls.entries()) attributes[`${"xyz"[k]}_ds_url`] = single(TEXT, path(url));
    children[name] = { type: F32, shape, items, attributes };
  }
  const frame = (members: Hdf5Group["children"], name: string): Hdf5Group => ({
    attributes: { NX_class: single(TEXT, name) },
    children: members,
  });
  return hdf5File({
    attributes: { qkit: single(TEXT, "1.0"), NeXus_version: single(TEXT, "4.3.0") },
    children: { entry: frame({ data0: frame(children, "NXdata"), analysis0: { children: {} }, views: { children: {} } }, "NXentry") },
  });
}
