import type { GroupLabels } from "../estimate.ts";

/** Sentences of `gammawatt plan`. */

export const noLabFile = (path: string) =>
  `There is no lab file "${path}". Draft one with: gammawatt init <folder>, then: gammawatt plan <folder>/gammawatt.yaml`;
export const noQubits = (file: string) =>
  `"${file}" names no qubit. Write what is known of one: "qubits: { q1: { frequency: 5.0123 GHz, geometry: reflection } }" and the line that drives it.`;
export const noSuchQubit = (qubit: string, known: readonly string[]) =>
  `The lab file names no qubit "${qubit}". Known: ${known.join(", ")}.`;
export const noSuchCooldown = (name: string, known: readonly string[]) =>
  `The lab file names no cooldown "${name}".${known.length > 0 ? ` Known: ${known.join(", ")}.` : ""}`;
export const needsFrequency = (qubit: string) =>
  `The qubit's frequency is not stated; photons cannot be counted without it. Write "qubits: { ${qubit}: { frequency: 5.0123 GHz } }".`;
export const needsGeometry = (qubit: string) =>
  `How the qubit meets its line is not stated; it is a factor of 2 in power. Write "qubits: { ${qubit}: { geometry: reflection } }" (or hanger, two-sided).`;
export const otherGeometry = (geometry: string) =>
  `Plans are made for reflection, two-sided and hanger; this qubit is "${geometry}". The budget of its rate stands in the report of a run.`;
export const badRates = (option: string, why: string) => `--${option}: ${why}`;
export const notPositive = (option: string) => `--${option} must be larger than 0.`;
export const tooShort = (t1: string, t2: string) => `T2 = ${t2} is longer than 2 T1 = 2 x ${t1}: no qubit has that. Check --t1 and --t2.`;
export const couplingAboveTotal = () =>
  "The coupling to the line is larger than the whole relaxation rate (gamma_r > 1/T1 at zero temperature). Check --gamma-r and --t1.";
export const newData = (folder: string) =>
  `"${folder}" holds data that were not analysed yet; for measured rates first: gammawatt run "${folder}"`;

export const heading = ({ cooldown, qubit }: GroupLabels, line: string | undefined, geometry: string, hertz: number) =>
  [
    `${[cooldown, qubit].filter(Boolean).join("/")}${line ? ` on ${line}` : ""}: ${geometry}`,
    Number.isFinite(hertz) ? `${Number((hertz / 1e9).toPrecision(7))} GHz` : "frequency not stated",
  ].join(", ");

const ORIGIN = { measured: "measured", given: "as given", stated: "lab file", assumed: "ASSUMED" } as const;
export type Origin = keyof typeof ORIGIN;
const short = (x: number) => String(Number(x.toPrecision(3)));
/** @param cure what to type where it is only assumed */
export const origin = (what: string, value: string, from: Origin, cure: string) =>
  `${what} ${value} (${ORIGIN[from]}${from === "assumed" ? `; ${cure}` : ""})`;
export const give = (option: string) => `give --${option}`;
export const stateTemperature = () => "state temperature";
export const microseconds = (seconds: number) => `${short(seconds * 1e6)} us`;
export const perSecond = (rate: number) => `${short(rate)} /s`;

export const percent = (relative: number) => `${relative >= 0.0995 ? (100 * relative).toFixed(1) : (100 * relative).toPrecision(2)} %`;
export const inDecibel = (relative: number) => `${(relative / 0.230258509).toFixed(relative < 0.0115 ? 3 : 2)} dB`;
export const dBm = (watts: number) => `${(10 * Math.log10(watts / 1e-3)).toFixed(1)} dBm`;
export const duration = (seconds: number) => {
  const [size, unit] = seconds >= 86400 ? [86400, "d"] : seconds >= 3600 ? [3600, "h"] : seconds >= 60 ? [60, "min"] : [1, "s"];
  return `${short(seconds / size)} ${unit}`;
};

export const best = (saturation: number, atSource: string, atDevice: string, relative: number, time: string) =>
  `Best drive for ${time}: S = ${short(saturation)}, ${atSource} where the lab states its power, ${atDevice} at the qubit: expected error ${percent(relative)} (${inDecibel(relative)}) of Gamma_1.`;
export const flat = (low: number, high: number) => `Within a tenth of the smallest error from S = ${short(low)} to ${short(high)}.`;
export const tableHead = (times: readonly string[]) => ["  S", "source", "qubit", ...times, "no limit"];
export const split = (parts: readonly string[]) => `Time is best spent as: ${parts.join(", ")}.`;
export const share = (what: string, part: number) => `${what} ${(100 * part).toFixed(0)} %`;
export const MEASUREMENT_NAMES = {
  scattering: "S with the drive on",
  reference: "S with the qubit off",
  population: "driven population",
  equilibrium: "undriven population",
} as const;

export const budgetHead = () => "Budget at that drive, and the whole error without the line:";
export const unknownInputs = (inputs: readonly string[]) =>
  `Not in these numbers, because no error is stated: ${inputs.join(", ")}. Write it as "72.3 dB ± 0.5 dB"; until then the result would be doubtful.`;
export const helpsMost = (input: string, cure: string, now: number, without: number) =>
  `Would help most (${input}): ${cure}. The error falls from ${percent(now)} to ${percent(without)} at best.`;
export const helpsNext = (input: string, cure: string, now: number, without: number) =>
  `Next after that (${input}): ${cure}: ${percent(now)} to ${percent(without)}.`;
export const dependence = (low: string, high: string) =>
  `To see whether the rate depends on the drive, sweep S from 0.1 to 10: ${low} to ${high} at the source.`;
export const twoLevelLimit = (saturation: number) =>
  `Stay below S = ${short(saturation)}: there the Rabi rate is a tenth of the anharmonicity and the third level takes part.`;
