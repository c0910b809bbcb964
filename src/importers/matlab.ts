import type { Note } from "../core/dataset.ts";
import { matlabMessages as say } from "../core/messages/import-matlab.ts";
import { arrayMessages } from "../core/messages/import-numpy.ts";
import type { Dataset } from "../tables/dataset.ts";
import { arrayDatasets } from "./arrays/datasets.ts";
import type { NamedArray } from "./arrays/named-array.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { matArrays } from "./matlab/v5.ts";
import { mat73Arrays } from "./matlab/v73.ts";

/**
 * MATLAB's MAT-files, versions 5 (save -v6, -v7; also Octave and SciPy) and 7.3 (HDF5). Arrays mean what their names and units say (`delay_us`, `p1`;
 * a text `delay_unit` beside `delay`), or what the lab file says (`columns: { delay: "/data/t [us]", population: "/data/p1" }`).
 */
export const matlab: Importer = {
  name: "matlab",
  version: 5,
  reference: "https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf",
  recognise({ head, outline }: Probe): number {
    const start = new TextDecoder("latin1").decode(head.subarray(0, 19));
    if (start === "MATLAB 5.0 MAT-file") return 0.95;
    if (outline === undefined) return 0;
    if (start === "MATLAB 7.3 MAT-file") return 0.95;
    return outline.nodes.some((node) => node.path.lastIndexOf("/") === 0 && "MATLAB_class" in node.attributes) ? 0.6 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path, name, outline } = file.probe;
    const { arrays, notes } = outline === undefined ? version5(await file.bytes(), path) : await version73(file, hints);
    // The header says when the file was saved, which may be long after the measurement.
    const texts = arrays.flatMap((a) => a.texts ?? []).join("\n");
    const found = arrayDatasets(arrays, { path, words: { name, prose: texts.slice(0, 10_000) }, started: "" }, hints);
    return notes.length === 0 ? found : found.map((d) => ({ ...d, notes: [...d.notes, ...notes] }));
  },
};

interface Contents {
  readonly arrays: readonly NamedArray[];
  readonly notes: readonly Note[];
}

function version5(bytes: Uint8Array, path: string): Contents {
  const arrays = matArrays(bytes, path);
  const unread = arrays.filter((a) => a.values === undefined && a.texts === undefined).map((a) => a.path);
  return { arrays, notes: unread.length === 0 ? [] : [{ code: "not_read", text: arrayMessages.left(unread) }] };
}

async function version73(file: FileContent, hints: Hints): Promise<Contents> {
  const hidden = Object.values(hints.columns ?? {}).some((text) => text.includes("#refs#"));
  const { arrays, references, truncated } = await mat73Arrays(file, hidden);
  const notes: Note[] = [];
  if (references.length > 0 && hints.columns === undefined) notes.push({ code: "not_read", text: say.references(references) });
  if (truncated) notes.push({ code: "not_read", text: say.truncated() });
  return { arrays, notes };
}
