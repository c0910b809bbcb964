import { type Hdf5Array, type Hdf5Attributes, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, type Hdf5Type, TEXT } from "../../src/simulate/writers/hdf5/types.ts";

export const I64: Hdf5Type = { class: "int", bytes: 8 };
export const COMPLEX: Hdf5Type = {
  class: "record",
  members: [
    ["r", F64],
    ["i", F64],
  ],
};

export interface Ddh5Field {
  readonly type?: Hdf5Type;
  readonly shape: readonly number[];
  readonly items: Hdf5Array["items"];
  readonly axes?: readonly string[];
  readonly unit?: string;
}

export interface Ddh5Spec {
  readonly name?: string;
  readonly fields: Readonly<Record<string, Ddh5Field>>;
  /** Whether the file was closed properly; default true. */
  readonly closed?: boolean;
}

/** A data.ddh5 as labcore's writer makes it, contiguous instead of chunked. */
export function ddh5File({ name = "qA_T1", fields, closed = true }: Ddh5Spec): Uint8Array {
  const stamp = { __creation_time_sec__: single(I64, 1_700_141_773), __creation_time_str__: single(TEXT, "2023-11-16 07:36:13") };
  const children: Record<string, Hdf5Array> = {};
  for (const [key, field] of Object.entries(fields)) {
    const attributes: Record<string, Hdf5Attributes[string]> = { ...stamp };
    if (field.axes !== undefined) attributes.axes = row(TEXT, field.axes);
    if (field.unit !== undefined) attributes.unit = single(TEXT, field.unit);
    children[key] = { type: field.type ?? F64, shape: field.shape, items: field.items, attributes };
  }
  const close = closed ? { __close_time_sec__: single(I64, 1_700_141_794) } : {};
  return hdf5File({
    attributes: { __last_change_time_sec__: single(I64, 1_700_141_793) },
    children: { data: { attributes: { ...stamp, ...close, "__dataset.name__": single(TEXT, name) }, children } },
  });
}
