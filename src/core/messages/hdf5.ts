/** What a user reads about HDF5 and netCDF files that cannot be read. */
export const hdf5Messages = {
  cannotOpen: (cause: string) => `This HDF5 file cannot be opened: ${cause}. It is damaged or was copied before it was complete.`,
  truncated: (bytes: number, claimed: number) =>
    `The file has ${bytes} bytes, its HDF5 header says ${claimed}: it is truncated. Copy it again from where it was measured.`,
  notAFile: () => "This is not a regular file.",
  missing: () => "There is no array of this name in the file.",
  notNumeric: (dtype: string) => `Numbers were expected; the array's type is ${dtype}.`,
  notRecords: (dtype: string) => `Texts or records were expected; the array's type is ${dtype}.`,
  claims: (claimed: number, bytes: number) =>
    `The array's header claims ${formatBytes(claimed)}, but the whole file has ${formatBytes(bytes)}: the file is damaged, truncated or mostly unwritten. Nothing was read.`,
  tooLarge: (claimed: number, limit: number) => `The array has ${formatBytes(claimed)}; at most ${formatBytes(limit)} can be read at once.`,
  external: () => "The array's numbers stand in other files (a virtual dataset): read those files instead.",
  filter: (name: string) =>
    `The array is compressed with "${name}", a plugin of HDF5 that is not read. Write the file again with gzip (h5py: compression="gzip").`,
  unsafeInteger: (value: bigint) => `The integer ${value} cannot be held exactly in a float64; nothing was read.`,
  damaged: (cause: string) => `This cannot be read: ${cause}.`,
  noAnswer: (what: string) => `Reading this file ${what}. The file is probably damaged.`,
};

/** What a user reads about netCDF classic files (CDF-1, -2, -5). */
export const netcdfMessages = {
  cutOff: (offset: number, needed: number, bytes: number, what: string) =>
    `The header ends too early: ${what} at byte ${offset} needs ${formatBytes(needed)}, the file has ${formatBytes(bytes)}. The file is truncated or damaged; copy it again.`,
  badTag: (offset: number, tag: number) => `The header is damaged: an unknown tag ${tag} at byte ${offset}.`,
  badType: (offset: number, type: number) => `The header is damaged: an unknown type ${type} at byte ${offset}.`,
  badCount: (offset: number, what: string, count: number) => `The header is damaged: ${what} is ${count} at byte ${offset}.`,
  badDimension: (index: number) => `The header is damaged: the variable names dimension number ${index}, which does not exist.`,
  repeated: (name: string) => `The header is damaged: two variables are named "${name}".`,
  claims: (start: number, end: number, bytes: number) =>
    `The header says that the numbers stand at bytes ${start} to ${end}, but the file has ${bytes} bytes: it is truncated or damaged. Copy it again.`,
  notNumeric: () => "Numbers were expected; the variable holds text.",
};

export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return `${bytes} bytes`;
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  return `${Number(value.toPrecision(4))} ${units[index]}`;
}
