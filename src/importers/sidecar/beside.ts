import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import type { Folders } from "../folders.ts";
import { decodeText } from "../text/text.ts";
import type { Stated } from "./agreed.ts";
import { columnLists } from "./column-names.ts";
import { folderWide } from "./folder-wide.ts";
import { isSharedSidecar, mayBeSidecar, ownSidecars, sidecarsOf } from "./names.ts";
import { pathFacts } from "./path-facts.ts";
import { NOTHING, readSettings, type Settings } from "./settings-table.ts";
import { isSetting, type Statement } from "./statement.ts";
import { leavesOf, statementsOf } from "./tree.ts";
import { parseXml } from "./xml.ts";

/** Larger ones hold data, not notes about them. */
const LARGEST = 8 * 2 ** 20;

/** The sidecars of a file, by name, the nearest first. @throws the operating system's error when the folder cannot be listed */
export async function sidecarNames(absolute: string, folders: Folders): Promise<readonly string[]> {
  const folder = dirname(absolute);
  const { candidates, shared } = await folders.once(`sidecars ${folder}`, async () => {
    const names = [...(await folders.names(folder))];
    return { candidates: new Set(names.filter(mayBeSidecar)), shared: names.filter(isSharedSidecar).sort() };
  });
  return candidates.size === 0 && shared.length === 0 ? [] : sidecarsOf(basename(absolute), candidates, shared);
}

/** Lists of column names in the sidecars of a file, with the name of the sidecar; LabVIEW keeps them there. */
export async function columnsBeside(
  absolute: string,
  folders: Folders,
): Promise<readonly { readonly file: string; readonly headers: readonly string[] }[]> {
  const found = [];
  for (const sidecar of await sidecarNames(absolute, folders)) {
    const { columns } = await read(absolute, sidecar, folders);
    found.push(...columns.map((headers) => ({ file: sidecar, headers })));
  }
  return found;
}

/** What the sidecars of a file state. One that cannot be read is a note; the measurement is read all the same. */
export async function statedBeside(absolute: string, folders: Folders): Promise<Stated> {
  const statements: Statement[] = [];
  const notes: Note[] = [];
  const name = basename(absolute);
  const own = ownSidecars(name);
  for (const sidecar of await sidecarNames(absolute, folders)) {
    const settings = await read(absolute, sidecar, folders);
    for (const part of [
      settings.rows.get(name) ?? settings.rows.get(stemOf(name)) ?? variantOf(settings, sidecar, name),
      own.includes(sidecar) ? settings : folderWide(settings, name),
    ]) {
      statements.push(...part.statements);
      notes.push(...part.notes);
    }
  }
  return { statements, notes };
}

const stemOf = (name: string) => name.replace(/\.\w+$/, "");

/** The row that agrees with what the file's name says, of a table that names no files. */
function variantOf({ variants, rows }: Settings, sidecar: string, name: string): Stated {
  if (rows.size > 0) return { statements: [], notes: [{ code: "sidecar", text: say.noRow(sidecar, rows.size) }] };
  if (variants.every(({ statements, notes }) => statements.length + notes.length === 0)) return NOTHING;
  const named = pathFacts(name).statements.filter(isSetting);
  const fitting = variants.filter(({ statements }) => {
    const pairs = named.flatMap((one) =>
      statements.filter(isSetting).flatMap((other) => (other.name === one.name ? [[one, other] as const] : [])),
    );
    return pairs.length > 0 && pairs.every(([a, b]) => Math.abs(a.value - b.value) <= Math.max(a.rounding, b.rounding));
  });
  const [row] = fitting;
  if (row !== undefined && fitting.length === 1) return row;
  return { statements: [], notes: [{ code: "sidecar", text: say.rowsWithoutFile(sidecar, variants.length) }] };
}

/** The measurements that a sidecar of the folder names, and that are not there. */
export async function absentFiles(sidecar: string, folders: Folders): Promise<readonly string[]> {
  const { rows } = await read(sidecar, basename(sidecar), folders);
  const names = await folders.names(dirname(sidecar));
  const stems = new Set([...names].map(stemOf));
  return [...rows.keys()].filter((name) => name !== "" && !names.has(name) && !stems.has(name));
}

interface Sidecar extends Settings {
  readonly columns: readonly (readonly string[])[];
}

/** Each sidecar is read once, however many files it speaks of. */
function read(absolute: string, sidecar: string, folders: Folders): Promise<Sidecar> {
  const path = join(dirname(absolute), sidecar);
  return folders.once(`sidecar ${path}`, () => readSidecar(path, sidecar));
}

const nothing = (text: string): Sidecar => ({ ...NOTHING, notes: [{ code: "sidecar", text }], columns: [] });

async function readSidecar(path: string, name: string): Promise<Sidecar> {
  try {
    const info = await stat(path);
    if (!info.isFile()) return nothing(say.unreadable(name, "it is no file"));
    if (info.size > LARGEST) return nothing(say.tooLarge(name, LARGEST));
    const decoded = decodeText(await readFile(path));
    if (!("text" in decoded)) return nothing(say.unreadable(name, "it is no text"));
    const tree = treeOf(decoded.text, name);
    if (tree === undefined) return { ...readSettings(decoded.text, name), columns: [] };
    return { ...NOTHING, ...statementsOf(leavesOf(tree), name), columns: columnLists(tree) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return nothing(say.unreadable(name, error.message));
  }
}

/** @throws SyntaxError where the content is not what the name says */
function treeOf(text: string, name: string): unknown {
  if (/\.json$|\.meta$/i.test(name) && /^\s*[{[]/.test(text)) return JSON.parse(text);
  if (/\.json$/i.test(name)) throw new SyntaxError("it is no JSON object");
  return /\.xml$/i.test(name) || /^\s*<\?xml/.test(text) ? parseXml(text) : undefined;
}
