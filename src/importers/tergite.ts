import { ImportError } from "../core/errors.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { kindOfName } from "./measurement-name.ts";
import { namedDatasets } from "./named-columns.ts";
import { contentsOf, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf-view.ts";
import { timeOfTuid } from "./quantify.ts";
import { isUnitOf, siColumn } from "./si-column.ts";
import { datasetOf } from "./signal.ts";

/**
 * tergite-autocalibration datasets (xarray, netCDF-3 named .hdf5): per qubit a signal `yqNN` over (`delaysqNN`, `repeatqNN`, `ReIm` = 2).
 * The units attribute is 'NA' throughout: delays are seconds by the format. All files of a run may share one tuid.
 */
export const tergite: Importer = {
  name: "tergite",
  version: 2,
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
  const qubit = textOf(signal.attributes.qubit) || signal.name.slice(1);
  const dimensions = signal.dimensions.slice(0, -1);
  const at = dimensions.findIndex((name) => !name.startsWith("repeat"));
  const coordinate = view.variables.find((v) => v.name === dimensions[at]);
  if (at < 0 || coordinate === undefined) throw new ImportError(formatMessages.noCoordinate(signal.name), `${view.file}:${signal.name}`);
  const axis = await axisOf(view, coordinate);
  const { values, shape } = await view.numbers(signal.name);
  const outer = dimensions.map((_, k) => k).filter((k) => k !== at);
  const repeats = outer.reduce((total, k) => total * (shape[k] ?? 0), 1);
  const repeated = outer.every((k) => dimensions[k]!.startsWith("repeat"));
  if (!repeated && repeats > 1) throw new ImportError(formatMessages.severalAxes(signal.name, dimensions), `${view.file}:${signal.name}`);
  const name = textOf(view.attributes.name);
  const stated = kindOfName(name) ?? kindOfName(fileName);
  // Row-major: the last dimension is ReIm, the stride of the swept axis is what stands behind it.
  const stride = shape.slice(at + 1).reduce((total, n) => total * n, 1);
  const repeatStride = at === 0 ? 2 : axis.values.length * stride;
  const unit = textOf(signal.attributes.units);
  return Array.from({ length: repeats }, (_, repeat) => {
    const part = (offset: number) => axis.values.map((_, k) => values[k * stride + repeat * repeatStride + offset]!);
    return datasetOf(
      {
        axis,
        signal: [siColumn(`${signal.name}.re`, "i", part(0), unit), siColumn(`${signal.name}.im`, "q", part(1), unit)],
        qubit,
        trace: repeats > 1 ? `${signal.name}[${repeat}]` : signal.name,
        started: timeOfTuid(textOf(view.attributes.tuid)),
        repetition: repeats > 1 ? "repeat" : "single",
        notes:
          stated === undefined
            ? []
            : [{ code: "kind_from_name", text: formatMessages.kindFromName("The measurement's name", name || fileName) }],
        stated,
      },
      hints,
    );
  });
}

/** A delay of ordinary qubits is far below a second; anything else is not what the format says. */
const LONGEST_DELAY = 1;

async function axisOf(view: NetcdfView, v: NetcdfVariable): Promise<ColumnData> {
  const { values } = await view.numbers(v.name);
  const unit = textOf(v.attributes.units);
  if (/freq/i.test(v.name) && !isUnitOf("Hz", unit))
    return { name: v.name, role: "frequency", unit: "Hz", values, inferred: formatMessages.hertzInferred(unit) };
  if (!/delay/i.test(v.name)) return siColumn(v.name, isUnitOf("Hz", unit) ? "frequency" : "other", values, unit);
  if (isUnitOf("s", unit)) return siColumn(v.name, "delay", values, unit);
  const largest = values.reduce((most, x) => (Math.abs(x) > most ? Math.abs(x) : most), 0);
  if (!(largest < LONGEST_DELAY)) throw new ImportError(formatMessages.implausibleSeconds(largest, unit), `${view.file}:${v.name}`);
  return { name: v.name, role: "delay", unit: "s", values, inferred: formatMessages.secondsInferred(unit) };
}
