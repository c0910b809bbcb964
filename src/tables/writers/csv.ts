import { csvText } from "../csv.ts";
import { datasetCsv } from "../dataset-csv.ts";
import type { TableWriter } from "./writer.ts";

/** Text with `name [unit]` in the header and the facts in comment lines. */
export const csv: TableWriter = { dataset: datasetCsv, rows: (_, table) => csvText(table) };
