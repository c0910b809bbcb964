import { type Condition, type Kind, NO_LABELS, type Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import * as network from "../core/messages/import-network.ts";
import * as say from "../core/messages/touchstone.ts";
import { unitConversion } from "../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../tables/dataset.ts";
import { cutOffNotes } from "./cut-off.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { fromPolar } from "./network/complex.ts";
import { noteOddFrequency } from "./network/odd-scattering.ts";
import { risingOrder, scatteringColumns, take } from "./network/port-pair.ts";
import type { EncodedText } from "./text/text.ts";
import { statedPowers } from "./touchstone/comments.ts";
import { DEFAULTS, isOptionLine } from "./touchstone/options.ts";
import type { Records } from "./touchstone/records.ts";
import { scatteringOf } from "./touchstone/scattering.ts";
import { readVersion1 } from "./touchstone/version1.ts";
import { isVersion2, readVersion2 } from "./touchstone/version2.ts";

/** Network parameters as text, versions 1.0, 1.1, 2.0 and 2.1. */
export const touchstone: Importer = {
  name: "touchstone",
  version: 5,
  reference:
    "Touchstone File Format Specification 1.1 (EIA/IBIS Open Forum, 2002), 2.1 (IBIS Open Forum, 2024) with its versions 1.0, 1.1, 2.0",
  recognise,
  read,
};

const ENDING = /\.s(\d{1,3})p$/i;
const KINDS: readonly Kind[] = ["scattering", "reference", "other"];

/** By the ending .sNp, or by a first line that can only be an option line or `[Version]`. */
function recognise(probe: Probe): number {
  const line = probe.text?.split(/\r\n|\r|\n/, 2000).find((text) => text.trim() !== "" && !/^\s*!/.test(text));
  const speaks = line !== undefined && (isOptionLine(line) || /^\s*\[version\]\s*\d/i.test(line));
  if (ENDING.test(probe.name)) return speaks ? 0.95 : 0.6;
  return speaks ? 0.9 : 0;
}

/** One dataset of kind `scattering` with `frequency` and, per pair of ports, `s21_re` and `s21_im`; S is dimensionless. */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path, name } = file.probe;
  const kind = hints.kind ?? "scattering";
  if (!KINDS.includes(kind)) throw new ImportError(network.wrongKind(kind, "Touchstone"), path);
  const text = await file.encoded();
  const records = recordsOf(text, name, path);
  const notes: Note[] = [...cutOffNotes(text), ...records.notes, ...records.options.notes.map((text) => ({ code: "option_line", text }))];
  const frequencies = records.columns[0]!;
  const order = risingOrder(frequencies, notes);
  noteOddFrequency(frequencies, notes);
  const pairs = scatteringOf(records, path);
  if (records.options.parameter !== "S")
    notes.push({ code: "converted", text: network.converted(records.options.parameter, records.references) });
  else if (records.references.some((ohm) => ohm !== DEFAULTS.references[0]))
    notes.push({ code: "reference", text: say.references(records.references) });
  if (records.comments.some(({ text }) => /^port\s*impedance/i.test(text)))
    notes.push({ code: "port_impedance", text: say.portImpedance() });
  const named = portsByName(name);
  if (named !== undefined && named !== records.ports.length)
    notes.push({ code: "ports", text: say.namedPorts(named, records.ports.length) });
  if (hints.columns !== undefined) notes.push({ code: "hint_ignored", text: network.columnsIgnored("Touchstone") });
  const time = records.options.axis === "s";
  const axis: ColumnData = {
    name: time ? "time" : "frequency",
    unit: time ? "s" : "Hz",
    role: time ? "time" : "frequency",
    values: take(frequencies, order),
  };
  const dataset = makeDataset({
    kind: time ? "other" : kind,
    kindInferred: false,
    labels: { cooldown: "", device: "", qubit: "", trace: pairs.length === 1 ? "S11" : "S" },
    started: "",
    columns: [axis, ...scatteringColumns(pairs, order, notes), ...impedanceColumns(records, order)],
    conditions: power(records, hints, notes),
    axis: "single",
    noise: { type: "unknown" },
    notes,
  });
  return records.noise.length === 0 ? [dataset] : [dataset, noiseDataset(records.noise, notes)];
}

function recordsOf(text: EncodedText, name: string, path: string): Records {
  if (isVersion2(text)) return readVersion2(text, path);
  const ports = portsByName(name);
  if (ports === 0) throw new ImportError(say.portsUnknown(0), path);
  return readVersion1(text, ports, path);
}

function portsByName(name: string): number | undefined {
  const ending = ENDING.exec(name);
  return ending === null ? undefined : Number(ending[1]);
}

/** Columns of HFSS's port impedances, one per port and part. */
function impedanceColumns({ impedances, ports }: Records, order: readonly number[] | undefined): ColumnData[] {
  if (impedances === undefined) return [];
  const width = 2 * ports.length;
  return ports.flatMap((port, i) =>
    (["re", "im"] as const).map((part, k): ColumnData => {
      const values = Float64Array.from({ length: impedances.length / width }, (_, point) => impedances[point * width + 2 * i + k]!);
      return { name: `z${port}_${part}`, unit: "1", role: "other", inferred: say.resistanceInOhm(), values: take(values, order) };
    }),
  );
}

/** Noise parameters of a two-port, as a dataset that is listed and not fitted. */
function noiseDataset(noise: Float64Array, notes: readonly Note[]): Dataset {
  const values = (k: number) => Float64Array.from({ length: noise.length / 5 }, (_, i) => noise[5 * i + k]!);
  const [magnitude, angle] = [values(2), values(3)];
  const optimum = Array.from(magnitude, (r, i) => fromPolar(r, angle[i]!));
  const other = (name: string, unit: "1" | "dB", numbers: Float64Array): ColumnData => ({ name, unit, role: "other", values: numbers });
  return makeDataset({
    kind: "other",
    kindInferred: false,
    labels: { ...NO_LABELS, trace: "noise" },
    started: "",
    columns: [
      { name: "frequency", unit: "Hz", role: "frequency", values: values(0) },
      other("nf_min", "dB", values(1)),
      other(
        "gamma_opt_re",
        "1",
        Float64Array.from(optimum, (x) => x[0]),
      ),
      other(
        "gamma_opt_im",
        "1",
        Float64Array.from(optimum, (x) => x[1]),
      ),
      other("r_n", "1", values(4)),
    ],
    conditions: [],
    axis: "single",
    noise: { type: "unknown" },
    notes: notes.filter((note) => note.code === "noise_data"),
  });
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
