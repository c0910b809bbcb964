import type { File } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5FamilyMessages } from "../../src/core/messages/import-hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { writeHdf5 } from "./hdf5-file.ts";
import { importContent } from "./import-text.ts";

afterAll(closeHdf5);

interface Variable {
  readonly values: readonly number[];
  readonly name: string;
  readonly long_name?: string;
  readonly units?: string;
}

const quantifyFile = (name: string, variables: Readonly<Record<string, Variable>>) => (file: File) => {
  file.create_attribute("tuid", "20210827-174946-357-70a986");
  file.create_attribute("name", name);
  for (const [id, v] of Object.entries(variables)) {
    const array = file.create_dataset({ name: id, data: Float64Array.from(v.values) });
    array.create_attribute("name", v.name);
    array.create_attribute("long_name", v.long_name ?? v.name);
    if (v.units !== undefined) array.create_attribute("units", v.units);
  }
};

async function imported(build: (file: File) => void, hints: Hints = NO_HINTS): Promise<readonly Dataset[]> {
  const result = await importFile(await writeHdf5(build), "cd1/dataset.hdf5", hints);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  expect(result.importer).toBe("quantify");
  return result.datasets;
}
const values = (d: Dataset | undefined, role: Parameters<typeof columnOf>[1]) => Array.from((d && columnOf(d, role)?.values) ?? []);
const ramp = (n: number, step = 1) => Array.from({ length: n }, (_, k) => k * step);
const tau = (n: number, unit = "s"): Variable => ({ values: ramp(n, 1e-6), name: "tau", long_name: "Delay time", units: unit });

describe("quantify", () => {
  it.each([
    ["Echo at 4.7GHz", "other", false],
    ["Ramsey q1", "other", false],
    ["decay of the third", "decay", true],
  ])("%s is %s, inferred %s", async (name, kind, inferred) => {
    const [d] = await imported(
      quantifyFile(name, {
        x0: tau(4),
        y0: { values: [1, 2, 3, 4], name: "I", units: "V" },
        y1: { values: [5, 6, 7, 8], name: "Q", units: "V" },
      }),
    );
    expect([d?.kind, d?.kindInferred]).toEqual([kind, inferred]);
  });

  it("refuses an angle that may be degrees or radians", async () => {
    const path = await writeHdf5(
      quantifyFile("T1", { x0: tau(3), y0: { values: [2, 2, 1], name: "magn", units: "V" }, y1: { values: [0, 1, 2], name: "phase" } }),
    );
    expect(await importFile(path, "d.hdf5", NO_HINTS)).toMatchObject({
      status: "failed",
      place: "d.hdf5:y1",
      message: formatMessages.phaseUnit("phase", 2),
    });
  });

  const of = (name: string, units: string, ...numbers: number[]): Variable => ({ values: numbers, name, units });

  it.each([
    ["I and Q", [of("I_q0", "V", 3, 0), of("Q_q0", "V", 0, 2), of("I_q1", "V", 5, 0), of("Q_q1", "V", 0, 4)]],
    ["all I before all Q", [of("I q1", "V", 5, 0), of("I q0", "V", 3, 0), of("Q q0", "V", 0, 2), of("Q q1", "V", 0, 4)]],
    [
      "magnitude and phase",
      [of("Magnitude q0", "V", 3, 2), of("Phase q0", "deg", 0, 90), of("Magnitude q1", "V", 5, 4), of("Phase q1", "deg", 0, 90)],
    ],
    ["phase before magnitude", [of("Phase q0", "deg", 0, 90), of("Magnitude q0", "V", 3, 2), of("I_q1", "V", 5, 0), of("Q_q1", "V", 0, 4)]],
  ])("pairs the signals of several qubits by qubit: %s", async (_title, gettables) => {
    const columns = Object.fromEntries(gettables.map((v, k) => [`y${k}`, v]));
    const all = await imported(quantifyFile("T1 multiplexed", { x0: tau(2), ...columns }));
    const parts = (d: Dataset) => [d.labels.qubit, ...columnsOf(d).flatMap((c) => (c.role === "delay" ? [] : [[c.role, ...c.values]]))];
    const near = (...numbers: number[]) => numbers.map((x) => expect.closeTo(x, 12));
    expect(all.map(parts).sort()).toEqual([
      ["q0", ["i", ...near(3, 0)], ["q", ...near(0, 2)]],
      ["q1", ["i", ...near(5, 0)], ["q", ...near(0, 4)]],
    ]);
  });

  it("notes a magnitude without phase of any qubit, and takes another form of the same trace for no second one", async () => {
    const lone = await imported(
      quantifyFile("T1", {
        x0: tau(2),
        y0: of("Magnitude q0", "V", 3, 2),
        y1: of("Magnitude q1", "V", 3, 2),
        y2: of("Phase q1", "deg", 0, 1),
      }),
    );
    expect(lone.map((d) => [d.labels.qubit, d.notes.some((n) => n.code === "magnitude_only")])).toEqual([
      ["q0", true],
      ["q1", false],
    ]);
    const four = { y0: of("I", "V", 3, 0), y1: of("Q", "V", 0, 2), y2: of("Magn", "V", 3, 2), y3: of("Phase", "deg", 0, 90) };
    const all = await imported(quantifyFile("T1 q3", { x0: tau(2), ...four }));
    expect(all.map((d) => [d.labels.qubit, columnsOf(d).map((c) => c.role)])).toEqual([["q3", ["delay", "i", "q"]]]);
    expect(all[0]?.notes.find((n) => n.code === "same_trace")?.text).toBe(formatMessages.sameTrace(["Magn", "Phase"], "I,Q"));
    const counted = await imported(quantifyFile("T1 q3", { x0: tau(2), y0: four.y0, y1: four.y1, y2: of("P1", "", 0.9, 0.5) }));
    expect(counted.map((d) => [columnsOf(d).map((c) => c.role), d.notes.filter((n) => n.code === "same_trace").length])).toEqual([
      [["delay", "population"], 1],
    ]);
  });

  it("splits a grid at its outer settable, in SI, and never averages over it", async () => {
    const all = await imported(
      quantifyFile("T1 q2", {
        x0: { ...tau(0), values: [0, 1e-6, 0, 1e-6] },
        x1: { values: [-30, -30, -20, -20], name: "power", units: "dBm" },
        y0: { values: [1, 2, 3, 4], name: "I", units: "V" },
        y1: { values: [0, 0, 0, 0], name: "Q", units: "V" },
      }),
    );
    expect(all.map((d) => [d.axis, d.labels.trace, d.conditions[0], values(d, "i")])).toEqual([
      ["swept", "I,Q[0]", { name: "power", value: 1e-6, unit: "W" }, [1, 2]],
      ["swept", "I,Q[1]", { name: "power", value: 1e-5, unit: "W" }, [3, 4]],
    ]);
  });

  it("says what a delay without unit needs; the lab file's line gives it and keeps the signals", async () => {
    const two = { y0: of("I", "V", 3, 0), y1: of("Q", "V", 0, 2) };
    const build = (unit: string) => quantifyFile("T1 q3", { x0: tau(2, unit), ...two });
    const [bare] = await imported(build("NA"));
    expect(bare?.kind).toBe("other");
    expect(bare?.notes.find((n) => n.code === "delay_without_unit")?.text).toBe(hdf5FamilyMessages.delayWithoutUnit("x0"));
    for (const text of ["x0 [us]", "/x0 [us]", "tau [us]"]) {
      const [d] = await imported(build("NA"), { columns: { delay: text } });
      expect([d?.kind, d?.labels.qubit, values(d, "delay"), values(d, "i")]).toEqual(["decay", "q3", [0, 1e-12], [3, 0]]);
    }
    const fails = async (unit: string, text: string, message: string) => {
      const hints = { columns: { delay: text }, place: "gammawatt.yaml:3" };
      expect(await importFile(await writeHdf5(build(unit)), "d.hdf5", hints)).toMatchObject({ place: "gammawatt.yaml:3", message });
    };
    await fails("NA", "x0", formatMessages.unitMissing("delay", "x0", "NA"));
    await fails("ns", "x0 [us]", formatMessages.unitConflict("x0 [us]", "us", "ns"));
    await fails("", "x7 [us]", formatMessages.noSuchPath("x7 [us]", ["x0"]));
  });

  it("refuses a dataset of which nothing was measured", async () => {
    const path = await writeHdf5((file) => file.create_dataset({ name: "t", data: Float64Array.of(0, 10) }));
    expect(await importFile(path, "a.h5", { kind: "decay", columns: { delay: "/t [us]" }, place: "gammawatt.yaml:3" })).toMatchObject({
      status: "failed",
      message: hdf5FamilyMessages.nothingMeasured(["delay"]),
    });
  });

  it("leaves out rows that were never measured, and says how many", async () => {
    const nan = Number.NaN;
    const [d] = await imported(
      quantifyFile("T1", {
        x0: tau(5),
        y0: { values: [1, nan, 3, nan, nan], name: "I", units: "V" },
        y1: { values: [1, nan, 3, nan, nan], name: "Q", units: "V" },
      }),
    );
    expect(values(d, "i")).toEqual([1, nan, 3]);
    expect(d?.notes.find((n) => n.code === "incomplete_sweep")?.text).toBe(formatMessages.notMeasured(2));
  });

  it("recognises calibration points where the data show them, and only there", async () => {
    // A clean decay along a line in the plane, with a prepared 0 and 1 behind it.
    const decay = ramp(30).map((k) => Math.exp(-k / 6));
    const build = (i: number[]) =>
      quantifyFile("T1", {
        x0: tau(i.length),
        y0: { values: i, name: "I", units: "V" },
        y1: { values: i.map((x) => 2 - x / 2), name: "Q", units: "V" },
      });
    const [marked] = await imported(build([...decay, 0, 1]));
    expect(marked?.calibration).toMatchObject({ zero: [30], one: [31], origin: "layout" });
    expect((await imported(build(decay)))[0]?.calibration).toBeUndefined();
    expect((await imported(build([...decay, 1, 0])))[0]?.calibration).toBeUndefined();
    const noise = ramp(32).map((k) => Math.sin(12.9898 * k) * 0.5);
    expect((await imported(build(noise)))[0]?.calibration).toBeUndefined();
  });

  it("reads the same layout from a netCDF classic file", async () => {
    const variable = (values: number[], attributes: Record<string, string>) => ({
      dimensions: ["dim_0"],
      type: "f8" as const,
      values,
      attributes,
    });
    const bytes = writeNetcdf3({
      dimensions: { dim_0: 3 },
      attributes: { tuid: "20201124-184709-137-8a5112", name: "T1 q7" },
      variables: {
        x0: variable([0, 1e-6, 2e-6], { name: "tau", long_name: "Delay", units: "s" }),
        y0: variable([3, 2, 1], { name: "I", units: "V" }),
        y1: variable([0, 0, 0], { name: "Q", units: "V" }),
      },
    });
    const result = await importContent("dataset.hdf5", bytes);
    expect(result).toMatchObject({ status: "imported", importer: "quantify" });
    const [d] = result.status === "imported" ? result.datasets : [];
    expect([d?.kind, d?.labels.qubit, values(d, "i")]).toEqual(["decay", "q7", [3, 2, 1]]);
  });

  it("reads the arrays that the lab file names, and asks for a unit that is nowhere", async () => {
    const build = (file: File) => {
      file.create_dataset({ name: "t", data: Float64Array.of(0, 10) });
      file.create_group("g").create_dataset({ name: "p", data: Float64Array.of(0.9, 0.1) });
    };
    const path = await writeHdf5(build);
    const result = await importFile(path, "a.h5", { kind: "decay", columns: { delay: "/t [us]", population: "/g/p" }, shots: 1000 });
    const [d] = result.status === "imported" ? result.datasets : [];
    expect(d && columnsOf(d).map((c) => [c.role, c.unit, Array.from(c.values)])).toEqual([
      ["delay", "s", [0, expect.closeTo(1e-5, 15)]],
      ["population", "1", [0.9, 0.1]],
    ]);
    expect(d?.noise).toEqual({ type: "binomial", shots: 1000 });
    const hints = { columns: { delay: "/t", population: "/g/p" }, place: "gammawatt.yaml:3" } as const;
    expect(await importFile(path, "a.h5", hints)).toMatchObject({
      status: "failed",
      place: "gammawatt.yaml:3",
      message: formatMessages.unitMissing("delay", "t", ""),
    });
    expect(await importFile(path, "a.h5", NO_HINTS)).toMatchObject({ status: "unrecognised" });
  });
});
