import { afterAll, describe, expect, it } from "vitest";
import { hdf5FamilyMessages as say } from "../../src/core/messages/import-hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { noteTexts, values } from "./import-text.ts";
import { type ChestSpec, chestFile, type QkitArray, qkitFile, vaultFile } from "./labrad-qkit-writer.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const t1: ChestSpec = {
  independents: [{ name: "Delay", unit: "us", values: [0, 1, 2] }],
  dependents: [
    { name: "Q", unit: "V", values: [4, 5, 6] },
    { name: "I", unit: "V", values: [1, 2, 3] },
  ].reverse(),
};
const chest = (spec: ChestSpec) => datasetsFrom("labrad", { "bqr0523ynv_T1.hdf5": chestFile(spec) });

describe("labrad, dataChest", () => {
  it("splits at a swept variable and lists parameters", async () => {
    const all = await chest({
      independents: [
        { name: "Flux", unit: "V", values: [1, 1, 2, 2] },
        { name: "Delay", unit: "ns", values: [0, 5, 0, 5] },
      ],
      dependents: [{ name: "P1", unit: "", values: [0.9, 0.8, 0.7, 0.6] }],
      parameters: { "Qubit Frequency": row(TEXT, ["5.01", "GHz"]) },
    });
    expect(all.map((d) => [d.axis, d.conditions, values(d, "population")])).toEqual([
      ["swept", [{ name: "Flux", value: 1, unit: "V" }], [0.9, 0.8]],
      ["swept", [{ name: "Flux", value: 2, unit: "V" }], [0.7, 0.6]],
    ]);
    expect(noteTexts(all[0]!)).toContain(say.parameters(["Qubit Frequency = 5.01 GHz"]));
  });

  it("fills in the points of a linear one-dimensional scan, and says so", async () => {
    const scan: ChestSpec = {
      ...t1,
      category: "1D Scan",
      rows: 1,
      independents: [{ name: "Delay", unit: "us", values: [0, 4] }],
      dependents: [{ name: "V", unit: "V", values: [5, 4, 3, 2, 1] }],
    };
    const [d] = await chest(scan);
    expect(values(d!, "delay").map((t) => t * 1e6)).toEqual([0, 1, 2, 3, 4].map((t) => expect.closeTo(t, 9)));
    expect(noteTexts(d!)).toContain(say.expandedScan("Delay", 5));
    expect(await importFrom({ "a.hdf5": chestFile({ ...scan, parameters: { "Scan Type": single(TEXT, "Log") } }) })).toMatchObject({
      status: "failed",
      place: "cd1/run/a.hdf5:/independents/Delay",
      message: say.scanStep("Delay", "Log"),
    });
  });

  it("calls an echo other, refuses unequal lengths, leaves an empty file alone", async () => {
    expect((await chest({ ...t1, title: "Spin echo q3" }))[0]?.kind).toBe("other");
    const unequal = { ...t1, dependents: [...t1.dependents, { name: "T", unit: "K", values: [1] }] };
    expect(await importFrom({ "a.hdf5": chestFile(unequal) })).toMatchObject({ status: "failed", message: say.unequal("T", 1, 3) });
    const empty = { independents: [{ name: "Delay", unit: "us", values: [] }], dependents: [{ name: "V", unit: "V", values: [] }] };
    expect(await importFrom({ "a.hdf5": chestFile(empty) })).toEqual({ status: "unrecognised", message: say.noData("LabRAD") });
  });
});

describe("labrad, data vault", () => {
  it("reads the columns of the table", async () => {
    const bytes = vaultFile(
      "Q4: T1",
      [{ name: "delay", unit: "ns", values: [0, 100, 200] }],
      [{ name: "Probability", legend: "P1", unit: "", values: [0.9, 0.5, 0.2] }],
    );
    const [d] = await datasetsFrom("labrad", { "00012 - T1.hdf5": bytes });
    expect([d?.kind, d?.labels.qubit, d?.started]).toEqual(["decay", "Q4", "2016-09-26T18:38:16.000Z"]);
    expect([values(d!, "delay"), values(d!, "population")]).toEqual([
      [0, 1e-7, 2e-7],
      [0.9, 0.5, 0.2],
    ]);
  });
});

const delay: QkitArray = { unit: "us", shape: [3], items: [0, 1, 2] };
const flux: QkitArray = { unit: "mA", shape: [4], items: [1, 2, 3, 4] };

describe("qkit", () => {
  it("reads an interrupted matrix: fewer rows than its outer coordinate", async () => {
    const v: QkitArray = { unit: "V", shape: [2, 3], items: [9, 8, 7, 6, 5, 4], over: ["flux", "delay"] };
    const all = await datasetsFrom("qkit", { "S3GQ1B_T1_q2.h5": qkitFile({ delay, flux, v }) });
    expect(all.map((d) => [d.axis, d.conditions[0]?.value, values(d, "voltage")])).toEqual([
      ["swept", 1e-3, [9, 8, 7]],
      ["swept", 2e-3, [6, 5, 4]],
    ]);
  });

  it("refuses more traces than can be held, and keeps scattered points together", async () => {
    const rows = 20_001;
    const outer: QkitArray = { unit: "mA", shape: [rows], items: Array.from({ length: rows }, (_, k) => k) };
    const v: QkitArray = { unit: "V", shape: [rows, 3], items: new Array<number>(3 * rows).fill(1), over: ["flux", "delay"] };
    expect(await importFrom({ "a_T1.h5": qkitFile({ delay, flux: outer, v }) })).toMatchObject({
      status: "failed",
      place: "cd1/run/a_T1.h5:/entry/data0/v",
      message: say.tooManyTraces(rows, 20_000),
    });
    const scattered = { unit: "V", shape: [4, 1], items: [1, 2, 3, 4], over: ["flux", "delay"] };
    const [d, ...others] = await datasetsFrom("qkit", {
      "a_T1.h5": qkitFile({ delay: { unit: "us", shape: [1], items: [5] }, flux, v: scattered }),
    });
    expect(others).toEqual([]);
    expect([d?.axis, values(d!, "voltage")]).toEqual(["swept", [1, 2, 3, 4]]);
  });

  it("lists spectroscopy and never fits it; leaves a file without data alone; names a missing coordinate", async () => {
    const frequency: QkitArray = { unit: "Hz", shape: [3], items: [5e9, 6e9, 7e9] };
    const [d] = await datasetsFrom("qkit", {
      "S3GQ1C_x.h5": qkitFile({ frequency, v: { unit: "V", shape: [3], items: [1, 2, 3], over: ["frequency"] } }),
    });
    expect([d?.kind, values(d!, "frequency")[2]]).toEqual(["other", Math.fround(7e9)]);
    expect(await importFrom({ "a.h5": qkitFile({ delay }) })).toEqual({ status: "unrecognised", message: say.noData("qkit") });
    const lost = qkitFile({ v: { unit: "V", shape: [3], items: [1, 2, 3], over: ["gone"] } });
    expect(await importFrom({ "a.h5": lost })).toMatchObject({ status: "failed", message: say.noAxis("v", "/entry/data0/gone") });
  });
});
