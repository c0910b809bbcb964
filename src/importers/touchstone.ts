import type { Condition, Kind, Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import * as say from "../core/messages/touchstone.ts";
import { unitConversion } from "../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { isOptionLine } from "./touchstone/options.ts";
import { type Records, readRecords, statedPowers } from "./touchstone/records.ts";
import { type PortPair, toScattering } from "./touchstone/scattering.ts";

/** Network parameters as text, versions 1.0 and 1.1. */
export const touchstone: Importer = {
  name: "touchstone",
  version: 1,
  reference: "Touchstone File Format Specification 1.1 (EIA/IBIS Open Forum, 2002)",
  recognise,
  read,
};

const ENDING = /\.s(\d{1,3})p$/i;
const KINDS: readonly Kind[] = ["scattering", "reference", "other"];

/** By the ending .sNp, or by a first line that can only be an option line or `[Version]`. */
function recognise(probe: Probe): number {
  const line = probe.text?.split(/\r\n|\r|\n/, 2000).find((text) => text.trim() !== "" && !/^\s*!/.test(text));
  const speaks = line !== undefined && (isOptionLine(line) || /^\s*\[version\]\s*[12]/i.test(line));
  if (ENDING.test(probe.name)) return speaks ? 0.95 : 0.6;
  return speaks ? 0.9 : 0;
}

/** One dataset of kind `scattering` with `frequency` and, per pair of ports, `s21_re` and `s21_im`; S is dimensionless. */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path, name } = file.probe;
  const kind = hints.kind ?? "scattering";
  if (!KINDS.includes(kind)) throw new ImportError(say.wrongKind(kind), path);
  const ending = ENDING.exec(name);
  const ports = ending === null ? undefined : Number(ending[1]);
  if (ports === 0) throw new ImportError(say.portsUnknown(0), path);
  const records = readRecords(await file.text(), ports, path);
  const notes: Note[] = [...records.notes, ...records.options.notes.map((text) => ({ code: "option_line", text }))];
  const order = risingOrder(records.frequencies, notes);
  const pairs = toScattering(records, path);
  if (records.options.parameter !== "S")
    notes.push({ code: "converted", text: say.converted(records.options.parameter, records.options.reference) });
  if (records.comments.some(({ text }) => /^port\s*impedance/i.test(text)))
    notes.push({ code: "port_impedance", text: say.portImpedance() });
  if (hints.columns !== undefined) notes.push({ code: "hint_ignored", text: say.columnsIgnored() });
  const time = records.options.axis === "s";
  const axis: ColumnData = {
    name: time ? "time" : "frequency",
    unit: time ? "s" : "Hz",
    role: time ? "time" : "frequency",
    values: take(records.frequencies, order),
  };
  const dataset = makeDataset({
    kind: time ? "other" : kind,
    kindInferred: false,
    labels: { cooldown: "", device: "", qubit: "", trace: pairs.length === 1 ? "S11" : "S" },
    started: "",
    columns: [axis, ...columnsOf(pairs, order, notes)],
    conditions: power(records, hints, notes),
    axis: "single",
    noise: { type: "unknown" },
    notes,
  });
  return [dataset];
}

/** Point numbers by rising frequency, or undefined where they rise already; equal frequencies keep their order. */
function risingOrder(frequencies: Float64Array, notes: Note[]): readonly number[] | undefined {
  let falls = false;
  let equal = 0;
  for (let i = 1; i < frequencies.length; i++) {
    if (frequencies[i]! < frequencies[i - 1]!) falls = true;
    else if (frequencies[i] === frequencies[i - 1]) equal++;
  }
  if (equal > 0) notes.push({ code: "repeated_frequencies", text: say.repeatedFrequencies(equal) });
  if (!falls) return undefined;
  notes.push({ code: "sorted", text: say.sorted() });
  return Array.from(frequencies.keys()).sort((a, b) => frequencies[a]! - frequencies[b]! || a - b);
}

function take(values: Float64Array, order: readonly number[] | undefined): Float64Array {
  return order === undefined ? values : Float64Array.from(order, (i) => values[i]!);
}

function columnsOf(pairs: readonly PortPair[], order: readonly number[] | undefined, notes: Note[]): ColumnData[] {
  const placeholders = pairs.some((pair) => !isConstant(pair)) ? pairs.filter((pair) => isConstant(pair) && isPlaceholder(pair)) : [];
  if (placeholders.length > 0) notes.push({ code: "placeholder", text: say.placeholder(placeholders.map((pair) => pair.port)) });
  return pairs.flatMap((pair): ColumnData[] => {
    const used = !placeholders.includes(pair);
    const name = `s${pair.port}`;
    return [
      { name: `${name}_re`, unit: "1", role: used ? "s_re" : "other", port: pair.port, values: take(pair.re, order) },
      { name: `${name}_im`, unit: "1", role: used ? "s_im" : "other", port: pair.port, values: take(pair.im, order) },
    ];
  });
}

function isConstant({ re, im }: PortPair): boolean {
  return re.length > 2 && re.every((x) => x === re[0]) && im.every((x) => x === im[0]);
}

/** What analysers write for a parameter that was not measured: 0, 1, or 1e-10 at any angle. */
function isPlaceholder({ re, im }: PortPair): boolean {
  const magnitude = Math.hypot(re[0]!, im[0]!);
  return magnitude < 1.001e-10 || (re[0] === 1 && im[0] === 0);
}

/** The lab file's power, else the one that the comments state. */
function power(records: Records, hints: Hints, notes: Note[]): Condition[] {
  if (hints.power !== undefined) return [{ name: "power", value: hints.power.value, unit: "W" }];
  const stated = statedPowers(records.comments).map((p) => ({ ...p, watt: unitConversion(p.unit)?.toSI(p.value) }));
  const values = new Set(stated.map((p) => p.watt));
  if (values.size > 1) notes.push({ code: "power", text: say.powersDiffer() });
  const first = stated[0];
  if (values.size !== 1 || first?.watt === undefined) return [];
  notes.push({ code: "power", text: say.powerFromComment(first.line, first.text) });
  return [{ name: "power", value: first.watt, unit: "W" }];
}
