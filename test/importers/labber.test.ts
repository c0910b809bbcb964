import { existsSync } from "node:fs";
import { join } from "node:path";
import type { File } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { type LabberSpec, writeLabber } from "./hdf5-file.ts";
import { SHARED_DATA } from "./import-text.ts";

afterAll(closeHdf5);

const GENERATOR = "Multi-Qubit Pulse Generator - , MQ PulseGen at localhost";
const DELAY = { name: "MQ PulseGen - Sequence duration", unit: "s", instrument: GENERATOR };
const SIGNAL = { name: "MQ PulseGen - Voltage, QB5", unit: "V", instrument: GENERATOR, complex: true };
const REPEAT = { name: "Repetition", instrument: "Manual - , Manual at localhost", quantity: "Value 3" };
const FLUX = { name: "QB5 DC Flux - Voltage", unit: "V", instrument: "Yokogawa GS200 DC Source - IP: 1, QB5 DC Flux at localhost" };
const T1 = { [GENERATOR]: { "# of pi pulses": -1, Sequence: "CP/CPMG" } };

async function imported(spec: LabberSpec, hints: Hints = NO_HINTS): Promise<readonly Dataset[]> {
  const result = await importFile(await writeLabber(spec), "cd1/log.hdf5", hints);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  expect(result.importer).toBe("labber");
  return result.datasets;
}

async function refused(spec: LabberSpec): Promise<ImportResult> {
  return importFile(await writeLabber(spec), "cd1/log.hdf5", NO_HINTS);
}

const decay = (spec: Partial<LabberSpec>): LabberSpec => ({
  steps: [
    { ...DELAY, length: 5 },
    { ...REPEAT, length: 3 },
  ],
  logged: [SIGNAL],
  settings: T1,
  value: (name, [p = 0, r = 0], imaginary) =>
    name === DELAY.name ? p * 2e-6 : name === REPEAT.name ? r : (imaginary ? -1 : 1) * (100 * r + p),
  ...spec,
});
const codes = (d: Dataset) => d.notes.map((n) => n.code);
const values = (d: Dataset, role: Parameters<typeof columnOf>[1]) => Array.from(columnOf(d, role)?.values ?? []);

describe("labber", () => {
  it("gives one dataset per repetition, complex channels as i and q, delays in s, the kind from the pulses", async () => {
    const all = await imported(decay({}));
    expect(all.map((d) => d.labels.trace)).toEqual([0, 1, 2].map((k) => `${SIGNAL.name}[${k}]`));
    for (const [r, d] of all.entries()) {
      expect(d).toMatchObject({ kind: "decay", kindInferred: false, axis: "repeat", conditions: [], noise: { type: "unknown" } });
      expect(d.labels).toMatchObject({ qubit: "QB5", cooldown: "", device: "" });
      expect(values(d, "i")).toEqual([0, 1, 2, 3, 4].map((p) => 100 * r + p));
      expect(values(d, "q")).toEqual([0, 1, 2, 3, 4].map((p) => -(100 * r + p)));
      expect(values(d, "delay")).toEqual([0, 1, 2, 3, 4].map((p) => Math.fround(p * 2e-6)));
      expect(columnsOf(d).map((c) => c.unit)).toEqual(["s", "V", "V"]);
    }
    expect(all[1]?.started).toBe(new Date((1_541_262_913.25 + 20) * 1000).toISOString());
  });

  it("keeps the log's comment and tags as notes, which change no id", async () => {
    const more = (file: File) => {
      file.create_attribute("comment", "after the warm-up");
      const tags = file.create_group("Tags");
      tags.create_attribute("Tags", ["BFC3-17", "TWPA_A"]);
      tags.create_attribute("Project", [""]);
      tags.create_attribute("User", ["Morten"]);
    };
    const [d] = await imported(decay({ more }));
    const texts = d?.notes.map((n) => n.text);
    expect(texts).toContain(formatMessages.labberComment("after the warm-up"));
    expect(texts).toContain(formatMessages.labberTags(["Tags: BFC3-17, TWPA_A", "User: Morten"]));
    expect(d?.id).toBe((await imported(decay({})))[0]?.id);
  });

  it("unfolds a delay between a flux inside and repeats outside", async () => {
    const flux = { name: "Flux - Voltage", unit: "V", instrument: "Flux - , Flux", quantity: "Voltage", length: 2 };
    const value = (name: string, [f = 0, d = 0, r = 0]: readonly number[]) =>
      name === flux.name ? f / 10 : name === DELAY.name ? d * 1e-6 : name === REPEAT.name ? r : 100 * r + 10 * d + f;
    const all = await imported(decay({ steps: [flux, { ...DELAY, length: 3 }, { ...REPEAT, length: 2 }], value }));
    expect(all.length).toBe(4);
    const last = all.find((d) => d.conditions[0]?.value === Math.fround(0.1) && values(d, "i")[0] === 101);
    expect(values(last!, "i")).toEqual([101, 111, 121]);
    expect(values(last!, "delay")).toEqual([0, 1, 2].map((d) => Math.fround(d * 1e-6)));
  });

  it("unfolds a delay that is an outer axis, with a flux swept inside", async () => {
    const all = await imported(
      decay({
        steps: [
          { ...FLUX, length: 2 },
          { ...DELAY, length: 4 },
        ],
        value: (name, [f = 0, p = 0], imaginary) =>
          name === DELAY.name ? p * 1e-6 : name === FLUX.name ? f / 2 : imaginary ? 0 : 10 * f + p,
      }),
    );
    expect(all.map((d) => d.conditions)).toEqual([0, 0.5].map((value) => [{ name: FLUX.name, value, unit: "V" }]));
    expect(all.map((d) => d.axis)).toEqual(["swept", "swept"]);
    expect(all.map((d) => values(d, "i"))).toEqual([
      [0, 1, 2, 3],
      [10, 11, 12, 13],
    ]);
  });

  it("takes a manual axis that an instrument follows as swept, not as repetitions", async () => {
    const follower = { name: "RO - Frequency", unit: "Hz", instrument: "Rohde&Schwarz RF Source", follows: REPEAT.name };
    const steps = [{ ...DELAY, length: 5 }, { ...REPEAT, length: 3 }, follower];
    const all = await imported(
      decay({ steps, value: (name, [p = 0, r = 0]) => (name === DELAY.name ? p * 2e-6 : name === follower.name ? 5e9 : r) }),
    );
    expect(all.map((d) => d.axis)).toEqual(["swept", "swept", "swept"]);
    expect(all.map((d) => d.conditions[0]?.value)).toEqual([0, 1, 2]);
  });

  it.each([
    ["a unit", { ...REPEAT, unit: "V" }],
    ["another name", { ...REPEAT, name: "Coil" }],
    ["an instrument", { ...REPEAT, instrument: "Yokogawa GS200 - IP: 2" }],
  ])("takes an axis with %s as swept", async (_, axis) => {
    const steps = [
      { ...DELAY, length: 5 },
      { ...axis, length: 3 },
    ];
    const all = await imported(decay({ steps, value: (name, [p = 0, r = 0]) => (name === DELAY.name ? p : r) }));
    expect(all.map((d) => d.axis)).toEqual(["swept", "swept", "swept"]);
  });

  it("keeps repeats of each value apart where an axis is repeated and another swept", async () => {
    const steps = [
      { ...DELAY, length: 2 },
      { ...REPEAT, length: 2 },
      { ...FLUX, length: 2 },
    ];
    const all = await imported(
      decay({
        steps,
        value: (name, [p = 0, r = 0, f = 0]) =>
          name === DELAY.name ? p : name === REPEAT.name ? r : name === FLUX.name ? f : 100 * f + 10 * r + p,
      }),
    );
    expect(all.map((d) => [d.axis, d.conditions.map((c) => c.value), values(d, "i")])).toEqual([
      ["swept", [0], [0, 1]],
      ["swept", [0], [10, 11]],
      ["swept", [1], [100, 101]],
      ["swept", [1], [110, 111]],
    ]);
  });

  it("says what an interrupted log holds, down to the last point", async () => {
    const all = await imported(decay({ entries: 2, lastPoints: 3, completed: false }));
    expect(all.map((d) => values(d, "i").length)).toEqual([5, 3]);
    expect(all[0]?.notes.find((n) => n.code === "incomplete_sweep")?.text).toBe(formatMessages.incompleteEntries(2, 3));
    expect(all[1]?.notes.map((n) => n.text)).toContain(formatMessages.incompleteTrace(3, 5));
  });

  it.each([
    [{ "# of pi pulses": -1, Sequence: "CP/CPMG" }, "x", "decay", false],
    [{ "# of pi pulses": 0, Sequence: "CP/CPMG" }, "q1_T1", "other", false],
    [{ "# of pi pulses": 1, Sequence: "CP/CPMG" }, "q1_T1", "other", false],
    [{ "# of pi pulses": -1, Sequence: "Rabi" }, "q1", "other", false],
    [{}, "q1_T1_repeat", "decay", false],
    [{}, "q1_Ramsey", "other", false],
    [{}, "q1", "decay", true],
    [{}, "T1_and_echo", "decay", true],
    [{}, "T1rho", "other", false],
  ])("settings %o of log %s: kind %s, inferred %s", async (settings, logName, kind, inferred) => {
    const [d] = await imported(decay({ settings: { [GENERATOR]: settings }, logName }));
    expect([d?.kind, d?.kindInferred]).toEqual([kind, inferred]);
    expect(codes(d!).includes("kind_inferred")).toBe(inferred);
  });

  it("reads a vector log of S21 with its own frequency axis, port and source powers", async () => {
    const vna = "Network Analyzer - IP: 3, VNA at localhost";
    const power = { name: "VNA - Output power", unit: "dBm", instrument: vna, quantity: "Output power" };
    const all = await imported({
      steps: [{ ...power, length: 2 }],
      logged: [],
      value: (_, [k = 0]) => -30 + 10 * k,
      more: (file) => {
        const traces = file.create_group("Traces");
        const array = traces.create_dataset({ name: "VNA - S21", data: Float64Array.from({ length: 12 }, (_, k) => k), shape: [3, 2, 2] });
        array.create_attribute("complex", 1);
        array.create_attribute("x, name", "Frequency");
        array.create_attribute("x, unit", "Hz");
        traces.create_dataset({ name: "VNA - S21_N", data: Int32Array.of(3, 3) });
        traces.create_dataset({ name: "VNA - S21_t0dt", data: Float64Array.of(5e9, 1e6, 6e9, 2e6), shape: [2, 2] });
      },
    });
    expect(all.map((d) => d.kind)).toEqual(["scattering", "scattering"]);
    expect(all.map((d) => d.conditions)).toEqual([
      [{ name: "power", value: 1e-6, unit: "W" }],
      [{ name: "power", value: 1e-5, unit: "W" }],
    ]);
    // Row-major (point, part, trace): element (p, part, t) is 4 p + 2 part + t.
    expect(values(all[0]!, "s_re")).toEqual([0, 4, 8]);
    expect(values(all[1]!, "s_im")).toEqual([3, 7, 11]);
    expect(values(all[1]!, "frequency")).toEqual([6e9, 6.002e9, 6.004e9]);
    expect(columnOf(all[0]!, "s_re")?.port).toBe("21");
  });

  it("does not call a readout voltage against frequency a scattering parameter, unless the lab file does", async () => {
    const frequency = { name: "RO - Frequency", unit: "Hz", instrument: "RF Source", length: 3 };
    const spec: LabberSpec = {
      steps: [frequency],
      logged: [SIGNAL],
      value: (name, [p = 0]) => (name === frequency.name ? 5e9 + p * 1e6 : p),
    };
    const [listed] = await imported(spec);
    expect(listed?.kind).toBe("other");
    expect(codes(listed!)).toContain("not_scattering");
    const [stated] = await imported(spec, { kind: "scattering" });
    expect(stated?.kind).toBe("scattering");
    expect(values(stated!, "s_re")).toEqual([0, 1, 2]);
  });

  it.each<[string, Partial<LabberSpec>, string, string]>([
    ["more traces than planned", { entries: 4 }, "/Data", formatMessages.labberEntries(4, 3)],
    ["another number of points", { stated: [7, 3] }, "/Data", formatMessages.labberSteps(5, 7)],
    [
      "half a complex channel",
      { logged: [{ ...SIGNAL, complex: false, part: "Real" }] },
      "/Data/Channel names",
      formatMessages.labberComplex(SIGNAL.name),
    ],
  ])("names what contradicts itself: %s", async (_, change, place, message) => {
    expect(await refused(decay(change))).toMatchObject({ status: "failed", importer: "labber", place: `cd1/log.hdf5:${place}`, message });
  });

  it("lists a log that was ended before its first trace", async () => {
    expect(await refused(decay({ entries: 0, completed: false }))).toMatchObject({
      status: "unrecognised",
      message: formatMessages.noTraces(),
    });
  });
});

const folder = join(SHARED_DATA, "labber-mit-equs");
describe.skipIf(!existsSync(folder))("labber on real logs (skipped where ../shared/data is absent)", () => {
  const read = async (path: string) => {
    const result = await importFile(join(folder, path), path, NO_HINTS);
    return result.status === "imported" ? result.datasets : [];
  };

  // Numbers of points, repeats and qubits: shared/data/README.md.
  it.each([
    ["2018-10-26_T1andFluxLines/BFC3-16-Qu5_T1_repeat_2.hdf5", 76, 43, 101, 150e-6],
    ["2018-10-26_T1andFluxLines/OTL2-A20-T1_q1_repeat.hdf5", 70, 24, 2002, 60e-6],
  ])("%s: %i delays, %i of %i repeats, five qubits, all T1", async (path, delays, repeats, planned, longest) => {
    const all = await read(path);
    expect(all.length).toBe(5 * repeats);
    expect([...new Set(all.map((d) => d.labels.qubit))]).toEqual(["QB1", "QB2", "QB3", "QB4", "QB5"]);
    for (const d of all) {
      expect(d).toMatchObject({ kind: "decay", kindInferred: false, axis: "repeat", conditions: [] });
      expect(values(d, "delay")).toHaveLength(delays);
      expect(values(d, "delay").at(-1)).toBeCloseTo(longest, 10);
      expect(d.calibration).toBeUndefined();
    }
    expect(all[0]?.notes.map((n) => n.text)).toContain(formatMessages.incompleteEntries(repeats, planned));
    expect(new Set(all.map((d) => d.id)).size).toBe(all.length);
  });

  it.each([
    ["2018-10-05_DME/TMM10_resScan_vspower.hdf5", 21, [0, -5, -10, -15, -20, -25, -30]],
    ["2018-10-26_T1andFluxLines/BFC3-8B-ResSweep_vPow.hdf5", 42, [0, -2, -4, -6, -8, -10, -12]],
  ])("%s: resonator against power in W, never a T1", async (path, count, dbm) => {
    const all = await read(path);
    expect(all.length).toBe(count);
    expect(new Set(all.map((d) => `${d.kind} ${d.axis}`))).toEqual(new Set(["other swept"]));
    const powers = all.slice(0, dbm.length).map((d) => d.conditions[0]);
    expect(powers).toEqual(dbm.map((x) => ({ name: "RO - Power", value: 1e-3 * 10 ** (x / 10), unit: "W" })));
  });
});
