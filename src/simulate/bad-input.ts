import { random } from "../core/random.ts";
import { DEFAULT_LAB } from "./default-lab.ts";
import type { SimulatedFile } from "./experiment-files.ts";
import { simulateLab, writeFiles } from "./lab-folder.ts";
import type { Experiment, LabSpec } from "./lab-spec.ts";
import { hdf5File, single } from "./writers/hdf5/file.ts";
import { F64, TEXT } from "./writers/hdf5/types.ts";

/** A file that is wrong, and what should become of it; `good` ones stand among them and must come out unharmed. */
export interface BadFile extends SimulatedFile {
  /** failed: a named failure; refused: read, but its fit says `bad_values`; checked: fitted, with a note; good; unrecognised. */
  readonly expect: "failed" | "refused" | "checked" | "good" | "unrecognised";
  readonly why: string;
}

const us = 1e-6;
const delays = { start: 0, stop: 200 * us, points: 41 };
const SOUND: readonly Experiment[] = [
  { what: "t1-csv", qubit: "q1", repeats: 2, delays, shots: 4000 },
  { what: "t1-labber", qubit: "q2", repeats: 3, planned: 3, delays },
  { what: "t1-tergite", qubit: "q3", repeats: 1, delays },
  { what: "scattering", qubit: "q1", powers: [-70], span: 160e3, points: 31 },
];
const SPEC: LabSpec = {
  ...DEFAULT_LAB,
  cooldowns: [{ name: "cd01", started: "2026-01-05", note: "", lines: {}, qubits: {}, experiments: SOUND }],
};

/** Damaged, false and odd files beside sound ones, without a lab file. The same bytes every time. */
export function badInput(): BadFile[] {
  const sound = simulateLab(SPEC, 1).files.filter(({ path }) => path !== "gammawatt.yaml");
  const find = (part: string) => sound.find(({ path }) => path.includes(part))!.bytes;
  const [csv, labber, tergite, s1p] = [find("q1_t1_000"), find("T1_q2"), find("dataset_T1"), find("q1_s11_-70dBm")];
  const file = (name: string, bytes: Uint8Array, expect: BadFile["expect"], why: string): BadFile => ({
    path: `cd01/${name}`,
    bytes,
    expect,
    why,
  });
  const cut = (bytes: Uint8Array, share: number) => bytes.slice(0, Math.floor(share * bytes.length));
  // A few characters into a line in the middle of the file: a record that ends too early.
  const cutInLine = (bytes: Uint8Array, characters: number) =>
    bytes.slice(0, bytes.lastIndexOf(10, Math.floor(bytes.length / 2)) + 1 + characters);
  return [
    ...sound.map((f): BadFile => ({ ...f, expect: "good", why: "sound" })),
    file("q5_t1_truncated.csv", cutInLine(csv, 5), "failed", "the last line is cut off"),
    file("q5_s11_truncated.s1p", cutInLine(s1p, 22), "failed", "the last record is cut off"),
    file("q5_T1_truncated_labber.hdf5", cut(labber, 0.6), "failed", "HDF5, cut off"),
    file("q5_T1_truncated_tergite.hdf5", cut(tergite, 0.7), "failed", "netCDF-3, cut off"),
    file("q5_t1_empty.csv", new Uint8Array(0), "failed", "no bytes"),
    file("q5_empty.s1p", new Uint8Array(0), "failed", "no bytes"),
    file("q5_T1_empty.hdf5", new Uint8Array(0), "failed", "no bytes"),
    file("q5_t1_rubbish.csv", rubbish(2048), "failed", "random bytes"),
    file("q5_rubbish.s2p", rubbish(2048), "failed", "random bytes"),
    file("q5_T1_rubbish.hdf5", Uint8Array.of(...MAGIC, ...rubbish(2048)), "failed", "random bytes after the mark of HDF5"),
    file(
      "q5_t1_nan.csv",
      altered(csv, (cells, i) => (i % 3 === 0 ? [cells[0]!, "NaN", cells[2]!] : cells)),
      "checked",
      "every third value is NaN",
    ),
    file(
      "q6_t1_duplicate.csv",
      altered(csv, (cells, i) => (i === 6 ? ["25", ...cells.slice(1)] : cells)),
      "checked",
      "a delay stands twice",
    ),
    file(
      "q7_t1_negative.csv",
      altered(csv, (cells, i) => (i === 4 ? [cells[0]!, cells[1]!, "-4000"] : cells)),
      "refused",
      "negative shots",
    ),
    file("q8_T1_claims.hdf5", claimsInHdf5(), "failed", "the header claims 10 GB"),
    file("q9_T1_claims_tergite.hdf5", claimsInNetcdf3(tergite), "failed", "the header claims 10 GB"),
    file(
      "q9_t1_folder.csv/inside.txt",
      new TextEncoder().encode("A folder that is named like a file.\n"),
      "unrecognised",
      "a directory named like a file",
    ),
  ];
}

/** Sound decays under names that must be shown as they are. Written at test time only: such names do not survive every checkout. */
export function hostileNames(): BadFile[] {
  const csv = badInput().find(({ path }) => path.includes("q1_t1_001"))!.bytes;
  const names = [`q1_t1_"quoted".csv`, "q1_t1_it's.csv", "q1_t1_<script>alert(1)<script>.csv", "q1_t1_new\nline.csv", "q1_t1_&amp;.csv"];
  return names.map((name, i) => {
    // Different numbers each, so that they are not copies of one measurement.
    const bytes = altered(csv, ([delay, p1, shots], row) => [delay!, row === 40 ? String(Number(p1) + (i + 1) / 4000) : p1!, shots!]);
    return { path: `cd02/${name}`, bytes, expect: "good", why: "an odd name" };
  });
}

/** Writes the bad files with harmless names. @throws UserError as `writeLab` */
export function writeBadInput(out: string): Promise<string[]> {
  return writeFiles(out, badInput());
}

const MAGIC = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

function rubbish(bytes: number): Uint8Array {
  const rng = random(4711);
  return Uint8Array.from({ length: bytes }, () => Math.floor(256 * rng.uniform()));
}

/** A CSV with its rows (counted from 0, without the header) changed. */
function altered(csv: Uint8Array, change: (cells: readonly string[], row: number) => readonly string[]): Uint8Array {
  const [header, ...rows] = new TextDecoder().decode(csv).trimEnd().split("\n");
  const lines = rows.map((row, i) => change(row.split(","), i).join(","));
  return new TextEncoder().encode(`${[header, ...lines].join("\n")}\n`);
}

/** A well-formed HDF5 file of a quantify measurement whose arrays claim 1.25e9 numbers each that were never written. */
function claimsInHdf5(): Uint8Array {
  const variable = (name: string, unit: string) => ({
    type: F64,
    shape: [0],
    items: [],
    claims: [1_250_000_000],
    attributes: { name: single(TEXT, name), long_name: single(TEXT, name), units: single(TEXT, unit) },
  });
  return hdf5File({
    attributes: { tuid: single(TEXT, "20260105-100000-000-0badba"), name: single(TEXT, "T1 experiment q8") },
    children: { x0: variable("tau", "s"), y0: variable("I", "V"), y1: variable("Q", "V") },
  });
}

/** The same for netCDF-3: the length of the first dimension is raised until its signal would need 10 GB. */
function claimsInNetcdf3(sound: Uint8Array): Uint8Array {
  const bytes = sound.slice();
  // Magic, records, tag and count take 16 bytes; the first dimension's name is delaysq3, so its length stands at byte 28.
  new DataView(bytes.buffer).setInt32(28, 625_000_000);
  return bytes;
}
