import { ImportError } from "../../core/errors.ts";
import { exportMessages } from "../../core/messages/export.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { isDatasetCsv, readDatasetCsv } from "../../tables/dataset-csv.ts";
import { datasetOfTable } from "../../tables/dataset-file.ts";
import { ForeignFailure } from "../../tables/foreign.ts";
import { isResultTable } from "../../tables/result-columns.ts";
import type { FileContent, Hints } from "../importer.ts";
import { Unrecognised } from "../unrecognised.ts";

/**
 * The dataset that `gammawatt export` wrote into a CSV file, as it was; undefined for any other file, and where the lab file says what the columns are.
 * @throws Unrecognised for a table of results
 * @throws ImportError with the line, when it was cut off or changed so that its numbers can no longer be assigned
 */
export async function exportedDataset(file: FileContent, hints: Hints): Promise<Dataset | undefined> {
  const { text, path } = file.probe;
  if (text !== undefined && isResultTable(text.slice(0, text.search(/[\r\n]/)).split(",")))
    throw new Unrecognised(exportMessages.results());
  if (text === undefined || !isDatasetCsv(text) || hints.columns !== undefined || hints.kind !== undefined) return undefined;
  try {
    return datasetOfTable(readDatasetCsv(await file.text()));
  } catch (error) {
    if (!(error instanceof ForeignFailure)) throw error;
    throw new ImportError(error.message, error.inside === "" ? path : `${path}:${error.inside}`, { cause: error });
  }
}
