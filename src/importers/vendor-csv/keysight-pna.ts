import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { type Line, splitCells } from "../csv/lines.ts";
import { headerCell } from "./header-cell.ts";
import { delimiterOf, readRows } from "./rows.ts";
import type { VendorTable } from "./table.ts";
import { blocksOf, startedIn, vendorImporter } from "./vendor.ts";

const BEGIN = /^BEGIN CH\d+_DATA\b/i;

/** Keysight PNA and ENA: `!CSV A.01.01`, comments, one block of all traces per channel. */
export const keysightPna = vendorImporter({
  name: "keysight-pna",
  version: 3,
  title: "Keysight PNA",
  reference: "Keysight PNA Help, Save and Recall Files: CSV; FORMATS.md",
  recognise: (lines) => (lines.some((line) => BEGIN.test(line)) || /^!\s*CSV A\.\d/i.test(lines[0] ?? "") ? 0.92 : 0),
  tables: channelTables,
});

/** The blocks `BEGIN CH<n>_DATA` .. `END`, each with its own column names. @throws ImportError */
export function channelTables(lines: readonly Line[], path: string): VendorTable[] {
  const comments = lines.map((line) => line.text.trim()).filter((text) => text.startsWith("!"));
  const maker = comments.find((text) => /agilent|keysight|copper mountain/i.test(text));
  const instrument = maker === undefined ? [] : [{ code: "instrument", text: say.instrument(maker.replace(/^!\s*/, "")) }];
  const blocks = blocksOf(lines, BEGIN, path);
  if (blocks.length === 0) throw new ImportError(say.noHeader(), path);
  return blocks.map(({ begin, lines: inside }) => {
    const [header, ...rows] = inside.filter((line) => line.text.trim() !== "");
    if (header === undefined) throw new ImportError(say.noHeader(), `${path}:${begin}`);
    const delimiter = delimiterOf(header.text);
    const cells = splitCells(header.text, delimiter);
    while (cells.at(-1) === "") cells.pop();
    const { columns, notes } = readRows(rows, delimiter, cells.length, path);
    return { columns: cells.map(headerCell), numbers: columns, started: startedIn(comments.join("\n")), notes: [...instrument, ...notes] };
  });
}
