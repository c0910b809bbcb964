import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { File, type Group, ready } from "h5wasm/node";

const folder = mkdtempSync(join(tmpdir(), "gammawatt-hdf5-"));
let files = 0;

/** Writes a small HDF5 file into a temporary folder and returns its path. */
export async function writeHdf5(build: (file: File) => void, path = join(folder, `${files++}.hdf5`)): Promise<string> {
  await ready;
  const file = new File(path, "w");
  build(file);
  file.close();
  return path;
}

/** A path in the same temporary folder. */
export const temporaryPath = (name: string) => join(folder, `${files++}-${name}`);

/** A compound array of texts: h5wasm writes fixed-length members only. */
export function texts(group: Group, name: string, rows: readonly Readonly<Record<string, string>>[]): void {
  const members = Object.keys(rows[0] ?? { name: "" });
  const data = new Map(members.map((m) => [m, rows.map((r) => r[m] ?? "")]));
  group.create_dataset({ name, data, dtype: members.map((m) => [m, "S80"]), shape: [rows.length] });
}

export interface LabberChannelSpec {
  readonly name: string;
  readonly unit?: string;
  readonly instrument?: string;
  readonly quantity?: string;
  /** Equation and what its p1 is; the channel is stepped. */
  readonly follows?: string;
}

export interface LabberSpec {
  readonly logName?: string;
  /** Stepped axes, innermost first, then followers; logged channels. */
  readonly steps: readonly (LabberChannelSpec & { readonly length?: number })[];
  readonly logged: readonly (LabberChannelSpec & { readonly complex?: boolean; readonly part?: "Real" | "Imaginary" })[];
  /** Step dimensions as the file states them; default the lengths of the steps. */
  readonly stated?: readonly number[];
  /** Stored traces; default all. */
  readonly entries?: number;
  readonly lastPoints?: number;
  readonly completed?: boolean;
  /** Value of a channel (`imaginary` for the second part) at the indices of the stepped axes, innermost first. */
  value(channel: string, indices: readonly number[], imaginary: boolean): number;
  /** Attributes of an instrument. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Adds what a test needs beyond this. */
  more?(file: File): void;
}

/** Writes a Labber log in the structure of real ones (version 1.6), with fixed-length texts. */
export function writeLabber(spec: LabberSpec, path?: string): Promise<string> {
  return writeHdf5((file) => {
    const lengths = spec.steps.map((s) => s.length ?? 1);
    const inner = lengths[0] ?? 1;
    const planned = lengths.slice(1).reduce((total, n) => total * n, 1);
    const entries = spec.entries ?? planned;
    const columns = [
      ...spec.steps.filter((s) => (s.length ?? 1) > 1 || s.follows !== undefined).map((s) => ({ name: s.name, info: "" })),
      ...spec.logged.flatMap((c) => (c.complex ? ["Real", "Imaginary"] : [c.part ?? ""]).map((info) => ({ name: c.name, info }))),
    ];
    file.create_attribute("log_name", spec.logName ?? "log");
    file.create_attribute("creation_time", 1_541_262_913.25);
    file.create_attribute("version", "1.6.0");
    file.create_attribute("Step dimensions", Int32Array.from(spec.stated ?? lengths));
    const channel = (c: LabberChannelSpec) => ({
      name: c.name,
      instrument: c.instrument ?? "",
      quantity: c.quantity ?? c.name,
      unitPhys: c.unit ?? "",
      unitInstr: c.unit ?? "",
    });
    texts(file, "Channels", [...spec.steps, ...spec.logged].map(channel));
    file.create_dataset({
      name: "Step list",
      data: new Map<string, unknown>([
        ["channel_name", spec.steps.map((s) => s.name)],
        ["use_relations", Int32Array.from(spec.steps, (s) => (s.follows === undefined ? 0 : 1))],
        ["equation", spec.steps.map((s) => (s.follows === undefined ? "x" : "p1 + 2"))],
      ]),
      dtype: [
        ["channel_name", "S80"],
        ["use_relations", "<i"],
        ["equation", "S80"],
      ],
      shape: [spec.steps.length],
    });
    texts(
      file,
      "Log list",
      spec.logged.map((c) => ({ channel_name: c.name })),
    );
    const config = file.create_group("Step config");
    for (const step of spec.steps) {
      const group = config.create_group(step.name);
      const rows = [
        { variable: "x", channel_name: "Step values" },
        ...(step.follows === undefined ? [] : [{ variable: "p1", channel_name: step.follows }]),
      ];
      texts(group, "Relation parameters", rows);
    }
    const instruments = file.create_group("Instrument config");
    for (const [name, attributes] of Object.entries(spec.settings ?? {})) {
      const group = instruments.create_group(name);
      for (const [key, value] of Object.entries(attributes)) group.create_attribute(key, value);
    }
    const data = file.create_group("Data");
    data.create_attribute("Completed", spec.completed === false ? 0 : 1);
    data.create_attribute("Entries, last trace", spec.lastPoints ?? inner);
    texts(data, "Channel names", columns);
    const values = new Float32Array(inner * columns.length * entries);
    for (let p = 0; p < inner; p++)
      for (let e = 0; e < entries; e++) {
        let rest = e;
        const outer = lengths.slice(1).map((n) => {
          const index = rest % n;
          rest = Math.floor(rest / n);
          return index;
        });
        for (const [c, column] of columns.entries())
          values[(p * columns.length + c) * entries + e] = spec.value(column.name, [p, ...outer], column.info === "Imaginary");
      }
    data.create_dataset({ name: "Data", data: values, shape: [inner, columns.length, entries] });
    data.create_dataset({ name: "Time stamp", data: Float32Array.from({ length: entries }, (_, e) => 10 * (e + 1)) });
    spec.more?.(file);
  }, path);
}
