import { hdf5FamilyMessages as say } from "../core/messages/import-hdf5.ts";
import type { Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { chestTable, isDataChest } from "./labrad/chest.ts";
import { isDataVault, vaultTable } from "./labrad/vault.ts";
import { measuredSignals } from "./meaning/bare-signals.ts";
import { qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { namesArrays } from "./meaning/stated-delay.ts";
import { openNetcdf } from "./netcdf/view.ts";
import { sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * LabRAD measurements (HDF5), in either of their layouts: dataChest's groups `independents`, `dependents`, `parameters` under the root attribute
 * `Data Category`, or the data vault's one table `/DataVault` with `Independent0.label`, `Dependent0.legend`, .. as attributes.
 */
export const labrad: Importer = {
  name: "labrad",
  version: 3,
  reference: "https://github.com/labrad/servers/blob/master/datavault/dataset_format.txt",
  recognise({ outline }: Probe): number {
    if (outline === undefined) return 0;
    if (isDataChest(outline)) return "Data Category" in outline.attributes ? 0.97 : 0.7;
    return isDataVault(outline) ? 0.97 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (namesArrays(hints)) return namedDatasets(await openNetcdf(file), hints);
    const { path, outline, name } = file.probe;
    refuseDamage(outline, path);
    const reader = await file.hdf5();
    const table = isDataChest(reader.outline) ? await chestTable(reader, path) : await vaultTable(reader, path);
    if (table.axes.length === 0 || table.axes[0]!.values.length === 0) throw new Unrecognised(say.noData("LabRAD"));
    const measurement = table.title || name.replace(/\.[^.]*$/, "");
    const { axes, started, notes } = table;
    return sweepTableDatasets(
      { place: path, axes, ...measuredSignals(table.measured, path), measurement, qubit: qubitOfName(measurement), started, notes },
      hints,
    );
  },
};
