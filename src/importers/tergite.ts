import { ImportError } from "../core/errors.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { kindOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { isUnitOf, siColumn } from "./meaning/si-column.ts";
import { contentsOf, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf/view.ts";
import { timeOfTuid } from "./quantify.ts";
import { alongGrid, type SweepAxis, sweepTableDatasets } from "./sweep/table.ts";

/**
 * tergite-autocalibration datasets (xarray, netCDF-3 named .hdf5): per qubit a signal `yqNN` over (`delaysqNN`, `repeatqNN`, `ReIm` = 2).
 * The units attribute is 'NA' throughout: delays are seconds by the format. All files of a run may share one tuid.
 */
export const tergite: Importer = {
  name: "tergite",
  version: 3,
  reference: "https://github.com/tergite/tergite-autocalibration",
  recognise(probe: Probe): number {
    const contents = contentsOf(probe);
    return contents?.variables.some(isSignal) ? 0.97 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const view = await openNetcdf(file);
    if (hints.columns !== undefined) return namedDatasets(view, hints);
    const all: Dataset[] = [];
    for (const signal of view.variables.filter(isSignal)) all.push(...(await readQubit(view, signal, file.probe.name, hints)));
    return all;
  },
};

function isSignal(v: NetcdfVariable): boolean {
  return v.numeric && /^yq\w+$/.test(v.name) && v.dimensions.at(-1) === "ReIm" && v.shape.at(-1) === 2;
}

async function readQubit(view: NetcdfView, signal: NetcdfVariable, fileName: string, hints: Hints): Promise<Dataset[]> {
  const place = `${view.file}:${signal.name}`;
  const { values, shape } = await view.numbers(signal.name);
  const grid = shape.slice(0, -1);
  const axes: SweepAxis[] = [];
  for (const [k, name] of signal.dimensions.slice(0, -1).entries()) {
    const v = name.startsWith("repeat") ? undefined : view.variables.find((c) => c.name === name);
    const axis = v === undefined ? { name, unit: "", counts: true as const, values: undefined } : await axisOf(view, v);
    axes.push({ ...axis, values: alongGrid(axis.values, grid, k, place) });
  }
  if (axes.every((axis) => axis.counts)) throw new ImportError(formatMessages.noCoordinate(signal.name), place);
  const part = (offset: number) => Float64Array.from({ length: values.length / 2 }, (_, k) => values[2 * k + offset]!);
  const unit = textOf(signal.attributes.units);
  const columns = [siColumn(`${signal.name}.re`, "i", part(0), unit), siColumn(`${signal.name}.im`, "q", part(1), unit)];
  const name = textOf(view.attributes.name);
  return sweepTableDatasets(
    {
      place,
      axes,
      signals: [{ name: signal.name, columns, notes: [] }],
      others: [],
      measurement: kindOfName(name) === undefined ? fileName : name,
      qubit: textOf(signal.attributes.qubit) || signal.name.slice(1),
      started: timeOfTuid(textOf(view.attributes.tuid)),
      notes: [],
    },
    hints,
  );
}

/** A delay of ordinary qubits is far below a second; anything else is not what the format says. */
const LONGEST_DELAY = 1;

async function axisOf(view: NetcdfView, v: NetcdfVariable): Promise<SweepAxis> {
  const { name } = v;
  const { values } = await view.numbers(name);
  const unit = textOf(v.attributes.units);
  if (/freq/i.test(name) && !isUnitOf("Hz", unit)) return { name, unit: "Hz", values, inferred: formatMessages.hertzInferred(unit) };
  if (!/delay/i.test(name) || isUnitOf("s", unit)) return { name, unit, values };
  const largest = values.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
  if (!(largest < LONGEST_DELAY)) throw new ImportError(formatMessages.implausibleSeconds(largest, unit), `${view.file}:${name}`);
  return { name, unit: "s", values, inferred: formatMessages.secondsInferred(unit) };
}
