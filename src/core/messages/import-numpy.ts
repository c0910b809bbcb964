import { formatBytes } from "./hdf5.ts";
import { clip, few } from "./importers.ts";

/** Sentences about zip archives, NumPy's NPY and NPZ files, and tables made of named arrays. */

export const zipMessages = {
  noDirectory: () =>
    "This zip archive has no directory at its end: it is truncated or was copied before it was complete. Copy it again from where it was measured.",
  cutOff: (what: string, at: number, bytes: number) =>
    `${what} should stand at byte ${at}, but the archive has ${formatBytes(bytes)}: it is truncated or damaged. Copy it again.`,
  badRecord: (what: string, at: number) => `The archive is damaged: ${what} at byte ${at} does not begin with its signature.`,
  manyEntries: (count: number, limit: number) => `The archive names ${count} files; at most ${limit} are read.`,
  directoryLength: (count: number, stated: number, found: number) =>
    `The archive's directory should hold ${count} files in ${stated} bytes; they take ${found}: the archive is damaged. Copy it again.`,
  encrypted: () => "This part of the archive is encrypted. Unpack it with its password and store it again without one.",
  method: (method: number) =>
    `This part is packed with method ${method}; only stored (0) and deflate (8) are read. Pack it again with one of them.`,
  bomb: (packed: number, claimed: number) =>
    `The archive claims ${formatBytes(claimed)} out of ${formatBytes(packed)}, more than its packing can hold: it is damaged or hostile. Nothing was unpacked.`,
  tooLarge: (claimed: number, limit: number) =>
    `It would unpack to ${formatBytes(claimed)}; at most ${formatBytes(limit)} are read at once.`,
  wrongLength: (claimed: number, found: string) => `It should unpack to ${claimed} bytes and gives ${found}: the archive is damaged.`,
  cannotUnpack: (cause: string) => `It cannot be unpacked (${clip(cause)}): the archive is damaged. Copy it again.`,
  names: (directory: string, own: string) =>
    `The archive's directory calls this part "${clip(directory)}", the part itself "${clip(own)}": the archive is damaged. Copy it again.`,
  checksum: () => "Its checksum does not fit its content: the archive is damaged. Copy it again.",
  duplicate: (name: string) => `The archive holds two files named "${clip(name)}"; which of them is meant cannot be told.`,
};

export const numpyMessages = {
  notNpy: () => "This part is not a NumPy array (it does not begin with \\x93NUMPY).",
  version: (major: number, minor: number) => `NPY format version ${major}.${minor} is not known; 1.0, 2.0 and 3.0 are read.`,
  headerCut: (needed: number, bytes: number) =>
    `The header should be ${formatBytes(needed)} long, but only ${formatBytes(bytes)} follow: the file is truncated or damaged. Copy it again.`,
  headerSyntax: (what: string) => `The header is damaged: ${clip(what, 120)}.`,
  dtype: (text: string) => `Numbers of NumPy type "${clip(text)}" are not read. Convert the array with astype(float) and save it again.`,
  pickle: () =>
    "This array holds Python objects, stored as a pickle; a pickle can run any program, so it is never opened. Save numbers instead: numpy.savez(path, t=numpy.asarray(t, dtype=float), ...).",
  claims: (claimed: number, bytes: number) =>
    `The header claims ${formatBytes(claimed)} of numbers, but ${formatBytes(bytes)} follow it: the file is truncated or damaged. Copy it again.`,
  trailing: (bytes: number) =>
    `${formatBytes(bytes)} follow behind the array: several arrays in one file are not read. Save them with numpy.savez.`,
  tooMany: (count: number, limit: number) => `The arrays have ${count} numbers or more; at most ${limit} are read at once. Split the file.`,
};

export const arrayMessages = {
  noArrays: () => "The file holds no array of numbers.",
  noAxis: (names: readonly string[]) =>
    `No array is named like the axis of a measurement: ${few(names)}. If it is one, state the meaning in gammawatt.yaml, e.g. columns: { delay: "/${clip(names[0] ?? "t")} [us]", population: "/${clip(names[1] ?? "p1")}" }`,
  left: (names: readonly string[]) => `Not read, because their lengths fit no axis or they are no numbers: ${few(names)}.`,
  outerRepeats: (name: string, count: number) =>
    `"${clip(name)}" holds ${count} traces, read as repeats: nothing in the file says what differs between them.`,
  outerQubits: (texts: string, name: string, qubits: readonly string[]) =>
    `"${clip(texts)}" names the qubits of the traces in "${clip(name)}": ${few(qubits)}.`,
  outerDated: (name: string, texts: string) => `"${clip(name)}" holds one trace for each date in "${clip(texts)}": read as repeats.`,
  outerLabels: (texts: string, name: string, labels: readonly string[]) =>
    `"${clip(texts)}" names what differs between the traces in "${clip(name)}": ${few(labels)}. They are numbered from 0 and never averaged over.`,
  outerUnexplained: (name: string, count: number, other: string, axis: string) =>
    `"${clip(name)}" holds ${count} traces, and "${clip(other)}" has ${count} values: whether they were swept along it or are repeats cannot be told. State it under files: in gammawatt.yaml: columns: { delay: "/${clip(axis)}", population: "/${clip(name)}", condition: "/${clip(other)}" }; without condition they are repeats.`,
  square: (name: string, length: number) =>
    `"${clip(name)}" is ${length} x ${length}: which of its dimensions is the axis cannot be told. Store it with a different number of traces, or as one trace per file.`,
  lengths: (name: string, shape: readonly number[], axis: string, length: number) =>
    `"${clip(name)}" has the shape ${shape.join(" x ")}, which does not fit the ${length} values of "${clip(axis)}".`,
  constantShots: (shots: number) => `${shots} shots per point, from the array "shots" of one value.`,
};
