import { drivenFilm } from "./field-lab.ts";
import type { CooldownSpec, Experiment, LabSpec } from "./lab-spec.ts";

const us = 1e-6;
const dBm = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
/** Source powers at which the saturation runs from about 0.05 to 20. */
const POWERS = { q1: dBm(-82, -56, 2), q2: dBm(-82, -56, 2), q3: dBm(-83, -57, 2) } as const;
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The power route of q1 (end of a line), q2 (beside one) and q3 (a plain table), the same in every cooldown. */
const POWER: readonly Experiment[] = [
  { what: "scattering", qubit: "q1", powers: POWERS.q1, span: 160e3, points: 61 },
  { what: "saturation", qubit: "q1", powers: POWERS.q1, shots: 40_000, withFrequency: true },
  { what: "equilibrium", qubit: "q1", shots: 40_000, repeats: 4 },
  { what: "scattering", qubit: "q2", powers: POWERS.q2, span: 160e3, points: 61 },
  { what: "saturation", qubit: "q2", powers: POWERS.q2, shots: 40_000, withFrequency: false },
  { what: "power-table", qubit: "q3", powers: POWERS.q3, shots: 40_000 },
];

const FIRST: CooldownSpec = {
  name: "cd07",
  films: [drivenFilm([3.2e-3, 1.4e-3])],
  started: "2026-09-03",
  note: "after IR filters",
  lines: {},
  qubits: {},
  experiments: [
    { what: "t1-csv", qubit: "q1", repeats: 20, delays: { start: 0, stop: 200 * us, points: 41 }, shots: 4000, odd: [7] },
    { what: "t1-labber", qubit: "q2", repeats: 20, planned: 20, delays: { start: 0, stop: 250 * us, points: 51 }, idle: "q4" },
    { what: "t1-tergite", qubit: "q3", repeats: 12, delays: { start: 0.008 * us, stop: 150.008 * us, points: 51 } },
    ...POWER,
    { what: "echo-csv", qubit: "q1", delays: { start: 0, stop: 200 * us, points: 41 }, shots: 4000 },
    {
      what: "other-file",
      name: "note.txt",
      content: "cd07: filters changed, wiring as before. q4 is parked, its channel in the log is idle.\n",
    },
    { what: "other-file", name: "setup.png", content: Uint8Array.from(Buffer.from(PIXEL, "base64")) },
  ],
};

const SECOND: CooldownSpec = {
  name: "cd08",
  films: [drivenFilm([2.2e-3, 2.9e-3])],
  started: "2026-11-02",
  note: "drive1 rewired",
  lines: { drive1: { value: 93.9, sigma: 0.3 } },
  qubits: { q1: { loss: 0.85 }, q2: { loss: 1.25, equilibrium: { from: "temperature", kelvin: { value: 0.049, sigma: 0.0015 } } } },
  experiments: [
    { what: "t1-csv", qubit: "q1", repeats: 20, delays: { start: 0, stop: 200 * us, points: 41 }, shots: 4000 },
    { what: "t1-labber", qubit: "q2", repeats: 14, planned: 20, delays: { start: 0, stop: 250 * us, points: 51 } },
    { what: "t1-quantify", qubit: "q3", repeats: 12, delays: { start: 0.16 * us, stop: 150.16 * us, points: 51 } },
    ...POWER,
    { what: "echo-quantify", qubit: "q3", delays: { start: 0.16 * us, stop: 150.16 * us, points: 51 } },
    { what: "two-component-csv", qubit: "q4", t1: [6 * us, 60 * us], delays: { start: 0, stop: 200 * us, points: 41 }, shots: 4000 },
    {
      what: "other-file",
      name: "note.txt",
      content: "cd08: line drive1 rewired, attenuation measured again. Sweep of q2 stopped by hand.\n",
    },
  ],
};

/**
 * Two cooldowns of three qubits, both routes informative for each: T1 of 20 to 60 us, radiative share 0.2 to 0.6, n_eq of 1 to 3 %,
 * saturation from 0.05 to 20; a film of 5 x 4 mm under the qubits, driven and left alone, lossy at another place in each cooldown (12 x 12 points,
 * 8 times); every cooldown has its quirks (idle channel, echo, interrupted sweep, two time constants, stray files).
 */
export const DEFAULT_LAB: LabSpec = {
  device: "chipA",
  readout: {
    p1Given0: { value: 0.012, sigma: 0.002 },
    p0Given1: { value: 0.045, sigma: 0.004 },
    driveToReadout: 40e-9,
    driveDuration: 400 * us,
    ifBandwidth: 100,
  },
  qubits: {
    q1: {
      frequency: 5.0123e9,
      anharmonicity: -220e6,
      geometry: "reflection",
      position: [1.2e-3, 0.4e-3],
      gammaR: 8e3,
      gammaNr: 20e3,
      gammaPhi: 6e3,
      equilibrium: { from: "measured", population: { value: 0.02, sigma: 0.004 } },
      fluctuation: 0.06,
    },
    q2: {
      frequency: 4.8217e9,
      anharmonicity: -231e6,
      geometry: "hanger",
      position: [3.1e-3, 0.4e-3],
      gammaR: 12e3,
      gammaNr: 8e3,
      gammaPhi: 9e3,
      equilibrium: { from: "temperature", kelvin: { value: 0.052, sigma: 0.0015 } },
      fluctuation: 0.08,
    },
    q3: {
      frequency: 5.3361e9,
      anharmonicity: -208e6,
      geometry: "reflection",
      position: [5.0e-3, 0.4e-3],
      gammaR: 9e3,
      gammaNr: 33e3,
      gammaPhi: 14e3,
      equilibrium: { from: "stated", population: { value: 0.018, sigma: 0.0015 } },
      fluctuation: 0.05,
    },
  },
  lines: {
    drive1: { qubits: ["q1", "q2"], attenuation: { value: 93.4, sigma: 0.3 }, origin: "noise-thermometry" },
    drive2: { qubits: ["q3"], attenuation: { value: 88.6, sigma: 0.35 }, origin: "cold-through" },
  },
  cooldowns: [FIRST, SECOND],
  exclude: [{ file: "cd07/q1_t1_007.csv", reason: "burst of quasiparticles, seen on all qubits" }],
};

/** The same lab with other numbers of cooldowns and of T1 repeats; later cooldowns repeat the two in turn, each with its own draws. */
export function labOfSize(spec: LabSpec, cooldowns: number, traces?: number): LabSpec {
  const list = Array.from({ length: cooldowns }, (_, i) => {
    const like = spec.cooldowns[i % spec.cooldowns.length]!;
    const round = Math.floor(i / spec.cooldowns.length);
    if (round === 0 && traces === undefined) return like;
    const started = new Date(Date.parse(like.started) + round * 120 * 86_400_000).toISOString().slice(0, 10);
    return { ...like, name: `cd${String(7 + i).padStart(2, "0")}`, started, experiments: like.experiments.map((e) => repeated(e, traces)) };
  });
  return { ...spec, cooldowns: list };
}

function repeated(e: Experiment, traces: number | undefined): Experiment {
  if (traces === undefined || !("repeats" in e) || e.what === "equilibrium") return e;
  return e.what === "t1-labber" ? { ...e, repeats: traces, planned: traces } : { ...e, repeats: traces };
}
