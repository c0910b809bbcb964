import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { magnitudeOnly } from "../../src/core/messages/csv.ts";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { numpyMessages } from "../../src/core/messages/import-numpy.ts";
import { qcodesMessages, sweepMessages } from "../../src/core/messages/import-qcodes.ts";
import { qubitJsonMessages } from "../../src/core/messages/import-qubit-json.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { npyFile, writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, values } from "./import-text.ts";
import { matFile, row as matRow } from "./matlab-writer.ts";
import { asLog, npyBlob, type RunSpec, writeQcodes } from "./qcodes-writer.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

type Clause = readonly [clause: string, proof: () => Promise<void>];
const table = (name: string, clauses: readonly Clause[]) =>
  describe(name, () => {
    it.each(clauses)("%s", (_, proof) => proof());
  });
type Files = Readonly<Record<string, string | Uint8Array>>;
const one = async (importer: string, files: Files): Promise<Dataset> => {
  const [dataset, ...more] = await datasetsFrom(importer, files);
  expect(more).toEqual([]);
  return dataset!;
};
/** Kind, qubit, delays and population. */
const t1 = (d: Dataset) => [d.kind, d.kindInferred, d.labels.qubit, values(d, "delay"), values(d, "population")];

/** tergite: element (delay d, repeat r, part c) is 100 d + 10 r + c. */
const tergite = writeNetcdf3({
  dimensions: { delaysq16: 3, repeatq16: 2, ReIm: 2 },
  attributes: { name: "T1", tuid: "20240826-164721-601" },
  variables: {
    yq16: {
      dimensions: ["delaysq16", "repeatq16", "ReIm"],
      type: "f8",
      values: [0, 1, 2].flatMap((d) => [0, 1].flatMap((r) => [100 * d + 10 * r, 100 * d + 10 * r + 1])),
      attributes: { qubit: "q16", units: "NA" },
    },
    delaysq16: { dimensions: ["delaysq16"], type: "f8", values: [8e-9, 6e-6, 12e-6], attributes: { units: "NA" } },
  },
});

const run = (more: Partial<RunSpec> = {}): RunSpec => ({
  name: "T1",
  parameters: [
    { name: "delay", unit: "us" },
    { name: "q1_p1", unit: "", over: ["delay"] },
  ],
  rows: [0.9, "nan", 0.2].map((p, k) => ({ delay: 10 * k, q1_p1: p })),
  ...more,
});
const database = (...runs: readonly RunSpec[]) => Uint8Array.from(readFileSync(writeQcodes(runs)));

/** A structured array of int64 and float64, as numpy packs it. */
function structured([first, second]: readonly [string, string], wait: readonly number[], signal: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(16 * wait.length));
  for (const [k, t] of wait.entries()) {
    view.setBigInt64(16 * k, BigInt(t), true);
    view.setFloat64(16 * k + 8, signal[k]!, true);
  }
  return npyFile({ descr: `[('${first}', '<i8'), ('${second}', '<f8')]`, shape: [wait.length], data: new Uint8Array(view.buffer) });
}
const pickle = npyFile({ descr: "|O", shape: [1], data: new Uint8Array(8) });
const bigEndian = (numbers: readonly number[]) => {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [k, x] of numbers.entries()) view.setFloat64(8 * k, x, false);
  return npyFile({ descr: ">f8", shape: [numbers.length], data: new Uint8Array(view.buffer) });
};

table("FORMATS.md, Others", [
  [
    "tergite netCDF-3 (`yqNN`, `delaysqNN`, ReIm=2)",
    async () => {
      const all = await datasetsFrom("tergite", { "dataset_0.hdf5": tergite });
      expect(all.map((d) => [d.labels.qubit, d.axis, d.kind, values(d, "i"), values(d, "q")])).toEqual([
        ["q16", "repeat", "decay", [0, 100, 200], [1, 101, 201]],
        ["q16", "repeat", "decay", [10, 110, 210], [11, 111, 211]],
      ]);
    },
  ],
  [
    'QCoDeS .db: tables `runs, experiments, layouts, dependencies, results-<exp>-<n>`, JSON in `runs.run_description`; NaN as the text "nan"',
    async () => {
      const dataset = await one("qcodes", { "experiments.db": database(run()) });
      expect(t1(dataset)).toEqual(["decay", false, "q1", [0, 1e-5, 2e-5], [0.9, Number.NaN, 0.2]]);
      expect([dataset.labels.device, dataset.started]).toEqual(["chipA", "2023-11-14T22:13:20.250Z"]);
      expect(noteTexts(dataset)).toContain(sweepMessages.gaps("q1_p1", 1));
    },
  ],
  [
    "QCoDeS: arrays as npy blobs, complex ones too",
    async () => {
      const parameters: RunSpec["parameters"] = [
        { name: "vna_frequency", unit: "GHz", type: "array" },
        { name: "vna_S21", type: "complex", over: ["vna_frequency"] },
      ];
      const rows = [{ vna_frequency: npyBlob([5, 6]), vna_S21: npyBlob([1, 2], [3, 4]) }];
      const dataset = await one("qcodes", { "experiments.db": database({ name: "resonator", parameters, rows }) });
      expect([dataset.kind, values(dataset, "frequency"), values(dataset, "s_re"), values(dataset, "s_im")]).toEqual([
        "scattering",
        [5e9, 6e9],
        [1, 2],
        [3, 4],
      ]);
    },
  ],
  [
    "QCoDeS: WAL mode by default; a `-wal` file beside it may hold all the data",
    async () => {
      const [empty, full] = [database(), database(run())];
      const { database: before, log } = asLog(empty, full);
      const [dataset] = await datasetsFrom("qcodes", { "experiments.db": before, "experiments.db-wal": log });
      expect(values(dataset!, "population")).toEqual([0.9, Number.NaN, 0.2]);
      expect(noteTexts(dataset!)).toContain(qcodesMessages.logMerged((log.length - 32) / (24 + 4096)));
    },
  ],
  [
    'QCoDeS legacy .dat: `# names<TAB>..`, `# "labels"`, `# shape`, sibling snapshot.json',
    async () => {
      const snapshot = JSON.stringify({
        arrays: { delay_set: { unit: "s" }, q1_p1: { unit: "" } },
        location: "data/2017-08-03/#001_T1_15-30-11",
        loop: { ts_start: "2017-08-03 15:30:11" },
      });
      const text = '# delay_set\tq1_p1\n# "Delay"\t"Population"\n# 3\n0\t0.9\n1e-05\tnan\n2e-05\t0.2\n';
      const dataset = await one("qcodes-legacy", { "delay_set.dat": text, "snapshot.json": snapshot });
      expect(t1(dataset)).toEqual(["decay", false, "q1", [0, 1e-5, 2e-5], [0.9, Number.NaN, 0.2]]);
      expect(dataset.started).toBe("2017-08-03T15:30:11");
      expect(noteTexts(dataset)).toContain(qcodesMessages.legacyUnits());
    },
  ],
  [
    "qibocal: data.npz with JSON-quoted keys and structured dtypes (`wait`, `signal`), implicit ns",
    async () => {
      const data = writeNpz({ '"q7"': structured(["wait", "signal"], [20, 1020, 2020], [3, 2, 1]) });
      const dataset = await one("qibocal", { "data.npz": data, "action.yml": "id: t1_signal\noperation: t1_signal\n" });
      expect([dataset.kind, dataset.labels.qubit, values(dataset, "delay"), values(dataset, "voltage")]).toEqual([
        "decay",
        "q7",
        [2e-8, 1.02e-6, 2.02e-6],
        [3, 2, 1],
      ]);
      expect(columnOf(dataset, "delay")?.inferred).toBe(qubitJsonMessages.nanoseconds());
    },
  ],
  [
    "QUAlibrate: node.json, data.json with references `./arrays.npz#name`",
    async () => {
      const data = JSON.stringify({ delay_ns: "./arrays.npz#t", q1: { I: "./arrays.npz#q1.I", Q: "./arrays.npz#q1.Q" } });
      const arrays = writeNpz({ t: writeNpy([20, 40]), "q1.I": writeNpy([2, 1]), "q1.Q": writeNpy([0, 3]) });
      const node = JSON.stringify({ created_at: "2024-02-24T09:52:14+00:00", metadata: { name: "T1_measurement" }, data: {}, id: 152 });
      const dataset = await one("qualibrate", { "data.json": data, "arrays.npz": arrays, "node.json": node });
      expect([dataset.kind, dataset.labels.qubit, dataset.started]).toEqual(["decay", "q1", "2024-02-24T09:52:14+00:00"]);
      expect([values(dataset, "delay"), values(dataset, "i"), values(dataset, "q")]).toEqual([
        [2e-8, 4e-8],
        [2, 1],
        [0, 3],
      ]);
    },
  ],
  [
    "NPZ: big-endian numbers are the same numbers",
    async () => {
      const files = [
        { delay_us: bigEndian([0, 1]), p1: bigEndian([0.9, 0.5]) },
        { delay_us: writeNpy([0, 1]), p1: writeNpy([0.9, 0.5]) },
      ];
      const [big, little] = await Promise.all(files.map((arrays) => one("npz", { "q1_T1.npz": writeNpz(arrays) })));
      expect(t1(big!).slice(3)).toEqual([
        [0, 1e-6],
        [0.9, 0.5],
      ]);
      expect(big!.id).toBe(little!.id);
    },
  ],
  [
    "NPY: fields of a structured array are columns",
    async () => {
      const dataset = await one("npz", { "T1.npy": structured(["delay_ns", "p1"], [20, 40], [0.9, 0.5]) });
      expect(t1(dataset).slice(3)).toEqual([
        [2e-8, 4e-8],
        [0.9, 0.5],
      ]);
    },
  ],
  [
    "NPY, NPZ: pickles refused",
    async () => {
      const refused = { status: "failed", importer: "npz", message: numpyMessages.pickle() };
      expect(await importFrom({ "a.npy": pickle })).toMatchObject(refused);
      expect(await importFrom({ "a.npz": writeNpz({ delay_us: writeNpy([0, 1]), meta: pickle }) })).toMatchObject(refused);
    },
  ],
  [
    "MATLAB v5: arrays by name, the unit in a text beside them",
    async () => {
      const bytes = matFile({ delay: matRow(0, 10), delay_unit: { class: "char", rows: ["us"] }, p1: matRow(0.9, 0.5) });
      expect(t1(await one("matlab", { "q1_T1.mat": bytes })).slice(3)).toEqual([
        [0, 1e-5],
        [0.9, 0.5],
      ]);
    },
  ],
  [
    "plain HDF5: arrays by name with their `units`; without a unit they are listed",
    async () => {
      const arrays = (units: string) =>
        hdf5File({
          children: {
            delay: { ...row(F64, [0, 10]), attributes: { units: single(TEXT, units) } },
            p1: row(F64, [0.9, 0.5]),
          },
        });
      expect(t1(await one("hdf5", { "q1_T1.h5": arrays("us") })).slice(3)).toEqual([
        [0, 1e-5],
        [0.9, 0.5],
      ]);
      expect((await importFrom({ "q1_T1.h5": arrays("") })).status).toBe("unrecognised");
    },
  ],
]);

table("FORMATS.md, Units and meaning", [
  [
    "every inferred unit stands in the column and in a note; 'NA' for seconds is no nanoampere",
    async () => {
      const [dataset] = await datasetsFrom("tergite", { "dataset_0.hdf5": tergite });
      expect(columnOf(dataset!, "delay")).toMatchObject({ unit: "s", inferred: formatMessages.secondsInferred("NA") });
      expect(columnOf(dataset!, "i")).toMatchObject({ unit: "1", inferred: formatMessages.unknownUnit("NA") });
      expect(noteTexts(dataset!)).toContain(`delaysq16: ${formatMessages.secondsInferred("NA")}`);
    },
  ],
  [
    "seconds that cannot be: int64 ns without unit",
    async () => {
      const nanoseconds = writeNetcdf3({
        dimensions: { delaysq16: 2, ReIm: 2 },
        attributes: { name: "T1" },
        variables: {
          yq16: { dimensions: ["delaysq16", "ReIm"], type: "f8", values: [1, 0, 2, 0] },
          delaysq16: { dimensions: ["delaysq16"], type: "i4", values: [40, 80], attributes: { units: "NA" } },
        },
      });
      expect(await importFrom({ "dataset_0.hdf5": nanoseconds })).toMatchObject({
        status: "failed",
        message: formatMessages.implausibleSeconds(80, "NA"),
      });
    },
  ],
  [
    "'Power (K)': the unit decides, not the name",
    async () => {
      const dataset = await one("csv", { "T1.csv": "delay [us],p1,Power (K)\n0,0.9,4\n1,0.5,5\n" });
      expect(columnsOf(dataset).map(({ name, role, unit }) => [name, role, unit])).toContainEqual(["Power", "other", "K"]);
    },
  ],
  [
    "identity is the hash of the decoded arrays: byte-different files, one id",
    async () => {
      const arrays = { delay_us: writeNpy([0, 1]), p1: writeNpy([0.9, 0.5]) };
      const stored = await one("npz", { "q1_T1.npz": writeNpz(arrays) });
      const packed = await one("npz", { "again_T1.npz": writeNpz(arrays, { deflate: true }) });
      expect(packed.id).toBe(stored.id);
    },
  ],
  [
    "magnitude |S| of I/Q biases T1: said where the phase is missing",
    async () => {
      const bytes = writeNetcdf3({
        dimensions: { delay: 3 },
        attributes: { title: "T1 q1" },
        variables: {
          delay: { dimensions: ["delay"], type: "f8", values: [0, 1, 2], attributes: { units: "us" } },
          magnitude: { dimensions: ["delay"], type: "f8", values: [3, 2, 1], attributes: { units: "mV" } },
        },
      });
      expect(noteTexts(await one("xarray", { "a.nc": bytes }))).toContain(magnitudeOnly("magnitude"));
    },
  ],
]);
