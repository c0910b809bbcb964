import { ImportError } from "../../core/errors.ts";
import { refuseDamage } from "../hdf5/damage.ts";
import type { Attributes, AttributeValue, Numbers, Outline } from "../hdf5/reader.ts";
import type { FileContent, Probe } from "../importer.ts";
import { openNetcdf3 } from "../netcdf3.ts";
import { netcdf3Version, parseNetcdf3Header } from "./header.ts";

/** A variable of a netCDF file, whichever container it stands in. */
export interface NetcdfVariable {
  readonly name: string;
  /** Names of its dimensions, outermost first; `""` where the file gives none. */
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  readonly attributes: Attributes;
  /** Real numbers. */
  readonly numeric: boolean;
  /** Complex numbers, as h5py and h5netcdf store them. */
  readonly complex: boolean;
  /** Texts: of a classic file, whose texts are rows of characters, the last dimension is their length. */
  readonly text: boolean;
}

/** What a netCDF file holds, without its numbers: netCDF-4 (HDF5) and classic files look the same. */
export interface NetcdfContents {
  readonly attributes: Attributes;
  readonly variables: readonly NetcdfVariable[];
}

export interface NetcdfView extends NetcdfContents {
  /** What the file is called in messages. */
  readonly file: string;
  /** Numbers of a variable, with its `_FillValue`, `missing_value`, `scale_factor` and `add_offset` undone. */
  numbers(name: string): Promise<Numbers>;
  /** Texts of a variable of texts. */
  texts(name: string): Promise<readonly string[]>;
}

/** What can be known of a netCDF file before it is read, or undefined when it is none or its header does not stand in the head. */
export function contentsOf(probe: Probe): NetcdfContents | undefined {
  if (probe.outline !== undefined) return fromOutline(probe.outline);
  if (netcdf3Version(probe.head) === undefined) return undefined;
  try {
    return fromHeader(parseNetcdf3Header(probe.head, probe.path, probe.bytes));
  } catch (error) {
    if (error instanceof ImportError) return undefined;
    throw error;
  }
}

/** @throws ImportError when the file's header is damaged or claims numbers that the file does not hold */
export async function openNetcdf(file: FileContent): Promise<NetcdfView> {
  const { probe } = file;
  if (probe.outline !== undefined) {
    refuseDamage(probe.outline, probe.path);
    const reader = await file.hdf5();
    return view(probe.path, fromOutline(probe.outline), {
      numbers: (name) => reader.numbers(`/${name}`),
      texts: async (name) => (await reader.records(`/${name}`)).map(String),
    });
  }
  const classic = openNetcdf3(await file.bytes(), probe.path);
  return view(probe.path, fromHeader(classic.header), {
    numbers: async (name) => classic.numbers(name),
    texts: async (name) => classic.texts(name),
  });
}

function view(file: string, contents: NetcdfContents, read: Pick<NetcdfView, "numbers" | "texts">): NetcdfView {
  const attributes = new Map(contents.variables.map((v) => [v.name, v.attributes]));
  return {
    ...contents,
    file,
    texts: read.texts,
    numbers: async (name) => {
      const { values, ...rest } = await read.numbers(name);
      return { values: unpacked(values, attributes.get(name) ?? {}), ...rest };
    },
  };
}

/** CF conventions, sections 2.5.1 and 8.1: missing values first, then `value * scale_factor + add_offset`. */
function unpacked(values: Float64Array, attributes: Attributes): Float64Array {
  const missing = [attributes._FillValue, attributes.missing_value].map(numberOf).filter((x) => x !== undefined && !Number.isNaN(x));
  const scale = numberOf(attributes.scale_factor) ?? 1;
  const offset = numberOf(attributes.add_offset) ?? 0;
  if (missing.length === 0 && scale === 1 && offset === 0) return values;
  return values.map((x) => (missing.includes(x) ? Number.NaN : x * scale + offset));
}

/** An attribute's text; empty when it is absent or no text. */
export function textOf(value: AttributeValue | undefined): string {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof single === "string" ? single : "";
}

/** An attribute's number, also where it is stored as an array of one. */
export function numberOf(value: AttributeValue | undefined): number | undefined {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof single === "number" ? single : undefined;
}

function fromOutline(outline: Outline): NetcdfContents {
  const arrays = outline.nodes.filter((node) => node.type === "array");
  // A dimension without coordinates is stored as an array of nothing that says so in its NAME.
  const variables = arrays.filter((node) => !textOf(node.attributes.NAME).startsWith("This is a netCDF dimension but not"));
  return {
    attributes: outline.attributes,
    variables: variables.map((node) => {
      const name = node.path.slice(1);
      const own = node.attributes.CLASS === "DIMENSION_SCALE" && node.shape.length === 1;
      return {
        name,
        shape: node.shape,
        dimensions: node.shape.map((_, axis) => (own ? name : (node.scales?.[axis]?.slice(1) ?? ""))),
        attributes: node.attributes,
        numeric: /^([<>][iuf]\d|bool$)/.test(node.dtype),
        complex: node.dtype === "complex",
        text: /^(?:str$|\|S)/.test(node.dtype),
      };
    }),
  };
}

function fromHeader(header: ReturnType<typeof parseNetcdf3Header>): NetcdfContents {
  return {
    attributes: header.attributes,
    variables: header.variables.map((v) => ({
      name: v.name,
      dimensions: v.dimensions,
      shape: v.shape,
      attributes: v.attributes,
      numeric: v.type !== "char",
      complex: false,
      text: v.type === "char",
    })),
  };
}
