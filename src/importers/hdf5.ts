import { formatMessages } from "../core/messages/formats.ts";
import { unknownHdf5Layout } from "../core/messages/importers.ts";
import type { Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { Outline } from "./hdf5/reader.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { namedDatasets } from "./named-columns.ts";
import { openNetcdf } from "./netcdf-view.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * Any other HDF5 file: read where the lab file names its arrays by role (`columns: { delay: "/t [us]", population: "/p1" }`), else listed with
 * a sentence that says which program seems to have written it.
 */
export const hdf5: Importer = {
  name: "hdf5",
  version: 1,
  reference: "https://support.hdfgroup.org/documentation/hdf5/latest/_s_p_e_c.html",
  recognise: (probe: Probe): number => (probe.outline === undefined ? 0 : 0.05),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (hints.columns !== undefined) return namedDatasets(await openNetcdf(file), hints);
    refuseDamage(file.probe.outline, file.probe.path);
    const { outline } = file.probe;
    const program = outline === undefined ? undefined : writtenBy(outline);
    if (program !== undefined) throw new Unrecognised(formatMessages.seemsToBe(program));
    const arrays = outline?.nodes.filter((node) => node.type === "array").map((node) => node.path) ?? [];
    throw new Unrecognised(unknownHdf5Layout(Object.keys(outline?.attributes ?? {}), arrays));
  },
};

/** The program whose layout this is, by the marks of FORMATS: known, but not read yet. */
export function writtenBy({ nodes }: Outline): string | undefined {
  const paths = new Set(nodes.map((node) => node.path));
  if (paths.has("/#refs#") || "MATLAB_class" in (nodes[0]?.attributes ?? {})) return "MATLAB 7.3";
  return undefined;
}
