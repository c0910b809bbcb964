import * as say from "../../core/messages/csv.ts";
import type { Hints } from "../importer.ts";
import type { FileColumn } from "./columns.ts";
import { asOther } from "./hinted.ts";
import type { Meaning } from "./names.ts";
import { unusualSignals } from "./unusual-signals.ts";

/**
 * Settles what a column is by what stands beside it: `time` is a delay beside a signal and a time beside a map; a magnitude against frequency is |S|.
 * @param hints the kind that the lab file states, and whether one number of shots is known for every row
 * @param sequence whether the file calls itself a T1, an echo, ...
 */
export function settleMeanings(named: readonly FileColumn[], hints: Hints, sequence: boolean): FileColumn[] {
  const columns = unusualSignals(named);
  const has = new Set(columns.map((column) => column.meaning));
  if (typeof hints.shots === "number") has.add("shots");
  const stated = hints.kind === "field" || hints.kind === "field-source";
  const map = stated || (has.has("x") && (has.has("u") || has.has("r_total")));
  const delay = !stated && (has.has("delay") || (has.has("time") && !map));
  const spectrum = has.has("frequency") && !delay && !map;
  // A network analyser's trace at one frequency stands against a bare time, too.
  const spoken = sequence || has.has("delay") || hints.columns !== undefined || hints.kind === "decay" || hints.kind === "coherence";
  const readout = delay && spoken && !has.has("frequency");
  return columns.map((column) => {
    const isStated = column.meaning !== "magnitude" && column.meaning !== "phase" && hints.columns?.[column.meaning] !== undefined;
    return explain(settle(column, has, { map, spectrum, delay, readout, isStated }));
  });
}

const MAGNITUDES: readonly Meaning[] = ["magnitude", "s_mag", "s_db"];
const READOUT = { s_re: "i", s_im: "q", s_mag: "magnitude", s_db: "magnitude", s_deg: "phase" } as const;

interface Context {
  readonly map: boolean;
  readonly spectrum: boolean;
  readonly delay: boolean;
  /** S-parameters are how a qubit was read out. */
  readonly readout: boolean;
  /** The lab file says what this column is. */
  readonly isStated: boolean;
}

function settle(column: FileColumn, has: ReadonlySet<Meaning>, { map, spectrum, delay, readout, isStated }: Context): FileColumn {
  switch (column.meaning) {
    case "delay":
      // The populations of a map are followed in time, whatever the column is called.
      return map && !delay && !has.has("time") ? { ...column, meaning: "time" } : column;
    case "time":
      if (map) return stated(column);
      return has.has("delay") ? asOther(column) : { ...column, meaning: "delay" };
    case "x":
    case "y":
    case "z":
    case "u":
    case "r_total":
    case "spread":
      return map ? column : asOther(column);
    case "i":
    case "q":
      return spectrum && /re|im|実|虚/i.test(column.name)
        ? read(column, column.meaning === "i" ? "s_re" : "s_im", "it stands beside a frequency")
        : column;
    case "magnitude":
      if (spectrum) return read(column, column.conversion.unit === "dB" ? "s_db" : "s_mag", "it stands beside a frequency");
      return delay ? column : asOther(column);
    case "phase":
      if (spectrum) return read(column, "s_deg", "it stands beside a frequency");
      return delay && MAGNITUDES.some((meaning) => has.has(meaning)) ? column : asOther(column);
    case "s_re":
    case "s_im":
    case "s_mag":
    case "s_db":
    case "s_deg":
      if (!readout) return column;
      return isStated ? { ...column, meaning: READOUT[column.meaning] } : read(column, READOUT[column.meaning], "it stands beside a delay");
    case "power":
      return has.has("reflected") && /^(?:p|input)[\s_]/i.test(column.name)
        ? read(column, "incident", "it stands beside a reflected power")
        : column;
    case "counts":
      return has.has("shots") ? column : asOther(column);
    default:
      return column;
  }
}

/** A name that is only the usual one for its meaning says so in `inferred`. */
function explain(column: FileColumn): FileColumn {
  return column.loose ? withReason(column, say.inferredRole(column.name, column.meaning, "the usual meaning of the name")) : column;
}

function withReason(column: FileColumn, reason: string): FileColumn {
  return { ...column, inferred: column.inferred === undefined ? reason : `${reason}; ${column.inferred}` };
}

function read(column: FileColumn, meaning: Meaning, why: string): FileColumn {
  const { loose: _, ...rest } = column;
  return withReason({ ...rest, meaning }, say.inferredRole(column.name, meaning, why));
}

/** In a map, `time` and `t` can be nothing else. */
function stated(column: FileColumn): FileColumn {
  const { loose: _, ...rest } = column;
  return rest;
}
