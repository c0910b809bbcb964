import { sha256 } from "../core/hash.ts";
import { writeTouchstone } from "../importers/touchstone/write.ts";
import type { Complex } from "./complex-matrix.ts";
import { type Digitiser, voltage } from "./instruments.ts";
import type { CooldownSpec, Experiment } from "./lab-spec.ts";
import type { DecayCounts, DecayVoltages, PowerTable, Recording, Saturation, ScatteringTrace } from "./recording.ts";
import { stream } from "./streams.ts";
import { csvFile, digits } from "./writers/csv.ts";
import { labberFile } from "./writers/labber.ts";
import { quantifyFile } from "./writers/quantify.ts";
import { tergiteFile } from "./writers/tergite.ts";

/** A file in memory; `path` is relative to the lab folder, with `/`. */
export interface SimulatedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where the files of an experiment go. */
export interface Shelf {
  readonly cooldown: CooldownSpec;
  readonly seed: number;
  digitiser(qubit: string): Digitiser;
}

/** The recordings of one experiment in the structures that labs use. */
export function experimentFiles(e: Experiment, recordings: readonly Recording[], shelf: Shelf): SimulatedFile[] {
  const folder = shelf.cooldown.name;
  switch (e.what) {
    case "other-file":
      return [{ path: `${folder}/${e.name}`, bytes: typeof e.content === "string" ? new TextEncoder().encode(e.content) : e.content }];
    case "t1-labber":
      return [labberLog(e, recordings as DecayVoltages[], shelf)];
    case "t1-tergite":
      return (recordings as DecayVoltages[]).map((r) => ({
        path: `${folder}/dataset_T1_${r.index}.hdf5`,
        bytes: tergiteFile("T1", tuid(shelf, 0).slice(0, 19), [{ qubit: e.qubit, delays: r.delays, voltages: r.voltages }]),
      }));
    case "t1-quantify":
    case "echo-quantify":
      return (recordings as DecayVoltages[]).map((r) => quantifySet(e.qubit, r, shelf));
    default:
      return recordings.map((r) => tableOrTrace(e.qubit, r, folder));
  }
}

function tableOrTrace(qubit: string, r: Recording, folder: string): SimulatedFile {
  switch (r.kind) {
    case "counts":
      return countsFile(qubit, r, folder);
    case "scattering":
      return scatteringFile(qubit, r, folder);
    case "saturation":
      return saturationFile(qubit, r, folder);
    case "equilibrium":
      return { path: `${folder}/${qubit}_eq.csv`, bytes: csvFile({ p1: r.p1, shots: r.p1.map(() => r.shots) }) };
    case "power-table":
      return powerFile(qubit, r, folder);
    case "table":
      return { path: `${folder}/${qubit}_${r.name}.csv`, bytes: csvFile(Object.fromEntries(r.columns.map((c) => [c.header, c.printed]))) };
    case "voltages":
      throw new RangeError("voltages are kept in HDF5 or netCDF files");
  }
}

const three = (n: number) => String(n).padStart(3, "0");

function countsFile(qubit: string, r: DecayCounts, folder: string): SimulatedFile {
  const name = r.sequence === "echo" ? "echo" : "t1";
  const columns = { "delay [us]": r.delays.map((t) => t * 1e6), p1: r.p1, shots: r.p1.map(() => r.shots) };
  return { path: `${folder}/${qubit}_${name}_${three(r.index)}.csv`, bytes: csvFile(columns) };
}

function scatteringFile(qubit: string, r: ScatteringTrace, folder: string): SimulatedFile {
  const { ports } = r;
  const state = Number.isNaN(r.power) ? "off" : `${digits(r.power)}dBm`;
  const comments = [`${qubit}, ${Number.isNaN(r.power) ? "qubit detuned" : `source power ${digits(r.power)} dBm`}, complex averaging`];
  const ten = (x: number) => Number(x.toExponential(9));
  // Columns of the scattering matrix into rows.
  const rows = Array.from({ length: ports ** 2 }, (_, k) => (k % ports) * ports + Math.floor(k / ports));
  const matrices = r.s.map((s) => rows.map((k) => [ten(s[k]!.re), ten(s[k]!.im)] as const));
  const text = writeTouchstone({ frequency: r.frequency, matrices }, { comments }).replaceAll("\n", "\r\n");
  return {
    path: `${folder}/${qubit}_s${ports === 1 ? "11" : ports === 2 ? "21" : ""}_${state}.s${ports}p`,
    bytes: new TextEncoder().encode(text),
  };
}

/** With the frequency of the drive in the table (`_sat`), or without (`_population`). */
function saturationFile(qubit: string, r: Saturation, folder: string): SimulatedFile {
  const frequency = r.frequency ? { "frequency [GHz]": r.frequency.map((f) => f * 1e-9) } : {};
  const columns = { "power [dBm]": r.powers, ...frequency, p1: r.p1, shots: r.p1.map(() => r.shots) };
  return { path: `${folder}/${qubit}_${r.frequency ? "sat" : "population"}.csv`, bytes: csvFile(columns) };
}

function powerFile(qubit: string, r: PowerTable, folder: string): SimulatedFile {
  const five = (x: number) => Number(x.toFixed(5));
  const columns = {
    "incident [dBm]": r.incident,
    "reflected [dBm]": r.reflected.map(five),
    "reflected_off [dBm]": r.reflectedOff.map(five),
    p1: r.p1,
    shots: r.p1.map(() => r.shots),
  };
  return { path: `${folder}/${qubit}_power.csv`, bytes: csvFile(columns) };
}

function labberLog(e: Experiment & { readonly what: "t1-labber" }, recordings: readonly DecayVoltages[], shelf: Shelf): SimulatedFile {
  const channels: { qubit: string; traces: (readonly Complex[])[] }[] = [{ qubit: e.qubit, traces: recordings.map((r) => r.voltages) }];
  if (e.idle !== undefined) {
    const rng = stream(shelf.seed, `${shelf.cooldown.name}/${e.idle}/idle`);
    const digitiser = shelf.digitiser(e.idle);
    channels.unshift({ qubit: e.idle, traces: recordings.map((r) => r.delays.map(() => voltage(rng, digitiser, 0))) });
  }
  const name = `T1_${e.qubit}_repeat`;
  const created = Date.parse(`${shelf.cooldown.started}T09:00:00Z`) / 1000;
  const log = { name, created, period: 41.5, delays: recordings[0]!.delays, planned: e.planned, channels };
  return { path: `${shelf.cooldown.name}/${name}.hdf5`, bytes: labberFile(log) };
}

function quantifySet(qubit: string, r: DecayVoltages, shelf: Shelf): SimulatedFile {
  const name = `${r.sequence === "echo" ? "Echo" : "T1"} experiment ${qubit}`;
  const id = tuid(shelf, (r.sequence === "echo" ? 500 : 0) + r.index);
  return {
    path: `${shelf.cooldown.name}/${id.slice(0, 8)}/${id}-${name}/dataset.hdf5`,
    bytes: quantifyFile(name, id, r.delays, r.voltages),
  };
}

/** `YYYYMMDD-HHMMSS-mmm-xxxxxx`, a minute and a half per measurement; the same under every seed. */
function tuid(shelf: Shelf, index: number): string {
  const time = new Date(Date.parse(`${shelf.cooldown.started}T10:00:00Z`) + 91_357 * index).toISOString();
  const [date, clock] = [time.slice(0, 10).replaceAll("-", ""), time.slice(11, 19).replaceAll(":", "")];
  return `${date}-${clock}-${time.slice(20, 23)}-${sha256(`${shelf.cooldown.name}:${index}`).slice(0, 6)}`;
}
