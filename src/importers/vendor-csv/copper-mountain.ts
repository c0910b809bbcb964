import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { type Line, splitCells } from "../csv/lines.ts";
import { headerCell } from "./header-cell.ts";
import { channelTables } from "./keysight-pna.ts";
import { delimiterOf, readRows } from "./rows.ts";
import type { VendorTable } from "./table.ts";
import { startedIn, vendorImporter } from "./vendor.ts";

const MAKER = /copper\s*mountain|\bCMT\b|\b(?:S2VNA|S4VNA|RVNA|TRVNA|SNVNA)\b|\bplanar\b/i;

/** Copper Mountain: three `!` lines (maker and model, date, column names), or the blocks of a PNA behind them. */
export const copperMountain = vendorImporter({
  name: "copper-mountain",
  version: 3,
  title: "Copper Mountain",
  reference: "Copper Mountain Technologies S2VNA Operating Manual, Saving Trace Data to CSV; FORMATS.md",
  recognise: (lines) =>
    lines.slice(0, 3).some((line) => line.startsWith("!") && MAKER.test(line)) && !lines.some(isOptionLine) ? 0.94 : 0,
  tables,
});

/** The same comments stand in front of its Touchstone files. */
const isOptionLine = (line: string) => line.startsWith("#");

function tables(lines: readonly Line[], path: string): readonly VendorTable[] {
  if (lines.some((line) => /^\s*BEGIN\b/i.test(line.text))) return channelTables(lines, path);
  const comments = lines.filter((line) => /^\s*!/.test(line.text));
  const content = lines.filter((line) => line.text.trim() !== "" && !/^\s*!/.test(line.text));
  const named = content.findIndex((line) => /^"?[a-z]/i.test(line.text.trim()));
  // Column names stand in the last comment, or in a line of their own.
  const header = named === 0 ? content[0]!.text : comments.at(-1)?.text.replace(/^\s*!\s*/, "");
  if (header === undefined || !/freq|time|power/i.test(header)) throw new ImportError(say.noHeader(), path);
  const delimiter = delimiterOf(header);
  const cells = splitCells(header, delimiter);
  while (cells.at(-1) === "") cells.pop();
  const { columns, notes } = readRows(named === 0 ? content.slice(1) : content, delimiter, cells.length, path);
  const prose = comments.map((line) => line.text.trim().replace(/^!\s*/, ""));
  const maker = { code: "instrument", text: say.instrument(prose.find((text) => MAKER.test(text)) ?? "") };
  return [{ columns: cells.map(headerCell), numbers: columns, started: startedIn(prose.join("\n")), notes: [maker, ...notes] }];
}
