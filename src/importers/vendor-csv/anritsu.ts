import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { type Line, splitCells } from "../csv/lines.ts";
import { readRows } from "./rows.ts";
import { partOf, type VendorColumn, type VendorTable } from "./table.ts";
import { startedIn, vendorImporter } from "./vendor.ts";

const HEADER = /^PNT\s*,\s*(?:FREQ|TIME|POWER)\d*\b/i;

/** Anritsu VectorStar and ShockLine: `!PARAMETER: S11,S21`, then `PNT,FREQ1.GHZ,LOGMAG1,PHASE1.DEG,FREQ2.GHZ,..`: an axis for each trace. */
export const anritsu = vendorImporter({
  name: "anritsu",
  version: 3,
  title: "Anritsu",
  reference: "Anritsu VectorStar MS4640B User Interface Reference 10410-00319, File Types: CSV; FORMATS.md",
  recognise: (lines) => (lines.some((line) => HEADER.test(line)) ? 0.93 : 0),
  tables,
});

function tables(lines: readonly Line[], path: string): VendorTable[] {
  const at = lines.findIndex((line) => HEADER.test(line.text.trim()));
  const comments = lines.slice(0, Math.max(0, at)).map((line) => line.text.trim());
  if (at < 0) throw new ImportError(say.noHeader(), path);
  const cells = splitCells(lines[at]!.text, ",");
  while (cells.at(-1) === "") cells.pop();
  const rows = lines.slice(at + 1).filter((line) => !/^\s*!/.test(line.text));
  const { columns: numbers, notes } = readRows(rows, ",", cells.length, path);
  const parameters = parametersOf(comments);
  const named = cells.map((cell) => column(cell, parameters));
  const facts: Note[] = [{ code: "instrument", text: say.instrument(comments[0]?.replace(/^!\s*/, "") ?? "") }, ...notes];
  if (parameters.length === 0) facts.push({ code: "traces", text: say.tracesUnnamed() });
  const started = startedIn(comments.join("\n"));
  return groupByAxis(named, numbers).map((group) => ({ ...group, started, notes: facts }));
}

/** Names of the traces in `!PARAMETER: S11,S12,..`; empty where there is none. */
function parametersOf(comments: readonly string[]): string[] {
  const line = comments.find((text) => /^!\s*PARAMETER/i.test(text));
  return line === undefined ? [] : (line.match(/\bS\d{2}\b/gi) ?? []).map((name) => name.toUpperCase());
}

/** `FREQ2.GHZ`, `LOGMAG2`, `PHASE2.DEG`. */
function column(cell: string, parameters: readonly string[]): VendorColumn {
  const [, word = cell, number = "1", unit] = /^([A-Z]+?)(\d*)(?:\.([A-Z]+))?$/i.exec(cell) ?? [];
  if (/^PNT$/i.test(word)) return { is: "skipped" };
  if (/^(?:FREQ|TIME|POWER)$/i.test(word)) return { is: "axis", name: word, unit };
  const index = Number(number || "1") - 1;
  const part = /^phase$/i.test(word) && /^rad$/i.test(unit ?? "") ? "rad" : partOf(word);
  return { is: "part", name: parameters[index] ?? `trace ${index + 1}`, label: cell, part };
}

/** Traces whose axes hold the same numbers share one table. */
function groupByAxis(columns: readonly VendorColumn[], numbers: readonly Float64Array[]): VendorTable[] {
  const tables: { columns: VendorColumn[]; numbers: Float64Array[] }[] = [];
  let current: (typeof tables)[number] | undefined;
  columns.forEach((column, c) => {
    const values = numbers[c]!;
    if (column.is === "axis") {
      current = tables.find((table) => table.numbers[0]!.every((x, i) => x === values[i]));
      if (current !== undefined) return;
      current = { columns: [], numbers: [] };
      tables.push(current);
    }
    if (column.is === "skipped") return;
    current?.columns.push(column);
    current?.numbers.push(values);
  });
  return tables;
}
