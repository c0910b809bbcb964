import { clip } from "./importers.ts";

/** Sentences about qibocal, QUAlibrate and Qiskit Experiments files. */
export const qubitJsonMessages = {
  nanoseconds: () => "nanoseconds, as qibocal writes them; the file states no unit",
  arbitrary: () => "arbitrary units: qibocal states none",
  averagedShots: (shots: number) => `Each point is the mean of ${shots} single shots.`,
  shotsFromErrors: (shots: number) => `${shots} shots per point: the file's errors are sqrt(p (1 - p) / ${shots}) throughout.`,
  operation: (name: string) => `action.yml says that the operation is "${clip(name)}".`,
  detuned: () => "data.json states a detuning: a Ramsey measurement, not a T1.",
  brokenSidecar: (name: string, cause: string) =>
    `The file ${name} beside it cannot be read (${clip(cause)}); what it would say is not known.`,
  readWith: (name: string) => `These arrays are read with ${name} beside them.`,
  notJson: (cause: string) => `This is not valid JSON (${clip(cause, 120)}). Copy the file again.`,
  missingArchive: (reference: string) =>
    `The file names "${clip(reference)}", but that archive is not beside it. Copy the whole folder of the measurement.`,
  missingArray: (reference: string, known: readonly string[]) =>
    `The file names "${clip(reference)}", but the archive holds no such array, only: ${known
      .slice(0, 12)
      .map((k) => clip(k))
      .join(", ")}.`,
  outside: (reference: string) => `The file names "${clip(reference)}", which is outside its folder; it is not read.`,
  deep: () => "The file is nested too deeply to be a measurement.",
  noNumbers: () => "A packed array of real numbers was expected here.",
  compositeBits: () =>
    "Experiments run in parallel, without the results of each and without the classical bits of each: which counts belong to which qubit cannot be told. Save the data after the analysis, or qubit by qubit.",
  outcome: (outcome: string) =>
    `The outcome "${clip(outcome)}" is neither 0 nor 1 of one qubit. Results of several qubits or levels are read only where the file says which bit is whose.`,
  noCounts: (index: number) => `Result ${index + 1} has no counts.`,
  shotsDiffer: () => "The shots that the file states are not the sum of the counts; the sum is used.",
  level1: () => "Averaged points in the I/Q plane (measurement level 1), not counts.",
  memory: () => "The points of the I/Q plane of one qubit were expected under memory: pairs of numbers, averaged or shot by shot.",
  arbitraryPlane: () => "arbitrary units: the backend states none",
  seconds: (type: string) => `seconds, as ${clip(type)} of Qiskit Experiments writes them; the file states no unit`,
  dtStated: (dt: number) => `samples of ${dt} s each, as the file states`,
  dtMissing: () =>
    "The delays are in dt, samples of the backend, and the file does not say how long one is. Save the experiment with its metadata (dt), or with delays in s.",
  mixedUnits: (units: readonly string[]) =>
    `The results of one trace are in different units (${units.map((u) => clip(u) || "none").join(", ")}).`,
  notTime: (unit: string) => `"${clip(unit)}" is no unit of time. Write in gammawatt.yaml: columns: { delay: "xval [us]" }`,
  unitConflict: (own: string, stated: string) =>
    `The file says that xval is in ${clip(own)}, gammawatt.yaml that it is in ${clip(stated)}. Correct gammawatt.yaml.`,
  noResults: (types: readonly string[]) => {
    const named = types.filter((t) => t !== "");
    return `A file of Qiskit Experiments without results against a delay${named.length > 0 ? ` (${named.map((t) => clip(t)).join(", ")})` : ""}; it is listed and left alone.`;
  },
};
