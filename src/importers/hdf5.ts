import { ImportError } from "../core/errors.ts";
import { pandasHdf5, unknownHdf5Layout } from "../core/messages/importers.ts";
import type { Dataset } from "../tables/dataset.ts";
import { arrayDatasets } from "./arrays/datasets.ts";
import { hdf5Arrays } from "./arrays/hdf5-arrays.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { openNetcdf, textOf } from "./netcdf/view.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * Any other HDF5 file: read where the lab file names its arrays by role (`columns: { delay: "/t [us]", population: "/p1" }`), or where names and units
 * of the arrays say what they are; else listed with the names of what it holds.
 */
export const hdf5: Importer = {
  name: "hdf5",
  version: 5,
  reference: "https://support.hdfgroup.org/documentation/hdf5/latest/_s_p_e_c.html",
  recognise: (probe: Probe): number => (probe.outline === undefined ? 0 : 0.05),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (hints.columns !== undefined) return namedDatasets(await openNetcdf(file), hints);
    const { path, name, outline } = file.probe;
    refuseDamage(outline, path);
    const attributes = outline?.attributes ?? {};
    if ("PYTABLES_FORMAT_VERSION" in attributes) throw new Unrecognised(pandasHdf5());
    const arrays = await hdf5Arrays(await file.hdf5(), path);
    const texts = Object.values(attributes).filter((value) => typeof value === "string");
    try {
      const found = arrayDatasets(arrays, { path, words: { name, prose: texts.join("\n") }, started: "" }, hints);
      const qubit = textOf(attributes.qubit);
      return found.map((d) => (d.labels.qubit === "" ? { ...d, labels: { ...d.labels, qubit } } : d));
    } catch (error) {
      // Arrays that are only called like a measurement's, without units, are no failure in a file of unknown origin.
      if (error instanceof ImportError) throw new Unrecognised(error.message);
      if (!(error instanceof Unrecognised)) throw error;
      const paths = outline?.nodes.filter((node) => node.type === "array").map((node) => node.path) ?? [];
      throw new Unrecognised(unknownHdf5Layout(Object.keys(attributes), paths));
    }
  },
};
