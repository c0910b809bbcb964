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
};
