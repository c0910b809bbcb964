import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../src/core/messages/import-hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { type Hdf5Array, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, type Hdf5Type, I32, REFERENCE, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { COMPLEX, type Ddh5Spec, ddh5File, I64 } from "./ddh5-writer.ts";
import { noteTexts, values } from "./import-text.ts";
import { chestFile, qkitFile } from "./labrad-qkit-writer.ts";
import { type PycqedSpec, pycqedFile } from "./pycqed-writer.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

type Clause = readonly [clause: string, proof: () => Promise<void>];
const table = (name: string, clauses: readonly Clause[]) =>
  describe(`FORMATS.md, Inside HDF5, ${name}`, () => {
    it.each(clauses)("%s", (_, proof) => proof());
  });
const one = async (all: Promise<readonly Dataset[]>): Promise<Dataset> => {
  const [dataset, ...more] = await all;
  expect(more).toEqual([]);
  return dataset!;
};

interface Variable {
  readonly items: readonly number[];
  readonly name: string;
  readonly units: string;
}
const quantifyFile = (name: string, variables: Readonly<Record<string, Variable>>) => {
  const children = Object.entries(variables).map(([id, v]): [string, Hdf5Array] => {
    const attributes = { name: single(TEXT, v.name), long_name: single(TEXT, v.name), units: single(TEXT, v.units) };
    return [id, { ...row(F64, v.items), attributes }];
  });
  const attributes = { tuid: single(TEXT, "20210827-174946-357-70a986"), name: single(TEXT, name) };
  return hdf5File({ attributes, children: Object.fromEntries(children) });
};
const tau: Variable = { items: [0, 1, 2], name: "tau", units: "us" };
const quantify = (name: string, variables: Readonly<Record<string, Variable>>) =>
  datasetsFrom("quantify", { "dataset.hdf5": quantifyFile(name, { x0: tau, ...variables }) });
const iq = { y0: { items: [1, 2, 3], name: "I", units: "mV" }, y1: { items: [4, 5, 6], name: "Q", units: "mV" } };

/** An array of a netCDF-4 file along dimension scales, or a scale itself. */
const USES: Hdf5Type = {
  class: "record",
  members: [
    ["dataset", REFERENCE],
    ["dimension", I32],
  ],
};
const scale = (name: string, values: Hdf5Array, places: readonly (readonly [string, number])[], units = ""): Hdf5Array => ({
  ...values,
  attributes: {
    CLASS: single({ class: "chars", bytes: 16 }, "DIMENSION_SCALE"),
    NAME: single({ class: "chars", bytes: 16 }, name),
    REFERENCE_LIST: row(USES, places),
    ...(units === "" ? {} : { units: single(TEXT, units) }),
  },
});
const along = (dimensions: readonly string[], shape: readonly number[], items: readonly number[], units: string): Hdf5Array => ({
  type: F64,
  shape,
  items,
  attributes: {
    DIMENSION_LIST: row(
      { class: "list", of: REFERENCE },
      dimensions.map((d) => [`/${d}`]),
    ),
    units: single(TEXT, units),
  },
});

table("quantify and xarray netCDF-4", [
  [
    "root attrs `tuid`, `name`; variables `x0, y0, ..` with `name`, `long_name`, `units`",
    async () => {
      const dataset = await one(quantify("T1 experiment q0", iq));
      expect([dataset.kind, dataset.kindInferred, dataset.started]).toEqual(["decay", false, "2021-08-27T17:49:46.357"]);
      expect(dataset.labels).toEqual({ cooldown: "", device: "", qubit: "q0", trace: "I,Q" });
      expect([values(dataset, "delay"), values(dataset, "i"), values(dataset, "q")]).toEqual([
        [0, 1e-6, 2e-6],
        [0.001, 0.002, 0.003],
        [0.004, 0.005, 0.006],
      ]);
      const echo = await one(quantify("Echo experiment q0", iq));
      expect([echo.kind, echo.kindInferred]).toEqual(["other", false]);
    },
  ],
  [
    "old layout: magnitude, phase, dt",
    async () => {
      const dataset = await one(
        quantify("T1 at 4.715GHz", {
          y0: { items: [2, 2, 1], name: "magn", units: "V" },
          y1: { items: [0, 90, -60], name: "phase", units: "deg" },
          y2: { items: [0.1, 0.1, 0.1], name: "dt", units: "s" },
        }),
      );
      expect(values(dataset, "i")).toEqual([2, 0, 0.5].map((x) => expect.closeTo(x, 12)));
      expect(values(dataset, "q")).toEqual([0, 2, -Math.sqrt(3) / 2].map((x) => expect.closeTo(x, 12)));
      expect(values(dataset, "other")).toEqual([0.1, 0.1, 0.1]);
      expect(noteTexts(dataset)).toContain(formatMessages.polarToIq("magn", "phase"));
    },
  ],
  [
    "dimension scales: a coordinate of numbers was swept, one of texts names qubits",
    async () => {
      const bytes = hdf5File({
        attributes: { title: single(TEXT, "T1") },
        children: {
          qubit: scale("qubit", row(TEXT, ["q1", "q2"]), [["/V", 0]]),
          flux: scale("flux", row(F64, [5]), [["/V", 1]], "mA"),
          delay: scale("delay", row(F64, [0, 1]), [["/V", 2]], "us"),
          V: along(["qubit", "flux", "delay"], [2, 1, 2], [4, 3, 2, 1], "V"),
        },
      });
      const all = await datasetsFrom("xarray", { "t1.nc": bytes });
      expect(all.map((d) => [d.labels.qubit, d.conditions, values(d, "voltage")])).toEqual([
        ["q1", [{ name: "flux", value: 0.005, unit: "A" }], [4, 3]],
        ["q2", [{ name: "flux", value: 0.005, unit: "A" }], [2, 1]],
      ]);
      expect(values(all[0]!, "delay")).toEqual([0, 1e-6]);
    },
  ],
  [
    "dimension scales: they say which side of a square is the delay; a dimension called qubit never counts repeats",
    async () => {
      const square = (first: string, second: string) =>
        hdf5File({
          children: {
            flux_mV: scale("flux_mV", row(F64, [1, 2]), [["/p1", first === "flux_mV" ? 0 : 1]]),
            delay_us: scale("delay_us", row(F64, [0, 1]), [["/p1", first === "delay_us" ? 0 : 1]]),
            p1: along([first, second], [2, 2], [0.9, 0.8, 0.7, 0.6], ""),
          },
        });
      const traces = async (bytes: Uint8Array) =>
        (await datasetsFrom("hdf5", { "t1.h5": bytes })).map((d) => [d.conditions[0]?.value, values(d, "population")]);
      expect(await traces(square("flux_mV", "delay_us"))).toEqual([
        [0.001, [0.9, 0.8]],
        [0.002, [0.7, 0.6]],
      ]);
      expect(await traces(square("delay_us", "flux_mV"))).toEqual([
        [0.001, [0.9, 0.7]],
        [0.002, [0.8, 0.6]],
      ]);
      const classic = (dimension: string) =>
        writeNetcdf3({
          dimensions: { [dimension]: 2, delay: 2 },
          attributes: { title: "T1" },
          variables: {
            delay: { dimensions: ["delay"], type: "f8", values: [0, 1], attributes: { units: "us" } },
            V: { dimensions: [dimension, "delay"], type: "f8", values: [4, 3, 2, 1], attributes: { units: "V" } },
          },
        });
      const axes = async (dimension: string) => (await datasetsFrom("xarray", { "t1.nc": classic(dimension) })).map((d) => d.axis);
      expect([await axes("qubit"), await axes("run")]).toEqual([
        ["swept", "swept"],
        ["repeat", "repeat"],
      ]);
    },
  ],
]);

const ramp = Array.from({ length: 16 }, (_, k) => Math.exp(-k / 4));
const pycqed: PycqedSpec = {
  measurement: "T1_QL",
  sweeps: [{ name: "Time", unit: "us", values: Array.from({ length: 20 }, (_, k) => k) }],
  values: [
    { name: "raw w0", unit: "V", values: [...ramp, 0.002, -0.002, 1.003, 0.997] },
    { name: "raw w3", unit: "V", values: [...ramp, 0.002, -0.002, 1.003, 0.997].map((x) => 2 - x / 2) },
  ],
  qubits: ["QL"],
};
const readPycqed = (change: Partial<PycqedSpec>) =>
  one(datasetsFrom("pycqed", { "152324_T1_QL.hdf5": pycqedFile({ ...pycqed, ...change }) }));

table("PycQED", [
  [
    "`/Experimental Data/Data`; attrs `sweep_parameter_names|units`, `value_names|units`",
    async () => {
      const dataset = await readPycqed({});
      expect([dataset.kind, dataset.kindInferred, dataset.started]).toEqual(["decay", false, "2017-06-02T15:23:24"]);
      expect(dataset.labels).toMatchObject({ qubit: "QL", trace: "raw w0,raw w3" });
      expect([values(dataset, "delay")[5], values(dataset, "i")[16], values(dataset, "q")[18]]).toEqual([
        5e-6,
        Math.fround(0.002),
        Math.fround(2 - 1.003 / 2),
      ]);
    },
  ],
  ...(["numbers", "texts", "report"] as const).map(
    (as): Clause => [
      `\`/Analysis/Fitted Params ..\` as ${as}: the stored fit is a cross-check beside ours`,
      async () => {
        const dataset = await readPycqed({ fit: { tau: 35.079e-6, sigma: 0.708e-6, as, offset: "fixed" } });
        expect(noteTexts(dataset)).toContain(say.storedFit(35.079e-6, 0.708e-6, as === "report" ? "" : "fixed"));
        expect(dataset.id).toBe((await readPycqed({})).id);
      },
    ],
  ),
  [
    "calibration points at the end on ordinary delays",
    async () => {
      // Normalised to the pairs: 0.002 and -0.002 average to 0, 1.003 and 0.997 to 1.
      const corrected = pycqed.values[0]!.values.map((x) => Math.fround(x));
      const { calibration } = await readPycqed({ corrected });
      expect(calibration).toMatchObject({ zero: [16, 17], one: [18, 19], origin: "layout" });
      expect(calibration?.note).toBe(say.calibrationPairs([16, 17], [18, 19], say.byCorrectedData()));
    },
  ],
]);

const [SHOTS, DELAYS] = [12, 5];
const grid = (f: (shot: number, k: number) => number) =>
  Array.from({ length: SHOTS * DELAYS }, (_, n) => f(Math.floor(n / DELAYS), n % DELAYS));
/** Shots of a decay 1, 1/2, 1/4, .. with scatter of ±1 about it, along (0.6, -0.8). */
const shot = (s: number, k: number) => 2 ** -k + (s % 2 === 0 ? 1 : -1);
const shots: Ddh5Spec["fields"] = {
  repetition: { type: I64, shape: [SHOTS, DELAYS], items: grid((s) => s) },
  delay: { type: I64, shape: [SHOTS, DELAYS], items: grid((_, k) => 20 + 1000 * k) },
  signal: {
    type: COMPLEX,
    shape: [SHOTS, DELAYS],
    items: grid(shot).map((x) => [0.6 * x, -0.8 * x]),
    axes: ["repetition", "delay"],
  },
};
const shell = ddh5File({ fields: { delay: { shape: [0], items: [] }, v: { shape: [0], items: [], axes: ["delay"] } } });
const ddh5 = (files: Readonly<Record<string, Uint8Array | string>>) => one(datasetsFrom("ddh5", files));

table("ddh5 (plottr/labcore)", [
  [
    "group `data`, attrs `__creation_time_sec__`; dependents carry `axes` (string array)",
    async () => {
      const dataset = await ddh5({ "data.ddh5": ddh5File({ fields: shots }) });
      expect([dataset.kind, dataset.labels.qubit, dataset.started]).toEqual(["decay", "qA", "2023-11-16T13:36:13.000Z"]);
      expect(values(dataset, "delay")[1]).toBe(1.02e-6);
      expect(columnOf(dataset, "delay")?.inferred).toBe(say.nanosecondsInferred(4020));
    },
  ],
  [
    "single shots averaged with their variance",
    async () => {
      const dataset = await ddh5({ "data.ddh5": ddh5File({ fields: shots }) });
      expect(dataset.noise).toEqual({ type: "sigma" });
      expect(values(dataset, "i")).toEqual([0, 1, 2, 3, 4].map((k) => expect.closeTo(0.6 * 2 ** -k, 12)));
      expect(values(dataset, "q")).toEqual([0, 1, 2, 3, 4].map((k) => expect.closeTo(-0.8 * 2 ** -k, 12)));
      // Twelve shots at ±1: the sample variance is 12/11, of the mean 1/11.
      expect(values(dataset, "sigma")).toEqual([0, 1, 2, 3, 4].map(() => expect.closeTo(Math.sqrt(1 / 11), 12)));
    },
  ],
  [
    "optional `unit`",
    async () => {
      const fields = {
        delay: { shape: [2], items: [0, 5], unit: "us" },
        v: { shape: [2], items: [2, 1], axes: ["delay"], unit: "mV" },
      };
      const dataset = await ddh5({ "data.ddh5": ddh5File({ fields }) });
      expect([values(dataset, "delay"), values(dataset, "voltage")]).toEqual([
        [0, 5e-6],
        [0.002, 0.001],
      ]);
    },
  ],
  [
    "sibling tags `__complete__`, `__interrupted__`, `__trash__`",
    async () => {
      const file = { "data.ddh5": ddh5File({ fields: shots, closed: false }) };
      expect(noteTexts(await ddh5(file))).toContain(say.notClosed());
      expect(noteTexts(await ddh5({ ...file, "__complete__.tag": "" }))).not.toContain(say.notClosed());
      expect(noteTexts(await ddh5({ ...file, "__interrupted__.tag": "" }))).toContain(say.interrupted());
      expect(await importFrom({ ...file, "__trash__.tag": "" })).toEqual({ status: "unrecognised", message: say.trash() });
    },
  ],
  [
    "empty 8 kB shells exist",
    async () =>
      expect(await importFrom({ "data.ddh5": shell })).toEqual({ status: "unrecognised", message: say.noData("plottr or labcore") }),
  ],
]);

table("LabRAD and qkit", [
  [
    "LabRAD: root attrs `Data Category`, `Date Created`; groups `independents`, `dependents`, `parameters`",
    async () => {
      const bytes = chestFile({
        independents: [{ name: "Delay", unit: "us", values: [0, 1] }],
        dependents: [
          { name: "I", unit: "V", values: [1, 2] },
          { name: "Q", unit: "V", values: [3, 4] },
        ],
        parameters: { "Qubit Frequency": row(TEXT, ["5.01", "GHz"]) },
      });
      const dataset = await one(datasetsFrom("labrad", { "bqr0523ynv_T1.hdf5": bytes }));
      expect([dataset.kind, dataset.labels.qubit, dataset.started]).toEqual(["decay", "q3", "2016-09-26T18:38:16"]);
      expect([values(dataset, "delay"), values(dataset, "i"), values(dataset, "q")]).toEqual([
        [0, 1e-6],
        [1, 2],
        [3, 4],
      ]);
      expect(noteTexts(dataset)).toContain(say.parameters(["Qubit Frequency = 5.01 GHz"]));
    },
  ],
  [
    "qkit: root attr `qkit`, `/entry` NX_class",
    async () => {
      const bytes = qkitFile({
        delay: { unit: "us", shape: [3], items: [0, 1, 2] },
        amplitude: { unit: "V", shape: [3], items: [2, 2, 1], over: ["delay"] },
        phase: { unit: "rad", shape: [3], items: [0, Math.PI / 2, 0], over: ["delay"] },
      });
      const dataset = await one(datasetsFrom("qkit", { "S3GQ1A_T1_q2.h5": bytes }));
      expect([dataset.kind, dataset.labels.qubit]).toEqual(["decay", "q2"]);
      expect(values(dataset, "i")).toEqual([2, 0, 1].map((x) => expect.closeTo(x, 6)));
      expect(values(dataset, "q")).toEqual([0, 2, 0].map((x) => expect.closeTo(x, 6)));
    },
  ],
]);
