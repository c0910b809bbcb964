import { ImportError } from "../core/errors.ts";
import { noDatasets } from "../core/messages/importers.ts";
import type { Dataset } from "../tables/dataset.ts";
import { readPackages } from "./citi/packages.ts";
import { sweepsOf } from "./citi/sweeps.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { refuseTooMany, requireNetworkKind, type Sweep, sweepDatasets } from "./network/sweep-dataset.ts";

/** Common Instrumentation Transfer and Interchange files of HP, Agilent and Keysight analysers, ADS, Momentum. */
export const citi: Importer = {
  name: "citi",
  version: 4,
  reference: "CITIfile A.01.01; HP 8753D Network Analyzer User's Guide (1994), appendix A; FORMATS.md",
  recognise,
  read,
};

/** By a line that begins `CITIFILE A.`; comments may stand in front of it. */
function recognise(probe: Probe): number {
  return probe.text !== undefined && /(?:^|[\r\n])[^\S\r\n]*CITIFILE[^\S\r\n]+A\.\d/i.test(probe.text) ? 0.95 : 0;
}

/** One dataset per package and combination of the outer VARs. */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path } = file.probe;
  requireNetworkKind(hints, "CITI", path);
  const sweeps: Sweep[] = [];
  for (const one of readPackages(await file.text(), path)) {
    for (const sweep of sweepsOf(one, path)) sweeps.push(sweep);
    refuseTooMany(sweeps.length, path);
  }
  if (sweeps.length === 0) throw new ImportError(noDatasets(), path);
  return sweepDatasets(sweeps, hints, "CITI");
}
