import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import { unitConversion } from "../../core/units.ts";
import { parseHeaderCell } from "../csv/header.ts";
import type { Hints } from "../importer.ts";
import { isUnitOf } from "./si-column.ts";

/** An axis of a format that names its axes. */
interface NamedAxis {
  readonly name: string;
  /** Name of the array that holds it, where that is another. */
  readonly array?: string;
  readonly unit: string;
}

/** Whether the lab file names the arrays of a measurement; `columns: { delay: "x0 [us]" }` alone only says which axis is the delay, and its unit. */
export function namesArrays({ columns }: Hints): boolean {
  return columns !== undefined && Object.keys(columns).join() !== "delay";
}

/**
 * The axis that the lab file calls the delay, with its unit; undefined where it names none.
 * @throws ImportError when there is no such axis, or its unit is missing or contradicts the file's
 */
export function statedDelay<A extends NamedAxis>(axes: readonly A[], hints: Hints, file: string): { axis: A; unit: string } | undefined {
  const text = hints.columns?.delay;
  if (text === undefined || namesArrays(hints)) return undefined;
  const place = hints.place ?? file;
  const last = (path: string) => path.slice(path.lastIndexOf("/") + 1).trim();
  const find = (path: string) =>
    axes.find((a) => [a.name, a.array].includes(path.trim())) ?? axes.find((a) => a.name === last(path) || a.array === last(path));
  const cell = parseHeaderCell(text);
  const literal = find(text);
  const axis = literal ?? find(cell.name);
  const known = axes.map((a) => a.array ?? a.name);
  if (axis === undefined) throw new ImportError(formatMessages.noSuchPath(text, known), place);
  const written = literal === undefined ? (cell.unitText ?? "") : "";
  const own = isWithoutUnit(axis.unit) ? "" : axis.unit;
  if (written !== "" && own !== "" && unitConversion(written)?.toSI(1) !== unitConversion(own)?.toSI(1))
    throw new ImportError(formatMessages.unitConflict(text, written, own), place);
  const unit = written || own;
  if (!isUnitOf("s", unit)) throw new ImportError(formatMessages.unitMissing("delay", axis.array ?? axis.name, axis.unit), place);
  return { axis, unit };
}

/** No unit, or one that is not known or says nothing (`NA`, `a.u.`). */
export const isWithoutUnit = (unit: string) => (unitConversion(unit)?.unit ?? "1") === "1";

/** What a delay without unit needs, as a note. */
export function delayWithoutUnit({ name, array }: NamedAxis): Note {
  return { code: "delay_without_unit", text: say.delayWithoutUnit(array ?? name) };
}
