import { ImportError } from "../core/errors.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { lastTwoPoints } from "./meaning/calibration-points.ts";
import { qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { pick } from "./meaning/signal.ts";
import { namesArrays } from "./meaning/stated-delay.ts";
import { contentsOf, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf/view.ts";
import { sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";
import { type Measured, signalsOf } from "./xarray/signals.ts";

/**
 * quantify-core datasets (xarray, netCDF-4 or -3): settables `x0, x1, ..` and gettables `y0, y1, ..` over one flat dimension `dim_0`, each with
 * `name`, `long_name`, `units`; root attributes `tuid` and `name`. Only `name` tells a T1 from an echo.
 */
export const quantify: Importer = {
  name: "quantify",
  version: 3,
  reference: "https://quantify-os.org/docs/quantify-core/dev/technical_notes/dataset_design/Quantify%20dataset%20-%20specification.html",
  recognise(probe: Probe): number {
    const contents = contentsOf(probe);
    if (contents === undefined) return 0;
    const [x0, y0] = ["x0", "y0"].map((name) => contents.variables.find((v) => v.name === name));
    if (x0 === undefined || y0 === undefined) return 0;
    if (textOf(contents.attributes.tuid) !== "") return 0.95;
    return [x0, y0].every((v) => "long_name" in v.attributes && "units" in v.attributes) ? 0.6 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const view = await openNetcdf(file);
    if (namesArrays(hints)) return namedDatasets(view, hints);
    const settables = await Promise.all(numbered(view, "x").map((v) => measured(view, v)));
    const gettables = await Promise.all(numbered(view, "y").map((v) => measured(view, v)));
    const points = settables[0]?.values.length ?? 0;
    refuseLengths(view, [...settables, ...gettables], points);
    const { signals, others } = signalsOf(gettables, view.file);
    const name = textOf(view.attributes.name);
    const all = sweepTableDatasets(
      {
        place: view.file,
        axes: settables.map((x) => ({ name: x.name || x.id, longName: x.longName, array: x.id, unit: x.unit, values: x.values })).reverse(),
        signals,
        others,
        measurement: name,
        qubit: signals.length === 1 ? qubitOfName(name) : "",
        started: timeOfTuid(textOf(view.attributes.tuid)),
        notes: [],
        calibration: (signal, _axis, rows) => lastTwoPoints(signal.columns.map((c) => pick(c, rows))),
      },
      hints,
    );
    if (all.length === 0) throw new Unrecognised(formatMessages.noTraces());
    return all;
  },
};

/** `x0`, `x1`, .. in the order of their numbers. */
function numbered(view: NetcdfView, letter: string): NetcdfVariable[] {
  const number = (v: NetcdfVariable) => Number(v.name.slice(1));
  return view.variables.filter((v) => v.numeric && new RegExp(`^${letter}\\d+$`).test(v.name)).sort((a, b) => number(a) - number(b));
}

async function measured(view: NetcdfView, v: NetcdfVariable): Promise<Measured> {
  const { values } = await view.numbers(v.name);
  const { name, long_name, units } = v.attributes;
  return { id: v.name, name: textOf(name), longName: textOf(long_name), unit: textOf(units), values };
}

function refuseLengths(view: NetcdfView, all: readonly Measured[], points: number): void {
  for (const v of all)
    if (v.values.length !== points)
      throw new ImportError(formatMessages.lengths(v.id, v.values.length, "x0", points), `${view.file}:${v.id}`);
}

/** `20210827-174946-357-70a986` is local time to the millisecond; no zone is known. */
export function timeOfTuid(tuid: string): string {
  const t = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})/.exec(tuid);
  return t === null ? "" : `${t[1]}-${t[2]}-${t[3]}T${t[4]}:${t[5]}:${t[6]}.${t[7]}`;
}
