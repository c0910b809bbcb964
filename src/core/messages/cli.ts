/** Sentences of the command line and the pipeline. Each error ends with what to type. */

export const noSuchFolder = (folder: string) =>
  `There is no folder "${folder}". Give the folder that holds the measurement files: gammawatt run <folder>`;
export const notAFolder = (path: string) =>
  `"${path}" is a file, not a folder. Give its folder, or look at the file alone: gammawatt inspect "${path}"`;
export const noSuchPath = (path: string) => `There is no file or folder "${path}". Type: gammawatt inspect <path>`;
export const nothingToRead = (folder: string) =>
  `No file in "${folder}" is of a format that gammawatt reads. See what was found and why: gammawatt inspect "${folder}"`;
export const noDatasetLeft = (filters: string) => `No dataset is left after ${filters}. See the labels: gammawatt inspect <folder>`;
export const unknownPipeline = (name: string, known: readonly string[]) => `There is no pipeline "${name}". Known: ${known.join(", ")}.`;
export const labFileExists = (path: string) => `"${path}" stands already and is never overwritten. Rename it first, or edit it.`;
export const notAJobNumber = (text: string) => `--jobs takes a whole number from 1 up, not "${text}". For example: --jobs 2`;
export const outputInsideInput = (out: string) =>
  `"${out}" is the measurement folder itself. Give another folder for the report: --out <dir>`;
export const cannotWriteOutput = (out: string, why: string) =>
  `The report cannot be written to "${out}": ${why}. Give a folder that can be written: --out <dir>`;
export const replacedOutputs = (out: string) =>
  `"${out}" held a report that was not the last one of this folder; it was replaced. Another folder of the same name? Keep them apart with --out <dir>`;
export const notInFolder = (file: string, folder: string) =>
  `"${file}" is not among the files of "${folder}". See them: gammawatt inspect "${folder}"`;
export const interrupted = () => "Interrupted; what was done is kept: the same command goes on from there.";
export const bug = (message: string) =>
  `This is a fault in gammawatt, not in your data: ${message}. Please report it with the command that you typed.`;
export const duplicateData = (where: readonly string[]) =>
  `The same numbers also stand under ${where.join(", ")}: a copied file is not a second measurement. Remove one of the copies, or state labels in gammawatt.yaml.`;
export const kindInferred = () =>
  `Neither the file nor gammawatt.yaml says that this is a T1 measurement; it has a delay axis and was fitted as one. Write kind: decay (or other) for it in gammawatt.yaml.`;
export const nothingChanged = () => "Nothing has changed: no fit was run again.";
export const excluded = (points: readonly number[] | undefined, reason: string) =>
  points === undefined
    ? `Excluded from the fits by gammawatt.yaml: ${reason}`
    : `Points ${points.join(", ")} excluded from the fits by gammawatt.yaml: ${reason}`;
export const unreadableFile = (why: string) => `The file cannot be read: ${why}. Check its permissions.`;
export const nothingCouldBeRead = (folder: string) => `None of the files in "${folder}" could be read:`;
