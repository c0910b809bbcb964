import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../src/core/messages/import-hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { noteTexts, values } from "./import-text.ts";
import { type PycqedSpec, pycqedFile } from "./pycqed-writer.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const ramp = (n: number, step = 1) => Array.from({ length: n }, (_, k) => k * step);
const read = (spec: PycqedSpec) => datasetsFrom("pycqed", { "152324_T1_QL.hdf5": pycqedFile(spec) });

/** A decay to 0 with its four calibration points, along (1, -0.5) in the plane. */
const clean = [...ramp(30).map((k) => Math.exp(-k / 7)), 0.002, -0.002, 1.003, 0.997];
const t1: PycqedSpec = {
  measurement: "T1_QL",
  sweeps: [{ name: "Time", unit: "s", values: ramp(34, 1e-6) }],
  values: [
    { name: "raw w0", unit: "V", values: clean },
    { name: "raw w3", unit: "V", values: clean.map((x) => 2 - x / 2) },
  ],
  qubits: ["QL", "QR"],
};

describe("pycqed", () => {
  it("recognises them by the data alone, and only where the data show them", async () => {
    const [marked] = await read(t1);
    expect(marked?.calibration).toMatchObject({ zero: [30, 31], one: [32, 33] });
    expect(marked?.calibration?.note).toMatch(/the second pair lies where the decay starts/);
    const without = clean.slice(0, 30);
    const [plain] = await read({
      ...t1,
      sweeps: [{ name: "Time", unit: "s", values: ramp(30, 1e-6) }],
      values: [{ name: "lin_trans w1", unit: "", values: without }],
    });
    expect(plain?.calibration).toBeUndefined();
    const swapped = [...clean.slice(0, 30), 1, 1, 0, 0];
    expect((await read({ ...t1, values: [{ name: "lin_trans w1", unit: "", values: swapped }] }))[0]?.calibration).toBeUndefined();
  });

  it.each(["echo_QL", "Ramsey_QL", "Rabi-n1_QL"])("%s is listed, never fitted as a T1", async (measurement) => {
    const [d] = await read({ ...t1, measurement, fit: { tau: 2e-5, sigma: 1e-6, as: "numbers", offset: "free" } });
    expect([d?.kind, d?.calibration]).toEqual(["other", undefined]);
    expect(d?.notes.some((n) => n.code === "stored_fit")).toBe(false);
  });

  it("reads a real signal without unit as it stands, and says so", async () => {
    const [d] = await read({ ...t1, measurement: "T1_QR", values: [{ name: "lin_trans w1", unit: "", values: clean }] });
    expect([d?.labels.qubit, values(d!, "voltage")[32]]).toEqual(["QR", Math.fround(1.003)]);
    expect(noteTexts(d!)).toContain(`lin_trans w1: ${formatMessages.unknownUnit("")}`);
  });

  it.each([
    ["F|1>", "%", 100.3, 1.003],
    ["F", "", 1.003, 1.003],
  ])("reads the share of ones: %s in '%s'", async (name, unit, written, share) => {
    const scale = written / 1.003;
    const signal = { name, unit, values: clean.map((x) => scale * x) };
    const [d, ...more] = await read({ ...t1, values: [signal, { ...signal, name: "F|0>" }] });
    expect([values(d!, "population")[32], more.length]).toEqual([expect.closeTo(share, 6), 0]);
  });

  it("keeps the readouts of several qubits apart", async () => {
    const named = (...names: string[]) => names.map((name) => ({ name, unit: "Vpeak", values: clean }));
    const all = await read({ ...t1, values: named("Q1 raw w0", "Q1 raw w1", "Q2 raw w2") });
    const roles = (d: (typeof all)[number]) => [d.labels.qubit, ...columnsOf(d).map((c) => c.role)];
    expect(all.map(roles)).toEqual([
      ["Q1", "delay", "i", "q"],
      ["Q2", "delay", "voltage"],
    ]);
    expect((await read({ ...t1, values: named("I_q0", "Q_q0", "I_q1", "Q_q1") })).map(roles)).toEqual([
      ["q0", "delay", "i", "q"],
      ["q1", "delay", "i", "q"],
    ]);
  });

  it("splits a two-dimensional sweep at its outer parameter", async () => {
    const all = await read({
      ...t1,
      sweeps: [
        { name: "Time", unit: "us", values: [0, 1, 0, 1] },
        { name: "Flux", unit: "mV", values: [10, 10, 20, 20] },
      ],
      values: [{ name: "raw w0", unit: "V", values: [1, 2, 3, 4] }],
    });
    expect(all.map((d) => [d.axis, d.labels.trace, d.conditions[0], values(d, "delay"), values(d, "voltage")])).toEqual([
      ["swept", "raw w0[0]", { name: "Flux", value: 0.01, unit: "V" }, [0, 1e-6], [1, 2]],
      ["swept", "raw w0[1]", { name: "Flux", value: 0.02, unit: "V" }, [0, 1e-6], [3, 4]],
    ]);
  });

  it("takes the names from the data where the group has none", async () => {
    const [d] = await read({ ...t1, old: true });
    expect([d?.kind, values(d!, "delay").length, d?.labels.trace]).toEqual(["decay", 34, "raw w0,raw w3"]);
  });

  it("names the place of a contradiction, and leaves an empty file alone", async () => {
    expect(await importFrom({ "a.hdf5": pycqedFile({ ...t1, missing: "raw w5" }) })).toEqual({
      status: "failed",
      importer: "pycqed",
      place: "cd1/run/a.hdf5:/Experimental Data/Data",
      message: say.columnCount(3, 1, 3),
    });
    const empty = pycqedFile({ ...t1, sweeps: [{ name: "Time", unit: "s", values: [] }], values: [{ name: "w", unit: "V", values: [] }] });
    expect(await importFrom({ "a.hdf5": empty })).toEqual({ status: "unrecognised", message: say.noData("PycQED") });
  });
});
