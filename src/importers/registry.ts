import { UserError } from "../core/errors.ts";
import { unknownImporter } from "../core/messages/importers.ts";
import { arrow } from "./arrow.ts";
import { citi } from "./citi.ts";
import { csv } from "./csv.ts";
import { ddh5 } from "./ddh5.ts";
import { hdf5 } from "./hdf5.ts";
import { image } from "./image.ts";
import type { Importer, Probe } from "./importer.ts";
import { labber } from "./labber.ts";
import { labrad } from "./labrad.ts";
import { matlab } from "./matlab.ts";
import { matrix } from "./matrix.ts";
import { mdif } from "./mdif.ts";
import { npz } from "./npz.ts";
import { parquet } from "./parquet.ts";
import { pycqed } from "./pycqed.ts";
import { qcodes } from "./qcodes.ts";
import { qcodesLegacy } from "./qcodes-legacy.ts";
import { qibocal } from "./qibocal.ts";
import { qiskit } from "./qiskit.ts";
import { qkit } from "./qkit.ts";
import { qualibrate } from "./qualibrate.ts";
import { quantify } from "./quantify.ts";
import { tergite } from "./tergite.ts";
import { tiff } from "./tiff.ts";
import { touchstone } from "./touchstone.ts";
import { anritsu } from "./vendor-csv/anritsu.ts";
import { copperMountain } from "./vendor-csv/copper-mountain.ts";
import { fieldfox } from "./vendor-csv/fieldfox.ts";
import { keysightPna } from "./vendor-csv/keysight-pna.ts";
import { labone } from "./vendor-csv/labone.ts";
import { rohdeSchwarz } from "./vendor-csv/rohde-schwarz.ts";
import { xarray } from "./xarray.ts";
import { xlsx } from "./xlsx.ts";

/** Every format that is read. A new one is a file beside this one and a line here. */
export const IMPORTERS = [
  touchstone,
  keysightPna,
  fieldfox,
  rohdeSchwarz,
  copperMountain,
  anritsu,
  labone,
  mdif,
  citi,
  csv,
  labber,
  pycqed,
  ddh5,
  labrad,
  qkit,
  quantify,
  tergite,
  xarray,
  npz,
  matlab,
  qibocal,
  qualibrate,
  qiskit,
  qcodes,
  qcodesLegacy,
  arrow,
  parquet,
  xlsx,
  tiff,
  image,
  matrix,
  hdf5,
] as const satisfies readonly Importer[];

export const IMPORTER_NAMES: readonly string[] = IMPORTERS.map((importer) => importer.name);

/** @throws UserError `There is no importer "x". Known: ...` */
export function importerNamed(name: string): Importer {
  const found = IMPORTERS.find((importer) => importer.name === name);
  if (found === undefined) throw new UserError(unknownImporter(name, IMPORTER_NAMES));
  return found;
}

/** Who is less sure than this is asked only where nobody else recognises the file. */
const LAST_RESORT = 0.1;

/** Importers that recognise the file, the surest first; equal confidence keeps the order of the registry. */
export function recognise(probe: Probe): Importer[] {
  const found = IMPORTERS.map((importer: Importer) => ({ importer, confidence: importer.recognise(probe) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence);
  const sure = found.filter(({ confidence }) => confidence >= LAST_RESORT);
  return (sure.length > 0 ? sure : found).map(({ importer }) => importer);
}
