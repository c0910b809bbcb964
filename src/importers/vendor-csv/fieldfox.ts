import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { unitConversion } from "../../core/units.ts";
import type { Line } from "../csv/lines.ts";
import { parseNumber } from "../text/numbers.ts";
import { readRows } from "./rows.ts";
import { partOf, type VendorColumn, type VendorTable } from "./table.ts";
import { startedIn, vendorImporter } from "./vendor.ts";

/** Keysight FieldFox: `! FILETYPE CSV`, settings in comments, `! DATA Freq,S11`, rows between BEGIN and END. */
export const fieldfox = vendorImporter({
  name: "fieldfox",
  version: 3,
  title: "FieldFox",
  reference: "Keysight FieldFox User's Guide N9927-90001, Save and Recall: Data (CSV); FORMATS.md",
  recognise: (lines) => (/^!\s*FILETYPE\s+CSV/i.test(lines[0] ?? "") ? 0.95 : 0),
  tables,
});

function tables(lines: readonly Line[], path: string): VendorTable[] {
  const settings = new Map<string, string>();
  const result: VendorTable[] = [];
  let open: { line: number; rows: Line[] } | undefined;
  for (const line of lines) {
    const text = line.text.trim();
    if (open === undefined && text.startsWith("!")) keep(settings, text);
    else if (/^BEGIN\b/i.test(text)) open = { line: line.number, rows: [] };
    else if (/^END\b/i.test(text) && open !== undefined) {
      result.push(tableOf(open.rows, settings, path));
      open = undefined;
    } else open?.rows.push(line);
  }
  if (open !== undefined) throw new ImportError(say.noEnd(open.line), `${path}:${open.line}`);
  return result;
}

/** `! FREQ UNIT Hz`, `! DATA Freq,S11`, `! Output_Power_Level, -15`. */
function keep(settings: Map<string, string>, text: string): void {
  const match = /^!\s*((?:FREQ|DATA|XDATA|YDATA) UNIT|[^\s,]+),?\s*(.*?),*$/.exec(text);
  if (match !== null) settings.set(match[1]!.toUpperCase(), match[2]!.trim());
}

function tableOf(rows: readonly Line[], settings: ReadonlyMap<string, string>, path: string): VendorTable {
  const names = (settings.get("DATA") ?? "").split(",").map((name) => name.trim());
  const [axis, ...measured] = names;
  if (axis === undefined || axis === "" || measured.length === 0) throw new ImportError(say.noHeader(), path);
  const [x, y] = [settings.get("XDATA UNIT"), settings.get("YDATA UNIT")];
  const units = (settings.get("DATA UNIT") ?? "").split(",").map((unit) => unit.trim());
  // Real and imaginary part of each trace stand side by side.
  const parts: [string, string][] =
    x !== undefined && y !== undefined
      ? measured.flatMap((name): [string, string][] => [
          [name, x],
          [name, y],
        ])
      : measured.map((name, i) => [name, units[i] ?? units[0]!]);
  const columns: VendorColumn[] = [
    { is: "axis", name: axis, unit: settings.get("FREQ UNIT") },
    ...parts.map(
      ([name, unit]): VendorColumn => ({ is: "part", name, label: unit === "" ? name : `${name} (${unit})`, part: partOf(unit) }),
    ),
  ];
  const { columns: numbers, notes } = readRows(rows, ",", columns.length, path);
  const assumed = [x, y].includes("Phase") ? [{ code: "unit_inferred", text: say.degreesOfVendor("Phase") }] : [];
  const dbm = parseNumber(settings.get("OUTPUT_POWER_LEVEL") ?? "");
  const stated = dbm === undefined ? [] : [{ code: "power", text: say.sourcePower(dbm) }];
  return {
    columns,
    numbers,
    conditions: dbm === undefined ? [] : [{ name: "power", value: unitConversion("dBm")!.toSI(dbm), unit: "W" }],
    started: startedIn(settings.get("TIMESTAMP") ?? ""),
    notes: [
      { code: "instrument", text: say.instrument(`${settings.get("NAME") ?? ""} ${settings.get("MODEL") ?? ""}`.trim()) },
      ...assumed,
      ...stated,
      ...notes,
    ],
  };
}
