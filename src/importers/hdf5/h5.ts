/**
 * The only file that names h5wasm (the HDF5 C library in WebAssembly). Runs in a worker thread only: a damaged file can hang the library,
 * and its heap never shrinks.
 */
import { Attribute, Dataset, File, Group, type Metadata, ready } from "h5wasm/node";

export type { Metadata };
export { Dataset, Group };

/** HDF5 type classes (H5T_class_t). */
export const TYPE_CLASS = { integer: 0, float: 1, string: 3, compound: 6, reference: 7, enum: 8, vlen: 9, array: 10 } as const;

export type Library = Awaited<typeof ready>;

/** The library, ready, and told to throw: without the throwing handler a failed read returns garbage. */
async function library(): Promise<Library> {
  const module = await ready;
  module.activate_throwing_error_handler();
  return module;
}

/** Opens a file read-only, hands it to `use`, and closes it whatever happens. */
export async function withFile<T>(path: string, use: (file: File, library: Library) => T): Promise<T> {
  const module = await library();
  const file = new File(path, "r");
  try {
    return use(file, module);
  } finally {
    file.close();
  }
}

/** Bytes of the library's heap, which only ever grows. */
export async function heapBytes(): Promise<number> {
  return (await library()).HEAPU8.byteLength;
}

/** Names of the attributes of a group or array. */
export function attributeNames(module: Library, file: File, path: string): string[] {
  return module.get_attribute_names(file.file_id, path);
}

export function openAttribute(file: File, path: string, name: string): Attribute {
  return new Attribute(file.file_id, path, name);
}

/** The bytes of an array as they stand in the file, without the library's slow reading of records. */
export function rawBytes(module: Library, array: Dataset): Uint8Array {
  const { size, total_size } = array.metadata;
  const bytes = size * total_size;
  const at = module._malloc(bytes);
  if (at === 0) throw new RangeError(`no room for ${bytes} bytes`);
  try {
    module.get_dataset_data(array.file_id, array.path, null, null, null, BigInt(at));
    return module.HEAPU8.slice(at, at + bytes);
  } finally {
    module._free(at);
  }
}

/** A trap inside WebAssembly (out of bounds, unreachable): the library's heap cannot be trusted any more. */
export function isTrap(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === "RuntimeError";
}

/** The library's many-line report in one line: the outermost and the innermost cause. */
export function causeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const causes = text
    .split("\n")
    .filter((line) => /^\s*#\d+:/.test(line))
    .map((line) => line.replace(/^.*?\bline \d+ in \w+\(\):\s*/, "").trim());
  const [outer] = causes;
  const inner = causes.at(-1);
  if (outer === undefined || inner === undefined) return text.split("\n")[0]?.trim() || "unknown cause";
  return outer === inner ? outer : `${outer} (${inner})`;
}

export type { Attribute, File };
