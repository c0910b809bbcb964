import * as say from "../../core/messages/csv.ts";
import type { FileColumn } from "./columns.ts";
import type { Meaning } from "./names.ts";

/** Settles what a column is by what stands beside it: `time` is a delay beside a signal and a time beside a map; a magnitude against frequency is |S|. */
export function settleMeanings(columns: readonly FileColumn[]): FileColumn[] {
  const has = new Set(columns.map((column) => column.meaning));
  const map = has.has("x") && (has.has("u") || has.has("r_total"));
  const delay = has.has("delay") || (has.has("time") && !map);
  const spectrum = has.has("frequency") && !delay && !map;
  return columns.map((column) => settle(column, has, { map, spectrum, delay }));
}

interface Context {
  readonly map: boolean;
  readonly spectrum: boolean;
  readonly delay: boolean;
}

function settle(column: FileColumn, has: ReadonlySet<Meaning>, { map, spectrum, delay }: Context): FileColumn {
  switch (column.meaning) {
    case "time":
      if (map) return stated(column);
      return has.has("delay") ? other(column) : { ...column, meaning: "delay" };
    case "x":
    case "y":
    case "z":
    case "u":
    case "r_total":
      return map ? column : other(column);
    case "i":
    case "q":
      return spectrum && /re|im/i.test(column.name)
        ? read(column, column.meaning === "i" ? "s_re" : "s_im", "it stands beside a frequency")
        : column;
    case "magnitude":
      if (spectrum) return read(column, column.conversion.unit === "dB" ? "s_db" : "s_mag", "it stands beside a frequency");
      return delay ? column : other(column);
    case "phase":
      if (spectrum) return read(column, "s_deg", "it stands beside a frequency");
      return delay && has.has("magnitude") ? column : other(column);
    case "counts":
      return has.has("shots") ? column : other(column);
    default:
      return column;
  }
}

function read(column: FileColumn, meaning: Meaning, why: string): FileColumn {
  const reason = say.inferredRole(column.name, meaning, why);
  const { loose: _, ...rest } = column;
  return {
    ...rest,
    meaning,
    inferred: rest.unitless && column.inferred !== undefined && !column.loose ? `${column.inferred}; ${reason}` : reason,
  };
}

/** In a map, `time` and `t` can be nothing else. */
function stated(column: FileColumn): FileColumn {
  const { loose: _, inferred: __, ...rest } = column;
  return rest;
}

function other(column: FileColumn): FileColumn {
  const { index, name, conversion, unitless } = column;
  return { index, name, conversion, unitless, meaning: "other" };
}
