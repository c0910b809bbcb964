import type { Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { tableFileMessages } from "../core/messages/import-tables.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { ForeignTable } from "../tables/foreign.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { kindOfName, qubitOfName } from "./meaning/measurement-name.ts";
import { tableDatasets } from "./table-file/datasets.ts";
import { readTableFile } from "./table-file/open.ts";
import { Unrecognised } from "./unrecognised.ts";

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 3, 4];

/**
 * Workbooks: every table of every visible sheet, understood as a CSV file is. Tables that are no measurement (a cooldown's temperatures, a list of
 * samples) are named in a note of the others.
 */
export const xlsx: Importer = {
  name: "xlsx",
  version: 5,
  reference: "ECMA-376 (Office Open XML), part 1, chapter 18",
  recognise(probe: Probe): number {
    const begins = (magic: readonly number[]) => magic.every((byte, k) => probe.head[k] === byte);
    const named = /\.xls[xmb]?$/i.test(probe.name);
    if (begins(OLE)) return named ? 0.9 : 0;
    if (!begins(ZIP)) return 0;
    return named ? 0.9 : Buffer.from(probe.head).includes("xl/workbook.xml") ? 0.8 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path, name, head } = file.probe;
    if (head[0] === OLE[0])
      throw new ImportError(/\.xls$/i.test(name) ? tableFileMessages.oldWorkbook() : tableFileMessages.encrypted("xlsx"), path);
    const tables = await readTableFile(file, "xlsx");
    const read: { table: ForeignTable; datasets: readonly Dataset[] }[] = [];
    const leftOut: { table: ForeignTable; error: Error }[] = [];
    for (const table of tables) {
      try {
        const title = kindOfName(table.name) === undefined ? name : table.name;
        read.push({ table, datasets: tableDatasets(table, title, hints, `${path}:${table.name}`) });
      } catch (error) {
        // What the lab file names need not stand in every sheet.
        const elsewhere = error instanceof ImportError && hints.columns !== undefined && tables.length > 1;
        if (!(error instanceof Unrecognised) && !elsewhere) throw error;
        leftOut.push({ table, error });
      }
    }
    if (read.length === 0) throw refusal(leftOut);
    const notes: Note[] = leftOut.map(({ table, error }) => ({
      code: "sheet_left_out",
      text: tableFileMessages.sheetLeftOut(table.name, reasonFor(table, error)),
    }));
    // What this project exported knows its labels; the sheet's name says nothing more.
    return read.flatMap(({ table, datasets }) =>
      table.dataset !== undefined ? datasets : datasets.map((dataset) => fromSheet(dataset, table, notes)),
    );
  },
};

function fromSheet(dataset: Dataset, table: ForeignTable, notes: readonly Note[]): Dataset {
  const { labels } = dataset;
  const sheet: Note = { code: "sheet", text: tableFileMessages.sheet(table.name) };
  return { ...dataset, labels: { ...labels, qubit: labels.qubit || qubitOfName(table.name) }, notes: [...dataset.notes, sheet, ...notes] };
}

function refusal(leftOut: readonly { table: ForeignTable; error: Error }[]): Error {
  const first = leftOut[0];
  if (first === undefined) return new Unrecognised(tableFileMessages.noTable());
  return first.error instanceof ImportError ? first.error : new Unrecognised(reasonFor(first.table, first.error));
}

function reasonFor(table: ForeignTable, error: Error): string {
  const log = table.columns.some(
    ({ name, unit }) => /temp|press|druck|\bmxc\b|still|plate|flange|stage|\[m?K\]/i.test(name) || /^m?K$/.test(unit ?? ""),
  );
  return log ? tableFileMessages.cooldownLog(table.columns.map((column) => column.name)) : error.message;
}
