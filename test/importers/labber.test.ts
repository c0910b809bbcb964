import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5FamilyMessages } from "../../src/core/messages/import-hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { type LabberSpec, writeLabber } from "./hdf5-file.ts";

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

  it("says what a delay without unit needs, and takes it from the lab file", async () => {
    const spec = decay({ steps: [{ ...DELAY, unit: "", length: 5 }], value: (name, [p = 0]) => (name === DELAY.name ? 2 * p : -p) });
    const [bare] = await imported(spec);
    expect([bare?.kind, bare?.notes.find((n) => n.code === "delay_without_unit")?.text]).toEqual([
      "other",
      hdf5FamilyMessages.delayWithoutUnit(DELAY.name),
    ]);
    const [stated] = await imported(spec, { columns: { delay: `${DELAY.name} [us]` } });
    expect([stated?.kind, values(stated!, "delay")]).toEqual(["decay", [0, 2e-6, 4e-6, 6e-6, 8e-6]]);
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

  it.each([
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
