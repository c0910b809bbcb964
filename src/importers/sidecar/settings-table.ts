import { addUnit, type HeaderCell, isUnitCell, parseHeaderCell } from "../csv/header.ts";
import { commentText, isComment, type Line, linesOf, splitCells } from "../csv/lines.ts";
import { agreed, type Stated, separated } from "./agreed.ts";
import { readStatement } from "./statement.ts";

/** What a text of settings states: for all files of the folder, and for single ones by their name. */
export interface Settings extends Stated {
  /** Rows of a table that name files, by that name. */
  readonly rows: ReadonlyMap<string, Stated>;
  /** Rows of a table that names no files: each speaks of those files whose names have its temperature or power. */
  readonly variants: readonly Stated[];
}

export const NOTHING: Settings = { statements: [], notes: [], rows: new Map(), variants: [] };

const PAIR = /^\s*([\p{L}_][^:=\t]{0,60}?)\s*[:=\t]\s*(\S.*?)\s*$/u;
/** A longer line is none of settings. */
const LONGEST = 2000;
/** Names of the column that says of which file a row speaks; the vaguer ones only where names of files stand in it. */
const FILE_COLUMN = /^(?:files?|file ?name|data ?file|datei|dateiname)$/i;
const MAYBE_FILE_COLUMN = /^(?:name|path|measurement|data|trace)$/i;

/**
 * Reads lines `TEMP: 16.553 mK`, or a table: one row per file where a column names files; otherwise a single row, or rows `key,value,unit`.
 * @param file name, for places
 */
export function readSettings(text: string, file: string): Settings {
  const lines = linesOf(text).filter((line) => line.text.length <= LONGEST && line.text.trim() !== "");
  const content = lines.filter((line) => !isComment(line.text));
  // `temperature = 16,5 mK` has a comma, and is no row of a table.
  const table = content.every((line) => /^[^,;\t]*[:=]/.test(line.text)) ? undefined : tableOf(content);
  if (table !== undefined) return ofTable(table, file);
  const found = lines.flatMap((line) => {
    const pair = PAIR.exec(isComment(line.text) ? commentText(line.text) : line.text);
    if (pair === null) return [];
    const [value = "", unit = ""] = pair[2]!.split(/[;\t]|,(?=\s|\p{L})/u).map((cell) => cell.trim().replace(/^(["'])(.*)\1$/, "$2"));
    return readStatement(pair[1]!, value, unit, `${file}:${line.number}`) ?? [];
  });
  return { ...NOTHING, ...separated(found) };
}

interface Table {
  readonly header: readonly HeaderCell[];
  readonly rows: readonly { readonly line: Line; readonly cells: readonly string[] }[];
}

function tableOf(content: readonly Line[]): Table | undefined {
  const [first] = content;
  if (first === undefined || content.length < 2) return undefined;
  for (const delimiter of [",", ";", "\t"] as const) {
    const rows = content.map((line) => ({ line, cells: splitCells(line.text, delimiter) }));
    const width = rows[0]!.cells.length;
    if (width < 2 || !rows.every((row) => row.cells.length === width)) continue;
    const header = rows[0]!.cells.map(parseHeaderCell);
    const units = rows[1]!.cells.every(isUnitCell) && rows.length > 2;
    return { header: units ? header.map((cell, c) => addUnit(cell, rows[1]!.cells[c]!)) : header, rows: rows.slice(units ? 2 : 1) };
  }
  return undefined;
}

function ofTable({ header, rows }: Table, file: string): Settings {
  const called = (pattern: RegExp) => header.findIndex((cell) => pattern.test(cell.name.replace(/[_-]+/g, " ").trim()));
  const vague = called(MAYBE_FILE_COLUMN);
  const holdsFiles = vague >= 0 && rows.some((row) => /\.\w{1,5}$/.test(row.cells[vague]!));
  const named = called(FILE_COLUMN) >= 0 ? called(FILE_COLUMN) : holdsFiles ? vague : -1;
  const statedIn = (row: Table["rows"][number]) =>
    header.flatMap((cell, c) => {
      if (c === named) return [];
      return readStatement(cell.name, row.cells[c]!, cell.unitText ?? "", `${file}:${row.line.number}`) ?? [];
    });
  const ofRow = (row: Table["rows"][number]) => separated(statedIn(row));
  if (named >= 0) {
    const byFile = new Map<string, Table["rows"]>();
    for (const row of rows) {
      const name = row.cells[named]!.replace(/^.*[\\/]/, "");
      byFile.set(name, [...(byFile.get(name) ?? []), row]);
    }
    const ofFile = (own: Table["rows"]) => (own.length === 1 ? ofRow(own[0]!) : agreed(own.flatMap(statedIn), file));
    return { ...NOTHING, rows: new Map([...byFile].map(([name, own]) => [name, ofFile(own)])) };
  }
  const pairs = rows.flatMap((row) => readStatement(row.cells[0]!, row.cells[1]!, row.cells[2] ?? "", `${file}:${row.line.number}`) ?? []);
  const single = rows.length === 1 ? ofRow(rows[0]!) : separated([]);
  if (pairs.length > 0 && single.statements.length === 0) return { ...NOTHING, ...separated(pairs) };
  if (rows.length === 1) return { ...NOTHING, ...single };
  return { ...NOTHING, variants: rows.map(ofRow) };
}
