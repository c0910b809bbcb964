import type { Condition, Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { fromDecibel, fromPairs } from "../network/pair-format.ts";
import { parameterNamed } from "../network/parameter-name.ts";
import { axisNamed, type Sweep } from "../network/sweep-dataset.ts";
import type { Trace } from "../network/traces.ts";
import { Unrecognised } from "../unrecognised.ts";

/** What one number of a trace is. */
export type Part = "re" | "im" | "db" | "mag" | "deg" | "rad" | "other";

/** Meaning of one column of an analyser's table. */
export type VendorColumn =
  | { readonly is: "axis"; readonly name: string; readonly unit: string | undefined }
  /** `name`: what is measured (S21); `label`: how the file calls the column. */
  | { readonly is: "part"; readonly name: string; readonly label: string; readonly part: Part }
  | { readonly is: "skipped" };

/** One table with what the file says about it. */
export interface VendorTable {
  readonly columns: readonly VendorColumn[];
  readonly numbers: readonly Float64Array[];
  readonly conditions?: readonly Condition[];
  /** ISO 8601, or empty. */
  readonly started?: string;
  readonly notes?: readonly Note[];
}

/** The part that a unit or format word names, in the spelling of any vendor. */
export function partOf(word: string): Part {
  const key = word.toLowerCase().replace(/[^a-z]/g, "");
  if (/^(?:re|real)$/.test(key)) return "re";
  if (/^(?:im|imag|imaginary)$/.test(key)) return "im";
  if (/^(?:db|logmag|logmagdb|logmagnitude)$/.test(key)) return "db";
  if (/^(?:mag|lin|linmag|linmagu|linearmag|magnitude|abs)$/.test(key)) return "mag";
  if (/^(?:deg|degree|degrees|ang|angle|phase|phasedeg|arg)$/.test(key)) return "deg";
  return /^(?:rad|radian|radians|phaserad)$/.test(key) ? "rad" : "other";
}

/** @throws Unrecognised when no column is an axis; ImportError when its unit cannot be one */
export function sweepOfTable(table: VendorTable, swept: boolean, place: string): Sweep {
  const notes: Note[] = [...(table.notes ?? [])];
  const at = table.columns.findIndex((column) => column.is === "axis");
  const column = table.columns[at];
  if (column?.is !== "axis") {
    const labels = table.columns.flatMap((c) => (c.is === "part" ? [c.label] : []));
    throw new Unrecognised(say.noAxis(labels));
  }
  return {
    axis: axisNamed(column.name, table.numbers[at]!, column.unit, place),
    traces: tracesOf(table, notes),
    conditions: table.conditions ?? [],
    swept,
    started: table.started ?? "",
    notes,
    normalisation: { normalised: false },
  };
}

type Parts = Partial<Record<Part, Float64Array>>;

/** Puts the parts of each quantity together; a part that comes a second time belongs to a trace of its own. */
function tracesOf({ columns, numbers }: VendorTable, notes: Note[]): Trace[] {
  const groups = new Map<string, Parts>();
  const traces: Trace[] = [];
  columns.forEach((column, c) => {
    if (column.is !== "part") return;
    const { part, name, label } = column;
    if (part === "other") {
      traces.push({ name: parameterNamed(label) === undefined ? label : `${label} (number)`, re: numbers[c]! });
      return;
    }
    let key = name;
    for (let n = 2; groups.get(key)?.[part] !== undefined; n++) key = `${name} #${n}`;
    groups.set(key, { ...groups.get(key), [part]: numbers[c]! });
  });
  for (const [name, parts] of groups) traces.push(...assembled(name, parts, notes));
  return traces;
}

function assembled(name: string, { re, im, db, mag, deg, rad }: Parts, notes: Note[]): Trace[] {
  const modulus = mag ?? db?.map(fromDecibel);
  const angle = deg ?? rad?.map((x) => (x * 180) / Math.PI);
  const left = (part: string, values: Float64Array | undefined): Trace[] => {
    if (values === undefined) return [];
    notes.push({ code: "part_alone", text: say.unknownPart(name, part) });
    return [{ name: `${name} ${part}`, re: values }];
  };
  if (re !== undefined && im !== undefined) return [{ name, re, im }];
  const halves = [...left("real", re), ...left("imaginary", im)];
  if (modulus === undefined) return [...halves, ...left("phase", angle)];
  if (angle === undefined) return [{ name, re: modulus }, ...halves];
  return [{ name, ...fromPairs("MA", modulus, angle) }, ...halves];
}
