/** Sentences about maps: where their points stand, and what a picture's numbers mean. */

import { clip } from "./importers.ts";

/** A length or a time with a prefix that suits it, four digits at most: `50 um`, `2.5 ms`. */
const scaled = (value: number, unit: "m" | "s") => {
  if (value === 0) return `0 ${unit}`;
  const steps = [0, -3, -6, -9, -12] as const;
  const step = steps.find((exponent) => Math.abs(value) >= 0.9999 * 10 ** exponent) ?? -12;
  return `${Number((value / 10 ** step).toPrecision(4))} ${["", "m", "u", "n", "p"][-step / 3]}${unit}`;
};
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

export const gridMessages = {
  /** `24 x 24 grid, spacing 50 um x 50 um`; `line of 50 points, spacing 20 um`. */
  grid: (lengths: readonly number[], spacings: readonly string[]) =>
    lengths.length === 1
      ? `line of ${lengths[0]} points, spacing ${spacings[0]}`
      : `${lengths.join(" x ")} grid, spacing ${spacings.join(" x ")}`,
  spacing: (step: number) => scaled(step, "m"),
  uneven: (least: number, most: number) => `not uniform (${scaled(least, "m")} to ${scaled(most, "m")})`,
  scattered: (points: number) => counted(points, "scattered point"),
  onePoint: () => "one point",
  times: (count: number, first: number, last: number) =>
    count === 1 ? `one time (${scaled(first, "s")})` : `${count} times from ${scaled(first, "s")} to ${scaled(last, "s")}`,
  everySoOften: (count: number, step: number) => `${count} times, ${scaled(step, "s")} apart`,
  noTime: () => "no time: one steady map",
  missingPlaces: (count: number) => `${counted(count, "place")} of the grid ${count === 1 ? "is" : "are"} not in the file`,
  missingTimes: (count: number) => `${counted(count, "value")} missing where a place lacks a time that others have`,
  gaps: (count: number, column: string) => `${counted(count, "value")} of "${column}" ${count === 1 ? "is" : "are"} not known`,
  summary: (parts: readonly string[]) => `${parts.join(", ")}.`,
  duplicate: (first: number, second: number, point: string) =>
    `Rows ${first} and ${second} of the map stand for the same point (${point}). If frames follow each other, name their times, columns: { time: "t [ms]" }; if they are repeats, their counter, columns: { repeat: "run" }; if they were swept, the setting, columns: { condition: "power [dBm]" }.`,
  point: (coordinates: readonly { name: string; value: number; unit: "m" | "s" }[]) =>
    coordinates.map(({ name, value, unit }) => `${name} = ${scaled(value, unit)}`).join(", "),
  placeUnknown: (row: number, name: string) =>
    `Row ${row} of the map has a value, but its "${name}" is not known: a point without place or time cannot be used. Delete the row, or fill it in.`,
} as const;

/** A statement of the lab file that would be read and never used. */
export const unusedMapKey = (key: string, what: string) => `"${key}" in gammawatt.yaml has no meaning for ${what}. Take it out.`;

const sizes = (shape: readonly number[]) => shape.join(" x ");

/** Which dimension of an array is which. */
export const unfoldMessages = {
  tooMany: (path: string, points: number, limit: number) =>
    `"/${path}" has ${points} values; a map of at most ${limit} is read. Cut out a part, or average.`,
  fitsNowhere: (path: string, shape: readonly number[], signal: string, of: readonly number[]) =>
    `"/${path}" (${sizes(shape)}) fits no dimension of "/${signal}" (${sizes(of)}), or several. Store positions and times as vectors as long as their dimension.`,
  axesCount: (axes: readonly string[], path: string, shape: readonly number[]) =>
    `axes: [${axes.join(", ")}] names ${counted(axes.length, "dimension")}; "/${path}" is ${sizes(shape)}. Name each dimension once, the slowest first.`,
  pixelAxes: (path: string, shape: readonly number[]) =>
    `"/${path}" (${sizes(shape)}) holds pixels, and nothing says which of its dimensions is which. Write their order, the slowest first: axes: ${shape.filter((n) => n > 1).length > 2 ? "[time, y, x]" : "[y, x]"}`,
  contradictory: (path: string, shape: readonly number[], names: readonly string[]) =>
    `"/${path}" is ${sizes(shape)}; the arrays named as ${names.join(", ")} cannot all run along its dimensions. Check the paths, or write the order of its dimensions, the slowest first: axes: [time, y, x]`,
  uncovered: (path: string, shape: readonly number[], names: readonly string[]) =>
    `"/${path}" is ${sizes(shape)}, and ${names.join(", ")} do not say what all of its dimensions are. Name the missing positions or times, e.g. columns: { time: "/t [ms]" }`,
  ambiguous: (path: string, shape: readonly number[], names: readonly string[], proposal: readonly string[]) =>
    `"/${path}" is ${sizes(shape)}: which dimension is ${names.join(", ")} cannot be told from equal lengths. Write the order in gammawatt.yaml, in this file's entry, the slowest first, for example: axes: [${proposal.join(", ")}]`,
} as const;

/** A ready line for the lab file, with what is missing in it. */
const entry = (path: string, keys: readonly string[]) => `{ match: "${path}", ${keys.join(", ")} }`;

export const pictureMessages = {
  notStated: (what: string, path: string, keys: readonly string[]) =>
    `${what}, listed and left alone. If it is a map, say in gammawatt.yaml what its pixels and counts are: ${entry(path, keys)}`,
  missing: (what: string, missing: readonly string[], path: string, keys: readonly string[]) =>
    `${what}: nothing states ${missing.join(" and ")}. Write in gammawatt.yaml, in this file's entry: ${entry(path, keys)}`,
  picture: (format: string, width: number, height: number, frames: number, numbers: string) =>
    `A picture (${format}, ${width} x ${height} pixels${frames > 1 ? ` x ${frames} frames` : ""}, ${numbers})`,
  aPicture: () => "a picture",
  pixelSize: () => "the distance of neighbouring pixels",
  /** `8000 pixels per cm`, `300 x 150 pixels per inch`. */
  perLength: (x: number, y: number, unit: string) => {
    const [across, down] = [Number(x.toPrecision(4)), Number(y.toPrecision(4))];
    return `${across === down ? across : `${across} x ${down}`} pixels per ${unit}`;
  },
  pixelSizeBut: (written: string, pixel: number) =>
    `the distance of neighbouring pixels (the file's own resolution, ${written}, makes it ${scaled(pixel, "m")}; it may be meant for a printer)`,
  resolution: (written: string, pixel: number, used: number | undefined) =>
    `The file's own resolution, ${written}, makes a pixel ${scaled(pixel, "m")}${used === undefined ? ", as gammawatt.yaml does." : `; gammawatt.yaml states ${scaled(used, "m")}, which is used.`}`,
  countWorth: () => "what one count is worth",
  frameTimes: () => "when the frames were taken",
  otherKind: (kind: string) => `A picture can be of kind field or field-source, not ${kind}. Correct gammawatt.yaml.`,
  frameCount: (stated: number, frames: number) =>
    `times: in gammawatt.yaml names ${stated} times; the file has ${counted(frames, "frame")}.`,
  tooManyPixels: (pixels: number, limit: number) => `The stack has ${pixels} pixels; at most ${limit} are read at once. Split it.`,
  tooManyPoints: (points: number, limit: number, bin: number) =>
    `The map would have ${points} points; at most ${limit} are read. Average neighbouring pixels: bin: ${bin}`,
  binTooLarge: (bin: number, width: number, height: number) => `bin: ${bin} is more than the picture's ${width} x ${height} pixels.`,
  binned: (bin: number) => `Each point is the mean of ${bin} x ${bin} pixels.`,
  binRest: (columns: number, rows: number) =>
    `${counted(columns, "column")} on the right and ${counted(rows, "row")} at the bottom fill no whole bin and are left out.`,
  worth: (count: string, dark: number | undefined) =>
    `One count is ${count}${dark === undefined ? ", from 0 counts on: no dark level is stated" : ` above the dark level of ${dark}`}.`,
  worthSigma: (share: number) =>
    `The error of what a count is worth (${Number((100 * share).toPrecision(2))} %) is common to all points; it is not in their sigma.`,
  noise: (gain: number | undefined, readNoise: number | undefined) =>
    gain === undefined
      ? `Sigma is the read noise of ${readNoise} counts at every pixel.`
      : `Sigma is computed from each pixel's own counts: ${gain} photoelectrons per count${readNoise === undefined ? "" : `, and read noise of ${readNoise} counts`}.`,
  masked: (count: number) => `${counted(count, "pixel")} at a stated mask value ${count === 1 ? "is" : "are"} kept as not known.`,
  saturated: (count: number, total: number, top: number) =>
    `${count} of ${total} pixels are at ${top}, the most that these counts can be: they are saturated, their counts only a lower bound. mask: ${top} leaves them out.`,
  pixelFrom: (program: string) => `pixel size from what ${program} wrote into the file`,
  frameFrom: (program: string) => `time between frames from what ${program} wrote into the file`,
  pixelConflict: (program: string, file: number, stated: number) =>
    `${program} wrote a pixel size of ${scaled(file, "m")} into the file, gammawatt.yaml states ${scaled(stated, "m")}: the latter is used.`,
  frameConflict: (program: string, file: number, stated: number) =>
    `${program} wrote ${scaled(file, "s")} between frames into the file, gammawatt.yaml states ${scaled(stated, "s")}: the latter is used.`,
  rowsDown: () => "pixel centres, counted from the top row on; a negative second size, pixel: [2 um, -2 um], lets y fall from there",
  lossy: (format: string) =>
    `A ${format} picture: its compression changes what was measured. Export the camera's own counts as TIFF, or as a gray PNG.`,
  otherPicture: (format: string) => `A ${format} picture, which is not read. Export the camera's own counts as TIFF, or as a gray PNG.`,
  pngColours: () =>
    "The PNG holds colours. A colour map is no measurement: export the camera's own counts as a gray picture (16-bit PNG or TIFF).",
  pngAlpha: () => "The PNG has a transparency beside its gray level: which of the two was measured? Save it without.",
  pngDamaged: (what: string) => `The PNG is damaged: ${what}. Copy it again.`,
  pngBits: (bits: number) => `The PNG has ${counted(bits, "bit")} per pixel; 8 and 16 are read. Save it as one of them.`,
  pngGamma: () =>
    "The PNG says that its gray levels are encoded for display (gAMA or sRGB), so they are not proportional to light; they are used as stored.",
  pngInterlaced: () => "The PNG is interlaced. Save it without interlacing.",
} as const;

export const matrixMessages = {
  aMatrix: () => "a matrix of numbers",
  aTable: () => "points that have columns or arrays of their own",
  notText: () => "matrix: describes a text file, and this is none. For arrays in a file write columns: { u: .., x: .., y: .. }.",
  noNumbers: () => "The file holds no numbers.",
  ragged: (cells: number, width: number) =>
    `This row has ${counted(cells, "cell")}, the first one ${width}. Check it for a missing or an additional delimiter.`,
  notANumber: (cell: string) => `"${clip(cell)}" is not a number. In a matrix, only the cell in the upper left corner may hold words.`,
  unequalBlocks: (rows: number, expected: number) =>
    `This block has ${counted(rows, "row")}, the first one ${expected}: they are not frames of one map.`,
  tooSmall: () =>
    "A matrix has positions in its first row and its first column, and values between them: two rows and two columns at least.",
  tooMany: (points: number, limit: number) => `The matrix has ${points} values; at most ${limit} are read. Average neighbouring ones.`,
  positionUnknown: () =>
    "A position is missing here: the first row and the first column of a matrix hold one in every cell but the corner.",
  frameCount: (stated: number, blocks: number) =>
    `times: in gammawatt.yaml names ${stated} times; the file has ${counted(blocks, "block")}.`,
  timesMissing: (blocks: number) =>
    `The file has ${blocks} blocks, and nothing states their times. Write in gammawatt.yaml: frame: 1 ms, or times: [..]; or in front of each block: # t = 1 ms`,
} as const;
