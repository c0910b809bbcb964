import { formatBytes } from "./hdf5.ts";
import { clip, few } from "./importers.ts";

/** Sentences about MATLAB's MAT-files. */
export const matlabMessages = {
  headerCut: (bytes: number) => `A MAT-file begins with 128 bytes of header; this one has ${bytes} bytes: it is truncated. Copy it again.`,
  byteOrder: () => "The header's mark of the byte order is damaged: it is neither IM nor MI.",
  version: (version: number) => `MAT-file version 0x${version.toString(16)} is not known; versions 5 (save -v6, -v7) and 7.3 are read.`,
  cutOff: (at: number, needed: number, there: number) =>
    `The element at byte ${at} claims ${formatBytes(needed)}, but ${formatBytes(there)} follow: the file is truncated or damaged. Copy it again.`,
  tag: (type: number, at: number, wanted: string) =>
    `The element at byte ${at} has the type ${type}, where ${wanted} was expected: the file is damaged.`,
  cannotUnpack: (cause: string) => `The compressed element cannot be unpacked (${clip(cause)}): the file is damaged. Copy it again.`,
  dimensions: (name: string) => `The dimensions of "${clip(name)}" are damaged.`,
  count: (name: string, claimed: number, found: number) =>
    `"${clip(name)}" should have ${claimed} numbers and has ${found}: the file is damaged.`,
  tooMany: (limit: number) => `The file holds more than ${limit} numbers; at most so many are read at once.`,
  deep: () => "The structures are nested too deeply to be a measurement.",
  references: (names: readonly string[]) =>
    `Cells and arrays of structures of a version 7.3 file are references, which are not followed: ${few(names)}. Name the arrays that are meant under columns: in gammawatt.yaml, or save with -v7.`,
  truncated: () => "The file holds more groups than were listed; what is not listed was not read.",
};
