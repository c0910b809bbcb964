import type { Role } from "../../core/dataset.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import { isUnitOf, siColumn } from "../meaning/si-column.ts";
import type { LabberChannel, LabberColumn } from "./log.ts";

const POPULATION = /\b(population|probability|p1|pe|p_e)\b/i;

/**
 * The columns of a logged channel: real and imaginary part, or one real column. A complex `S21` against frequency is a scattering parameter;
 * a real channel in another unit than volts (a temperature, a current) is kept and not used.
 */
export function signalColumns(signal: LabberColumn, channel: LabberChannel | undefined, axisRole: Role): ColumnData[] {
  const unit = channel?.unit ?? "";
  const called = channel?.quantity || signal.name;
  const port = (/\bS([1-9][1-9])\b/.exec(called) ?? /\bS([1-9][1-9])\b/.exec(signal.name))?.[1];
  const bare = unit.trim() === "" || isUnitOf("1", unit);
  if (signal.imaginary !== undefined) {
    const scattering = port !== undefined && axisRole === "frequency" && bare;
    if (scattering)
      return [
        { name: `${signal.name}, real`, role: "s_re", unit: "1", values: signal.values, port },
        { name: `${signal.name}, imaginary`, role: "s_im", unit: "1", values: signal.imaginary, port },
      ];
    return [siColumn(`${signal.name}, real`, "i", signal.values, unit), siColumn(`${signal.name}, imaginary`, "q", signal.imaginary, unit)];
  }
  if (bare && POPULATION.test(called)) return [siColumn(signal.name, "population", signal.values, unit || "1")];
  return [siColumn(signal.name, bare || isUnitOf("V", unit) ? "voltage" : "other", signal.values, unit)];
}
