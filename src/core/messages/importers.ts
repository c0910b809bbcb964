/** Sentences about opening, recognising and importing files. */

export const notFound = () => "The file does not exist (any more).";
export const isDirectory = () => "This is a directory, although it is named like a file. Rename it, or name the files inside it.";
export const notRegular = () => "This is not a regular file (a socket, a pipe or a device), so it was not opened.";
export const unreadable = (why: string) => `The file cannot be read (${why}). Check its permissions and that the disk is mounted.`;
export const tooLargeForText = (bytes: number, limit: number) =>
  `A text file of ${megabytes(bytes)} MB is more than the ${megabytes(limit)} MB that are read as text. Split it, or store the data as HDF5.`;
export const tooLargeToLoad = (bytes: number, limit: number) =>
  `The file has ${megabytes(bytes)} MB, more than the ${megabytes(limit)} MB that are loaded at once. Split it, or store the data as HDF5.`;
export const tooManyNumbers = (limit: number) =>
  `The file holds more than ${limit} numbers, more than are kept in memory at once. Split it, or store the data as HDF5.`;
export const emptyFile = () => "The file is empty (0 bytes). Copy it again from the instrument, or delete it.";
export const emptyAndLeft = () => "The file is empty (0 bytes); it is listed and left alone.";
export const notText = (offset: number) =>
  `The content is not text (byte ${offset} cannot be part of a text file), although the name says so. Copy the file again, or rename it.`;
export const notNamedFormat = (extension: string) =>
  `The name ends in ${extension}, but the content is not of such a format (its first bytes are not those of HDF5 or netCDF). Copy the file again, or rename it.`;
export const unknownImporter = (name: string, known: readonly string[]) => `There is no importer "${name}". Known: ${known.join(", ")}.`;
export const nobodyRecognises = (known: readonly string[]) =>
  `No importer recognises this file; it is listed and left alone. Formats that are read: ${known.join(", ")}.`;
export const packed = (how: string) =>
  `The file is packed (${how}) and not read as it is; it is listed and left alone. If measurements are in it, unpack it beside the others.`;
export const matlab4 = () =>
  "A MAT-file of version 4, which is not read; it is listed and left alone. Load it in MATLAB and save it with -v7, or with scipy.io.loadmat and savemat.";
export const factsAbout = (measurement: string) => `Facts about ${clip(measurement)}: read together with it.`;
export const unknownHdf5Layout = (attributes: readonly string[], arrays: readonly string[]) =>
  `An HDF5 file whose layout no importer knows (root attributes: ${few(attributes)}; arrays: ${few(arrays)}). It is listed and left alone; if it is a measurement, name its arrays in gammawatt.yaml, e.g. columns: { delay: "${clip(arrays[0] ?? "/t")} [us]", population: "${clip(arrays[1] ?? "/p1")}" }`;
export const pandasHdf5 = () =>
  "An HDF5 file that pandas wrote (to_hdf, PyTables), whose layout is not read. Write the table with df.to_parquet(path) or df.to_csv(path).";
export const importerBug = (importer: string, detail: string) =>
  `This is a bug of gammawatt's importer "${importer}", not of the file: ${detail}. Please report it with the file.`;
export const lastLineShort = (line: number) =>
  `The last line (${line}) has no line end, and its last number is shorter than those above it: the file may be cut off. Compare its size with the original's.`;
export const noDatasets = () => "The file is of a known format but holds no measurement.";

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);

/** The first few names of a list, in quotes, with the number of the others. */
export function few(names: readonly string[], limit = 12): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, limit).map((name) => `"${clip(name)}"`);
  return shown.join(", ") + (names.length > limit ? ` and ${names.length - limit} more` : "");
}

/** A text that fits into a sentence: control characters made visible, no longer than `limit`. */
export function clip(text: string, limit = 60): string {
  // Hostile or binary content must not break the line that shows it.
  const visible = text.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return visible.length <= limit ? visible : `${visible.slice(0, limit)}...`;
}
