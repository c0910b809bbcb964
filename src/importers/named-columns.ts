import type { Role } from "../core/dataset.ts";
import { ROLES } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { formatMessages } from "../core/messages/formats.ts";
import { unitConversion } from "../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../tables/dataset.ts";
import type { Hints } from "./importer.ts";
import { type NetcdfView, textOf } from "./netcdf-view.ts";
import { siColumn } from "./si-column.ts";

/**
 * One dataset from the arrays that the lab file names: role -> path inside the file, with or without the unit in a bracket (`/Data/t [us]`).
 * Arrays of any shape are read flat, row-major; all must be equally long.
 * @throws ImportError when a path does not exist, lengths differ, or a unit is missing or contradicts the file's
 */
export async function namedColumns(view: NetcdfView, hints: Hints): Promise<Dataset> {
  const columns: ColumnData[] = [];
  for (const [role, text] of Object.entries(hints.columns ?? {})) {
    if (!isRole(role)) throw new ImportError(formatMessages.roleNotForArrays(role), hints.place ?? view.file);
    columns.push(await namedColumn(view, role, text, hints));
  }
  const first = columns[0];
  const odd = columns.find((c) => c.values.length !== first?.values.length);
  if (first === undefined || odd !== undefined)
    throw new ImportError(
      formatMessages.lengths(odd?.name ?? "", odd?.values.length ?? 0, first?.name ?? "", first?.values.length ?? 0),
      view.file,
    );
  const delay = columns.some((c) => c.role === "delay");
  return makeDataset({
    kind: hints.kind ?? (delay ? "decay" : "other"),
    kindInferred: hints.kind === undefined && delay,
    labels: { cooldown: "", device: "", qubit: "", trace: columns.find((c) => c.role !== "delay")?.name ?? "" },
    started: "",
    columns,
    conditions: [],
    axis: "single",
    noise: noiseOf(columns, hints),
    notes: [],
  });
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function noiseOf(columns: readonly ColumnData[], hints: Hints): Dataset["noise"] {
  if (columns.some((c) => c.role === "sigma")) return { type: "sigma" };
  if (columns.some((c) => c.role === "shots")) return { type: "binomial", shots: "column" };
  return typeof hints.shots === "number" ? { type: "binomial", shots: hints.shots } : { type: "unknown" };
}

async function namedColumn(view: NetcdfView, role: Role, text: string, hints: Hints): Promise<ColumnData> {
  const strip = (path: string) => path.trim().replace(/^\/+/, "");
  const literal = view.variables.find((v) => v.name === strip(text));
  const bracket = /^(.*?)\s*\[([^\]]*)\]\s*$/.exec(text);
  const variable = literal ?? view.variables.find((v) => bracket !== null && v.name === strip(bracket[1]!));
  if (variable === undefined) {
    const known = view.variables.filter((v) => v.numeric).map((v) => `/${v.name}`);
    throw new ImportError(formatMessages.noSuchPath(text, known), hints.place ?? view.file);
  }
  const stated = literal === undefined ? (bracket?.[2]?.trim() ?? "") : "";
  const own = textOf(variable.attributes.units) || textOf(variable.attributes.unit);
  const known = unitConversion(own) !== undefined && own.trim() !== "";
  if (stated !== "" && known && unitConversion(stated)?.toSI(1) !== unitConversion(own)?.toSI(1))
    throw new ImportError(formatMessages.unitConflict(text, stated, own), hints.place ?? view.file);
  const unit = stated || (known ? own : "");
  if (unit === "" && !UNITLESS.includes(role))
    throw new ImportError(formatMessages.unitMissing(role, variable.name, own), hints.place ?? view.file);
  if (unit !== "" && unitConversion(unit) === undefined) throw new ImportError(formatMessages.unitUnknown(unit), hints.place ?? view.file);
  const { values } = await view.numbers(variable.name);
  const column = siColumn(`/${variable.name}`, role, values, unit === "" ? "1" : unit);
  return column;
}

/** Roles whose numbers have no unit, or none that matters: rotation and fit scale with it. */
const UNITLESS: readonly Role[] = ["population", "shots", "sigma", "i", "q", "voltage", "s_re", "s_im", "s_mag", "condition", "other"];
