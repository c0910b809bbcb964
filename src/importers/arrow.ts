import { arrowKind } from "../tables/arrow-file.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { tableDatasets } from "./table-file/datasets.ts";
import { readTableFile } from "./table-file/open.ts";

/**
 * Arrow IPC files and streams, Feather version 2, plain or compressed: columns by their names and the unit in their metadata, as in a CSV file; datasets that this project
 * wrote come back as they were.
 */
export const arrow: Importer = {
  name: "arrow",
  version: 4,
  reference: "https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc",
  recognise(probe: Probe): number {
    const kind = arrowKind(probe.head);
    return kind === undefined ? 0 : kind === "stream" ? 0.4 : 0.95;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const tables = await readTableFile(file, "Arrow");
    return tables.flatMap((table) => tableDatasets(table, file.probe.name, hints, file.probe.path));
  },
};
