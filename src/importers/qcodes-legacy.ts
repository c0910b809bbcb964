import type { Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { qcodesMessages } from "../core/messages/import-qcodes.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { isRecord, textOf } from "./qcodes/description.ts";
import { type LegacyTable, parseLegacy } from "./qcodes/legacy-table.ts";
import { parseSnapshot } from "./qcodes/snapshot.ts";
import { runDatasets } from "./sweep/datasets.ts";
import { statedMeanings } from "./sweep/meaning.ts";
import type { MeasuredParameter, SweptSignal } from "./sweep/parameter.ts";

const SNAPSHOT = "snapshot.json";
/** Names, labels in quotes, lengths of the setpoints: each a comment, cells separated by tabs. */
const HEADER = /^# ?[^\t\r\n"]+(?:\t[^\t\r\n"]+)+\r?\n# ?"[^\t\r\n]*"(?:\t"[^\t\r\n]*")+\r?\n# ?\d+(?:\t\d+)*\r?\n/;

/**
 * Data sets of QCoDeS before its database (`GNUPlotFormat`): a text of tab-separated columns, setpoints first, under three lines of comments. Units
 * stand only in the snapshot beside it.
 */
export const qcodesLegacy: Importer = {
  name: "qcodes-legacy",
  version: 3,
  reference: "qcodes.data.gnuplot_format (QCoDeS 0.1 to 0.40)",
  companions: (name) => (/\.dat$/i.test(name) ? /^snapshot\.json$/ : undefined),
  recognise: (probe: Probe): number => (probe.text !== undefined && HEADER.test(probe.text) ? 0.9 : 0),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path, name } = file.probe;
    const table = parseLegacy(await file.text(), path);
    const snapshot = await snapshotOf(file);
    const { setpoints, signals } = parametersOf(table, snapshot);
    const swept = signals.map((signal): SweptSignal => ({ ...signal, setpoints }));
    const location = textOf(snapshot?.location) || path.split("/").slice(0, -1).join("/");
    const measurement = {
      // `data/2017-08-03/#001_T1_15-30-11`: the last part is what the experimenter called it.
      names: [location.split(/[\\/]/).at(-1) ?? "", name.replace(/\.dat$/i, "")].filter((text) => text !== ""),
      started: startedOf(snapshot),
      device: "",
      notes: notesOf(table, snapshot),
    };
    return runDatasets(swept, measurement, statedMeanings(hints, swept, path), hints);
  },
};

type Json = Readonly<Record<string, unknown>>;

async function snapshotOf(file: FileContent): Promise<Json | undefined> {
  const bytes = await file.sibling(SNAPSHOT);
  if (bytes === undefined) return undefined;
  const { path } = file.probe;
  const place = path.slice(0, path.lastIndexOf("/") + 1) + SNAPSHOT;
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ImportError(qcodesMessages.badSnapshot((error as Error).message), place, { cause: error });
  }
  if (!isRecord(root)) throw new ImportError(qcodesMessages.badSnapshot("it is no object"), place);
  return root;
}

function parametersOf(table: LegacyTable, snapshot: Json | undefined): { setpoints: MeasuredParameter[]; signals: MeasuredParameter[] } {
  const arrays = isRecord(snapshot?.arrays) ? snapshot.arrays : {};
  const parameters = table.columns.map(({ name, label, values }): MeasuredParameter => {
    const array = arrays[name];
    const { unit, units } = isRecord(array) ? array : {};
    return { name, label, unit: textOf(unit) || textOf(units), type: "numeric", values };
  });
  const depth = table.shape.length;
  return { setpoints: parameters.slice(0, depth), signals: parameters.slice(depth) };
}

function notesOf(table: LegacyTable, snapshot: Json | undefined): Note[] {
  const notes: Note[] = [
    snapshot === undefined
      ? { code: "no_units", text: qcodesMessages.legacyNoUnits() }
      : { code: "units_from_snapshot", text: qcodesMessages.legacyUnits() },
  ];
  const planned = table.shape.reduce((product, n) => product * n, 1);
  if (table.rows < planned) notes.push({ code: "incomplete_sweep", text: qcodesMessages.legacyShape(table.shape, table.rows) });
  const { powers } = parseSnapshot(snapshot === undefined ? "" : JSON.stringify(snapshot));
  for (const { path, value, unit } of powers) notes.push({ code: "source_power", text: qcodesMessages.snapshotPower(path, value, unit) });
  return notes;
}

/** `loop.ts_start` is local time without a zone: `2017-08-03 15:30:11`. */
function startedOf(snapshot: Json | undefined): string {
  const written = [isRecord(snapshot?.loop) ? snapshot.loop.ts_start : undefined, snapshot?.ts_start]
    .map(textOf)
    .find((text) => text !== "");
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(written ?? "");
  return match === null ? "" : `${match[1]}T${match[2]}`;
}
