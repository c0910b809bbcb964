import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LabFileError } from "../../src/core/errors.ts";
import { loadLab, parseLab } from "../../src/lab/load.ts";

const FIXTURE = new URL("../../fixtures/lab/", import.meta.url);

/** CONTRACT.md, "Lab file", word by word. */
const EXAMPLE = `
device: chipA
readout: { p1_given_0: 0.012 ± 0.002, p0_given_1: 0.045 ± 0.004, prepared: heralded, drive_to_readout: 40 ns }
qubits:
  q1:
    frequency: 5.0123 GHz
    anharmonicity: -220 MHz
    geometry: reflection
    temperature: 52 ± 5 mK
    position: [1.2 mm, 0.4 mm]
lines:
  drive1: { qubits: [q1, q2], attenuation: 72.3 ± 1.5 dB, attenuation_from: warm, isolation: 20 dB }
cooldowns:
  cd07: { started: 2026-09-03, note: "after IR filters" }
  cd08: { started: 2026-11-02, lines: { drive1: { attenuation: 72.9 ± 1.5 dB } } }
files:                                # first match wins; {names} become labels; an entry that an earlier one always hides is an error
  - { match: "{cooldown}/{qubit}_t1_*.csv", kind: decay, columns: { delay: "delay [us]", population: p1, shots: shots } }
  - { match: "{cooldown}/{qubit}_s11_off.s1p", kind: reference, off: detuned }
  - { match: "{cooldown}/{qubit}_s11_{power}dBm.s1p", kind: scattering }
  - { match: "{cooldown}/{qubit}_sat.csv", kind: population, columns: { power: "power [dBm]", population: p1, shots: shots } }
  - { match: "{cooldown}/map_u.csv", kind: field, columns: { time: "t [s]", x: "x [m]", y: "y [m]", u: "u [J/m^2]", sigma: "sigma [J/m^2]" } }
  - { match: "{cooldown}/map_r.csv", kind: field-source, on: [0 s, 1.0 ms], columns: { x: "x [m]", y: "y [m]", r_total: "r_total [W/m^2]" } }
`;
const group = (cooldown: string, qubit: string) => ({ cooldown, device: "", qubit });
/** value, sigma and entry of a stated quantity. */
const said = (s: { quantity: { value: number; sigma: number; unit: string }; entry: string } | undefined) =>
  s && [s.quantity.value, s.quantity.sigma, s.quantity.unit, s.entry];
const NO = Number.NaN;

describe("the example of CONTRACT.md loads whole", () => {
  const lab = parseLab(EXAMPLE);
  it("facts of the whole lab, each with its entry", () => {
    const { device, qubit, readout, line } = lab.facts(group("cd07", "q1"));
    expect(device).toBe("chipA");
    expect(said(qubit.frequency)).toEqual([5.0123e9, NO, "Hz", "qubits.q1.frequency"]);
    expect(said(qubit.anharmonicity)).toEqual([-2.2e8, NO, "Hz", "qubits.q1.anharmonicity"]);
    expect(qubit.geometry).toBe("reflection");
    expect(said(qubit.temperature)).toEqual([0.052, 0.005, "K", "qubits.q1.temperature"]);
    expect(qubit.position).toEqual([1.2e-3, 0.4e-3]);
    expect(said(readout.p1_given_0)).toEqual([0.012, 0.002, "1", "readout.p1_given_0"]);
    expect(said(readout.p0_given_1)).toEqual([0.045, 0.004, "1", "readout.p0_given_1"]);
    expect(said(readout.drive_to_readout)).toEqual([40e-9, NO, "s", "readout.drive_to_readout"]);
    expect(readout.prepared).toBe("heralded");
    expect(said(line?.attenuation)).toEqual([72.3, 1.5, "dB", "lines.drive1.attenuation"]);
    expect(said(line?.isolation)).toEqual([20, NO, "dB", "lines.drive1.isolation"]);
    expect(line).toMatchObject({ name: "drive1", qubits: ["q1", "q2"], attenuation_from: "warm", power_at: "source" });
  });
  it("under a cooldown the line's attenuation is its own and everything else inherited", () => {
    const { line } = lab.facts(group("cd08", "q2"));
    expect(said(line?.attenuation)).toEqual([72.9, 1.5, "dB", "cooldowns.cd08.lines.drive1.attenuation"]);
    expect(line).toMatchObject({ qubits: ["q1", "q2"], attenuation_from: "warm" });
    expect(said(line?.isolation)?.[3]).toBe("lines.drive1.isolation");
    expect(lab.facts(group("cd07", "q2")).line?.attenuation?.entry).toBe("lines.drive1.attenuation");
    expect(lab.facts(group("cd08", "q3")).line).toBeUndefined();
    expect(lab.cooldowns.cd08).toEqual({ started: "2026-11-02", note: "", device: "" });
    expect(lab.cooldowns.cd07?.note).toBe("after IR filters");
  });
  it("files: first match wins, names become labels, the power has its unit", () => {
    const t1 = lab.entryFor("cd07/q1_t1_003.csv");
    expect(t1?.entry).toEqual({
      match: "{cooldown}/{qubit}_t1_*.csv",
      kind: "decay",
      columns: { delay: "delay [us]", population: "p1", shots: "shots" },
      place: "gammawatt.yaml:17:14",
    });
    expect(t1?.labels).toEqual({ cooldown: "cd07", qubit: "q1" });
    expect(lab.entryFor("cd07/q1_s11_off.s1p")?.entry).toMatchObject({ kind: "reference", off: "detuned" });
    const s = lab.entryFor("cd07/q1_s11_-60dBm.s1p");
    expect(s?.entry.kind).toBe("scattering");
    expect(s?.entry.power?.unit).toBe("W");
    expect(s?.entry.power?.value).toBeCloseTo(1e-9, 20);
    expect(lab.entryFor("cd07/map_r.csv")?.entry.on).toEqual([0, 1e-3]);
    expect(lab.entryFor("cd07/deep/q1_t1_003.csv")).toBeUndefined();
  });
});

describe("the fixture's lab file", () => {
  it("loads whole, each fact with its entry", async () => {
    const lab = (await loadLab(FIXTURE.pathname))!;
    expect(lab.device).toBe("chipA");
    // The numbers are those of fixtures/lab/gammawatt.yaml.
    const q2 = lab.facts(group("cd08", "q2"));
    expect(said(q2.qubit.temperature)).toEqual([0.049, 0.0015, "K", "cooldowns.cd08.qubits.q2.temperature"]);
    expect(q2.qubit).toMatchObject({ geometry: "hanger", temperature_from: "population" });
    expect(said(q2.qubit.frequency)?.[3]).toBe("qubits.q2.frequency");
    expect(said(lab.facts(group("cd07", "q2")).qubit.temperature)?.[3]).toBe("qubits.q2.temperature");
    const q3 = lab.facts(group("cd07", "q3"));
    expect(said(q3.qubit.equilibrium_population)).toEqual([0.018, 0.0015, "1", "qubits.q3.equilibrium_population"]);
    expect(q3.line).toMatchObject({ name: "drive2", attenuation_from: "cold-through" });
    expect(said(q3.readout.if_bandwidth)).toEqual([100, NO, "Hz", "readout.if_bandwidth"]);
    expect(said(q3.readout.drive_duration)?.[0]).toBeCloseTo(400e-6, 15);
    expect(lab.exclusionsFor("cd07/q1_t1_007.csv", "p1")).toEqual([
      { file: "cd07/q1_t1_007.csv", reason: "burst of quasiparticles, seen on all qubits" },
    ]);
    expect(lab.exclusionsFor("cd07/q1_t1_008.csv", "p1")).toEqual([]);
    expect(lab.entryFor("cd08/20261102/20261102-134501-123-abc123-T1 experiment q3/dataset.hdf5")?.labels).toEqual({
      cooldown: "cd08",
      qubit: "q3",
    });
    const text = readFileSync(new URL("gammawatt.yaml", FIXTURE), "utf8");
    expect(text.match(/- \{ match:/g)).toHaveLength(14);
  });
});

describe("the nearest statement wins, key by key", () => {
  const lab = parseLab(`
device: chip
readout: { p1_given_0: 0.01 ± 0.001, p0_given_1: 0.02, drive_to_readout: 40 ns, prepared: reset, duty_cycle: 0.5 }
qubits:
  q1: { frequency: 5 GHz, temperature: 50 mK, drive_to_readout: 60 ns, couplings: { drive: 1e4 1/s, detect: 2e6 ± 1e5 1/s }, geometry: separate-ports }
  q2: { equilibrium_population: 1.5 % }
  "007": { frequency: 4 GHz }
lines:
  a: { qubits: [q1, q2], attenuation: 60 ± 1 dB, attenuation_from: warm, power_at: device, ripple: 0.6 dB, attenuation_at: 5.01 GHz }
  b: { qubits: [q3], attenuation: 61 dB }
cooldowns:
  7: { device: other, temperature: 12 ± 1 mK, temperature_from: fridge, readout: { p1_given_0: 0.03 } }
  007: { qubits: { q1: { geometry: hanger, if_bandwidth: 1 kHz } } }
  2026-09-03: { lines: { a: { attenuation: 70 dB }, b: { qubits: [q2] } } }
  constructor:
files:
  - { match: "{cooldown}/{qubit}_long.csv", kind: population, drive_to_readout: 1 us }
  - { match: "{cooldown}/{qubit}_longer.csv", kind: population, drive_to_readout: 2 us }
`);
  it("names are texts, as they are written", () => {
    expect(Object.keys(lab.cooldowns).sort()).toEqual(["007", "2026-09-03", "7", "constructor"]);
    expect(lab.facts(group("7", "q1")).device).toBe("other");
    expect(lab.facts(group("007", "q1")).device).toBe("chip");
    expect(said(lab.facts(group("x", "007")).qubit.frequency)?.[3]).toBe("qubits.007.frequency");
    expect(lab.facts(group("toString", "constructor")).qubit).toEqual({});
  });
  it("of readout", () => {
    const { readout } = lab.facts(group("7", "q1"));
    expect(said(readout.p1_given_0)).toEqual([0.03, NO, "1", "cooldowns.7.readout.p1_given_0"]);
    expect(said(readout.p0_given_1)?.[3]).toBe("readout.p0_given_1");
    expect(readout).toMatchObject({ prepared: "reset", duty_cycle: 0.5 });
    expect(said(readout.drive_to_readout)?.[3]).toBe("qubits.q1.drive_to_readout");
    expect(said(lab.facts(group("7", "q2")).readout.drive_to_readout)?.[3]).toBe("readout.drive_to_readout");
    expect(said(lab.facts(group("007", "q1")).readout.if_bandwidth)?.[3]).toBe("cooldowns.007.qubits.q1.if_bandwidth");
  });
  it("of the qubit, a cooldown's temperature holding for all its qubits", () => {
    for (const q of ["q1", "q2", "q9"])
      expect(said(lab.facts(group("7", q)).qubit.temperature)).toEqual([0.012, 0.001, "K", "cooldowns.7.temperature"]);
    expect(lab.facts(group("7", "q1")).qubit.temperature_from).toBe("fridge");
    expect(said(lab.facts(group("007", "q1")).qubit.temperature)?.[3]).toBe("qubits.q1.temperature");
    expect(lab.facts(group("007", "q1")).qubit.geometry).toBe("hanger");
    expect(said(lab.facts(group("7", "q1")).qubit.couplings?.detect)).toEqual([2e6, 1e5, "1/s", "qubits.q1.couplings.detect"]);
    expect(said(lab.facts(group("8", "q2")).qubit.equilibrium_population)?.[0]).toBeCloseTo(0.015, 15);
  });
  it("temperature and equilibrium population are one statement: the nearest level that has either hides both farther ones", () => {
    const bath = (cooldown: string, qubit: string) => {
      const q = parseLab(`
qubits: { q1: { equilibrium_population: 0.02 ± 0.002 }, q2: { temperature: 50 ± 5 mK, temperature_from: fridge }, q3: { frequency: 5 GHz } }
cooldowns:
  a: { temperature: 30 ± 3 mK, qubits: { q2: { equilibrium_population: 0.01 } } }
  b: { qubits: { q1: { temperature: 40 mK }, q2: { temperature: 45 mK, equilibrium_population: 0.03 } } }
`).facts(group(cooldown, qubit)).qubit;
      return [q.temperature?.entry, q.equilibrium_population?.entry];
    };
    expect(bath("a", "q1")).toEqual(["cooldowns.a.temperature", undefined]);
    expect(bath("a", "q2")).toEqual([undefined, "cooldowns.a.qubits.q2.equilibrium_population"]);
    expect(bath("a", "q3")).toEqual(["cooldowns.a.temperature", undefined]);
    expect(bath("b", "q1")).toEqual(["cooldowns.b.qubits.q1.temperature", undefined]);
    // Two of one level stand beside each other: the power route says where they disagree.
    expect(bath("b", "q2")).toEqual(["cooldowns.b.qubits.q2.temperature", "cooldowns.b.qubits.q2.equilibrium_population"]);
    expect(bath("c", "q1")).toEqual([undefined, "qubits.q1.equilibrium_population"]);
    expect(bath("c", "q2")).toEqual(["qubits.q2.temperature", undefined]);
  });
  it("of the timing: the cooldown's readout before the qubit's own of the whole lab", () => {
    const timed = parseLab(`
readout: { drive_to_readout: 40 ns, drive_duration: 100 us }
qubits: { q1: { drive_to_readout: 60 ns } }
cooldowns: { a: { readout: { drive_to_readout: 80 ns } }, b: { readout: { drive_to_readout: 80 ns }, qubits: { q1: { drive_to_readout: 90 ns } } } }
`);
    const gap = (cooldown: string) => timed.facts(group(cooldown, "q1")).readout.drive_to_readout?.entry;
    expect(gap("a")).toBe("cooldowns.a.readout.drive_to_readout");
    expect(gap("b")).toBe("cooldowns.b.qubits.q1.drive_to_readout");
    expect(gap("c")).toBe("qubits.q1.drive_to_readout");
    expect(timed.facts(group("a", "q1")).readout.drive_duration?.entry).toBe("readout.drive_duration");
  });
  it("of lines: a qubit that the cooldown puts on another line leaves the inherited one", () => {
    const { line } = lab.facts(group("2026-09-03", "q1"));
    expect(said(line?.attenuation)).toEqual([70, NO, "dB", "cooldowns.2026-09-03.lines.a.attenuation"]);
    expect(line).toMatchObject({ name: "a", qubits: ["q1", "q2"], attenuation_from: "warm", power_at: "device" });
    expect(said(line?.ripple)?.[3]).toBe("lines.a.ripple");
    expect(said(line?.attenuation_at)?.[0]).toBe(5.01e9);
    expect(lab.facts(group("2026-09-03", "q2")).line).toMatchObject({ name: "b", qubits: ["q2"], attenuation_from: "unknown" });
    expect(lab.facts(group("2026-09-03", "q3")).line).toBeUndefined();
    expect(lab.facts(group("7", "q3")).line?.name).toBe("b");
  });
  it("of the files' entries for the timing; two that differ are an error", () => {
    const entries = ["7/q1_long.csv", "7/q1_longer.csv"].map((p) => lab.entryFor(p)!.entry);
    const { readout } = lab.facts(group("7", "q1"), entries.slice(0, 1));
    expect(said(readout.drive_to_readout)).toEqual([1e-6, NO, "s", "files.{cooldown}/{qubit}_long.csv.drive_to_readout"]);
    expect(readout.prepared).toBe("reset");
    expect(() => lab.facts(group("7", "q1"), entries)).toThrow(LabFileError);
  });
});

describe("small lab files", () => {
  it.each([
    "",
    "# nothing yet\n",
    "qubits:\n",
    "qubits:\n  q1:\nfiles:\nlines:\ncooldowns:\n  cd1:\n",
    "\ufeffdevice: a\r\nqubits:\r\n  q1:\r\n",
  ])("%j loads", (text) => {
    expect(parseLab(text).facts(group("cd1", "q1")).qubit).toEqual({});
  });
  it("none at all is no error, one that is no UTF-8 is", async () => {
    expect(await loadLab("/nonexistent")).toBeUndefined();
  });
  it("readout errors without `prepared` load: the power route assumes heralded and says so", () => {
    const { readout } = parseLab("readout: { p1_given_0: 0.01, p0_given_1: 0.02 }").facts(group("a", "q1"));
    expect(readout.prepared).toBeUndefined();
    expect(readout.p1_given_0?.quantity.sigma).toBeNaN();
  });
});

describe("entries of files", () => {
  const lab = parseLab(`
files:
  - { match: "a/{qubit}_{power}.csv", kind: power, detector: power-meter, averaging: power, power_at: device, shots: 4000, power_unit: dBm }
  - { match: "b/{qubit}.csv", kind: population, power: -60 dBm, shots: "n [1]", cooldown: cd1, device: chip, trace: p1, qubit: q9 }
  - { match: "c/{qubit}_{flux}mA_{pulse}_{repeat}.csv", kind: decay }
  - { match: "d/{power}.csv" }
  - { match: "e/{qubit}.csv", columns: { delay: "#2 [us]", population: "#3" }, duty_cycle: 10 %, if_bandwidth: 1 kHz }
exclude:
  - { match: "a/**", trace: "p1[3]", points: [0, 17], reason: jump }
`);
  it("constants, headers and units of power", () => {
    const a = lab.entryFor("a/q1_-60.csv")!;
    expect(a.entry).toMatchObject({ kind: "power", detector: "power-meter", averaging: "power", power_at: "device", shots: 4000 });
    for (const path of ["a/q1_-60.csv", "a/q1_m60.csv", "a/q1_-60dBm.csv", "a/q1_1nW.csv", "a/q1_\u221260.0.csv"])
      expect(lab.entryFor(path)?.entry.power?.value, path).toBeCloseTo(1e-9, 18);
    expect(lab.entryFor("b/x.csv")).toMatchObject({
      entry: { shots: "n [1]", power: { unit: "W" } },
      labels: { cooldown: "cd1", device: "chip", trace: "p1", qubit: "q9" },
    });
    expect(lab.entryFor("e/q1.csv")?.entry.columns).toEqual({ delay: "#2 [us]", population: "#3" });
    expect(lab.entryFor("e/q1.csv")?.entry.timing?.duty_cycle).toBe(0.1);
  });
  it("a power that is none is an error that names file and entry", () => {
    for (const path of ["a/q1_high.csv", "a/q1_-95dB.csv", "d/-60.csv", "d/5 mK.csv"]) {
      const ask = () => lab.entryFor(path);
      expect(ask, path).toThrow(LabFileError);
      expect(ask, path).toThrow(path);
    }
  });
  it("other names tell operating points apart, names of counters do not", () => {
    expect(lab.entryFor("c/q1_0p5mA_x180_007.csv")).toMatchObject({
      labels: { qubit: "q1", flux: "0p5", pulse: "x180", repeat: "007" },
      conditions: [{ name: "flux", value: 5e-4, unit: "A" }],
      marks: ["pulse=x180"],
    });
  });
  it("exclusions name file or pattern, trace and points", () => {
    expect(lab.exclusionsFor("a/deep/x.csv", "p1[3]")).toEqual([{ match: "a/**", trace: "p1[3]", points: [0, 17], reason: "jump" }]);
    expect(lab.exclusionsFor("a/deep/x.csv", "p1[4]")).toEqual([]);
    expect(lab.exclusionsFor("b/x.csv", "p1[3]")).toEqual([]);
  });
});
