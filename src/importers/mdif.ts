import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { readBlocks } from "./mdif/blocks.ts";
import { sweepOf } from "./mdif/sweep.ts";
import { requireNetworkKind, sweepDatasets } from "./network/sweep-dataset.ts";

/** Measurement Data Interchange Format of ADS and Microwave Office: blocks of S-parameters, one per value of outer variables. */
export const mdif: Importer = {
  name: "mdif",
  version: 3,
  reference: "Keysight ADS, Working with Data Files: MDIF (generic, and ACDATA with an option line); FORMATS.md",
  recognise,
  read,
};

/** By a BEGIN that a line of column names (`%`) follows, with nothing but comments and an option line between. */
function recognise(probe: Probe): number {
  const lines = probe.text?.split(/\r\n|\r|\n/, 5000) ?? [];
  const begin = lines.findIndex((line) => /^\s*begin\s+\S/i.test(line));
  const next = lines.slice(begin + 1).find((line) => !/^\s*(?:$|!|#)/.test(line));
  return begin >= 0 && next !== undefined && /^\s*%/.test(next) ? 0.9 : 0;
}

/** One dataset per block. */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path } = file.probe;
  requireNetworkKind(hints, "MDIF", path);
  const blocks = readBlocks(await file.text(), path);
  return sweepDatasets(
    blocks.map((block) => sweepOf(block, blocks.length > 1, path)),
    hints,
    "MDIF",
  );
}
