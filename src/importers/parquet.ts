import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { tableDatasets } from "./table-file/datasets.ts";
import { readTableFile } from "./table-file/open.ts";

/** Parquet files: flat columns by their names and units, as in a CSV file; datasets that this project wrote come back as they were. */
export const parquet: Importer = {
  name: "parquet",
  version: 4,
  reference: "https://parquet.apache.org/docs/file-format/",
  recognise: (probe: Probe): number => (/^PAR[1E]/.test(String.fromCharCode(...probe.head.subarray(0, 4))) ? 0.95 : 0),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const tables = await readTableFile(file, "Parquet");
    return tables.flatMap((table) => tableDatasets(table, file.probe.name, hints, file.probe.path));
  },
};
