import { ImportError } from "../core/errors.ts";
import { arrayMessages, numpyMessages } from "../core/messages/import-numpy.ts";
import { qubitJsonMessages } from "../core/messages/import-qubit-json.ts";
import type { Dataset } from "../tables/dataset.ts";
import { arrayDatasets } from "./arrays/datasets.ts";
import type { NamedArray } from "./arrays/named-array.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { isNpy, MOST_NUMBERS, readNpy } from "./numpy/npy.ts";
import { Unrecognised } from "./unrecognised.ts";
import { zipEntries } from "./zip/archive.ts";

/**
 * NumPy arrays: NPY, and NPZ (a zip archive of them). Arrays mean what their names and units say (`delay_us`, `p1`), or what the lab file says
 * (`columns: { delay: "/t [us]", population: "/p1" }`); fields of structured arrays are `<array>/<field>`.
 */
export const npz: Importer = {
  name: "npz",
  version: 5,
  reference: "https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html",
  recognise(probe: Probe): number {
    if (isNpy(probe.head)) return 0.9;
    if (isZip(probe.head) && /\.npz$/i.test(probe.name)) return 0.7;
    return firstEntry(probe.head)?.endsWith(".npy") ? 0.7 : 0;
  },
  companions: (name) => (name === "arrays.npz" ? /^data\.json$/ : undefined),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path, name } = file.probe;
    // QUAlibrate names its arrays in data.json; read here as well, every measurement would be there twice.
    const referring = hints.columns === undefined ? await file.sibling("data.json") : undefined;
    if (referring !== undefined && new TextDecoder().decode(referring).includes(`./${name}#`))
      throw new Unrecognised(qubitJsonMessages.readWith("data.json"));
    const arrays = numpyArrays(await file.bytes(), path);
    return arrayDatasets(arrays, { path, words: { name, prose: "" }, started: "" }, hints);
  },
};

export const isZip = (head: Uint8Array) => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

/** Name of the first file in a zip archive. */
export function firstEntry(head: Uint8Array): string | undefined {
  if (!isZip(head) || head.length < 30) return undefined;
  const length = head[26]! + 256 * head[27]!;
  return new TextDecoder().decode(head.subarray(30, 30 + length));
}

/**
 * All arrays of an NPZ archive by their keys, or the one of an NPY file; a table of numbers without names becomes columns `#1`, `#2`, ...
 * @throws ImportError naming the entry that is damaged or a pickle
 */
export function numpyArrays(bytes: Uint8Array, file: string): NamedArray[] {
  if (isNpy(bytes)) return readNpy(bytes, "", file).flatMap((array) => (array.path === "" ? unnamedColumns(array) : [array]));
  const entries = zipEntries(bytes, file).filter((entry) => entry.name.endsWith(".npy"));
  if (entries.length === 0) throw new Unrecognised(arrayMessages.noArrays());
  let numbers = 0;
  return entries.flatMap((entry) => {
    const arrays = readNpy(entry.read(), entry.name.slice(0, -4), `${file}:${entry.name}`);
    for (const a of arrays) numbers += (a.values?.length ?? 0) + (a.imaginary?.length ?? 0);
    if (numbers > MOST_NUMBERS) throw new ImportError(numpyMessages.tooMany(numbers, MOST_NUMBERS), file);
    return arrays;
  });
}

/** More columns than this are no table. */
const WIDEST = 1000;

function unnamedColumns(array: NamedArray): NamedArray[] {
  const [rows, width = 1] = array.shape;
  const { values } = array;
  if (values === undefined || rows === undefined || array.imaginary !== undefined || array.shape.length > 2 || width > WIDEST)
    return [{ ...array, path: "column 1" }];
  return Array.from({ length: width }, (_, c) => ({
    path: `column ${c + 1}`,
    shape: [rows],
    values: Float64Array.from({ length: rows }, (_, r) => values[r * width + c]!),
  }));
}
