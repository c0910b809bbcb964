import { formatBytes } from "./hdf5.ts";
import { clip } from "./importers.ts";

const COLOURS: Readonly<Record<number, string>> = {
  2: "RGB colours",
  3: "a palette of colours",
  4: "a mask",
  5: "CMYK colours",
  6: "YCbCr colours",
  8: "CIELab colours",
  32803: "a colour filter's raw data",
};
const METHODS: Readonly<Record<number, string>> = {
  2: "fax code (CCITT)",
  3: "fax code (CCITT)",
  4: "fax code (CCITT)",
  6: "JPEG, which loses what was measured",
  7: "JPEG, which loses what was measured",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  34712: "JPEG 2000",
  34887: "LERC",
  34925: "LZMA",
  50000: "Zstandard",
  50001: "WebP",
};

/** Sentences about TIFF files. */
export const tiffMessages = {
  noDirectory: () => "The TIFF file names no picture: its first directory is missing. It was not written to its end; copy it again.",
  cycle: (at: number) => `The chain of pictures leads back to byte ${at}: the TIFF file is damaged.`,
  manyDirectories: (limit: number) => `The TIFF file names more than ${limit} pictures. Split the stack.`,
  manyValues: (tag: number, count: number, limit: number) => `Field ${tag} claims ${count} values; at most ${limit} are read.`,
  beyondEnd: (what: string, at: number, bytes: number, total: number) =>
    `${what} should stand at byte ${at} (${formatBytes(bytes)}), but the file has ${formatBytes(total)}: it is truncated or damaged. Copy it again.`,
  noSize: () => "A picture without width or height: the TIFF file is damaged.",
  tooLarge: (width: number, height: number, limit: number) =>
    `The picture claims ${width} x ${height} pixels; at most ${limit} are read at once. Cut out the part that was measured.`,
  tooManyBytes: (bytes: number, limit: number) =>
    `The frames take ${formatBytes(bytes)} when they are unpacked; at most ${formatBytes(limit)} are read at once. Split the stack.`,
  colours: (photometric: number) =>
    `The picture holds ${COLOURS[photometric] ?? `colours of kind ${photometric}`}. A colour map is no measurement: export the camera's own counts as a gray picture (16-bit or 32-bit TIFF).`,
  samples: (samples: number) =>
    `Each pixel has ${samples} samples, so which one was measured cannot be told. Export one channel as a gray TIFF.`,
  compression: (code: number) =>
    `The picture is compressed by ${METHODS[code] ?? `method ${code}`}. Save it without compression, or with LZW or deflate.`,
  orientation: (orientation: number) =>
    `The picture is stored turned or mirrored (orientation ${orientation}). Save it with its first row on top and its first column on the left.`,
  fillOrder: () => "The bits of each byte are stored in reverse (FillOrder 2). Save the picture again.",
  numberType: (bits: number, format: number) =>
    `Pixels are ${bits}-bit ${["", "unsigned", "signed", "floating-point", "untyped", "complex", "complex"][format] ?? `type ${format}`} numbers; 8, 16 and 32 bits, signed or not, and floating-point numbers of 32 and 64 bits are read. Save the picture as one of them.`,
  predictor: (predictor: number) => `Predictor ${predictor} does not fit these numbers. Save the picture without a predictor.`,
  pieces: (found: number, expected: number, tiled: boolean) =>
    `The picture names ${found} ${tiled ? "tiles" : "strips"}; its size asks for ${expected}: the TIFF file is damaged.`,
  tooFewBytes: (found: number, needed: number) =>
    `A strip or tile has ${found} of the ${needed} bytes that its pixels take: the file is truncated or damaged. Copy it again.`,
  cannotUnpack: (method: string, cause: string) =>
    `A strip or tile cannot be unpacked (${method}: ${clip(cause)}): the file is damaged. Copy it again.`,
  sizes: (page: number, width: number, height: number, first: readonly [number, number]) =>
    `Page ${page} is ${width} x ${height} pixels, the first one ${first[0]} x ${first[1]}: they are not frames of one map. Split the file.`,
  severalSeries: (count: number) =>
    `The OME-XML in the file describes ${count} series of pictures; one is expected. Export one series at a time.`,
  unknownUnit: (program: string, unit: string) =>
    `${program} states the pixel size in "${clip(unit)}", which is not known as a length; it is left out.`,
  curvedCalibration: (cf: string) =>
    `ImageJ's calibration of the counts is not a straight line (function ${clip(cf)}). Remove it (Analyze > Calibrate > None) and save the counts.`,
  calibrated: (offset: number, slope: number) => `Counts are ImageJ's calibrated ones, ${offset} + ${slope} times the stored numbers.`,
  whiteIsZero: () => "The file calls 0 white; that is about display, and the stored numbers are used as they are.",
  reduced: (count: number) =>
    `${count} smaller ${count === 1 ? "copy" : "copies"} of the pictures in the file ${count === 1 ? "is" : "are"} left out.`,
  slicesAsTimes: (program: string, slices: number) =>
    `${program} calls the ${slices} pages slices; they are frames, since gammawatt.yaml states their times.`,
  slices: (program: string, slices: number) =>
    `${program} calls the ${slices} pages slices, at different depths. If they are frames, write their times into gammawatt.yaml: frame: 1 ms. If not, save one slice.`,
  slicesAndTimes: (program: string, slices: number, times: number) =>
    `${program} counts ${slices} slices at ${times} times; a map has one depth. Save one slice.`,
  channels: (program: string, channels: number) =>
    `${program} counts ${channels} channels in the stack, so which one was measured cannot be told. Save the one that was.`,
  frameCount: (program: string, stated: number, pages: number) =>
    `${program} counts ${stated} frames, but the file has ${pages}: frames are missing, or stand in other files. Export the stack into one file.`,
} as const;
