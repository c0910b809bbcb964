import { ImportError } from "../../core/errors.ts";
import { tiffMessages as say } from "../../core/messages/import-tiff.ts";
import { MOST_FRAME_PIXELS } from "../maps/picture.ts";
import { type Fields, TAG } from "./directory.ts";

/** How the numbers of one page are stored. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly bits: 8 | 16 | 32 | 64;
  readonly format: "unsigned" | "signed" | "float";
  readonly compression: "none" | "lzw" | "deflate" | "packbits";
  readonly predictor: 1 | 2 | 3;
  /** Strips are tiles as wide as the page. */
  readonly tile: { readonly width: number; readonly height: number };
  readonly offsets: readonly number[];
  /** Empty where an uncompressed file does not say. */
  readonly byteCounts: readonly number[];
  readonly description: string;
  readonly fields: Fields;
}

const COMPRESSIONS: Readonly<Record<number, Page["compression"]>> = {
  1: "none",
  5: "lzw",
  8: "deflate",
  32946: "deflate",
  32773: "packbits",
};

/** Smaller copies of other pages, for display. */
export const isReduced = (fields: Fields) => (one(fields, TAG.subfile, 0) & 1) === 1;

/** Why the picture is none of measured numbers that are read: colours, several samples per pixel, lossy compression, other number types. */
function notRead(fields: Fields): string | undefined {
  const tag = (name: keyof typeof TAG) => one(fields, TAG[name], 1);
  if (tag("photometric") > 1) return say.colours(tag("photometric"));
  if (tag("samples") !== 1) return say.samples(tag("samples"));
  if (!Object.hasOwn(COMPRESSIONS, tag("compression"))) return say.compression(tag("compression"));
  if (tag("orientation") !== 1) return say.orientation(tag("orientation"));
  if (tag("fillOrder") !== 1) return say.fillOrder();
  const type = numberType(tag("bits"), tag("sampleFormat"));
  if (type === undefined) return say.numberType(tag("bits"), tag("sampleFormat"));
  const predictor = tag("predictor");
  const fits = predictor === 1 || (predictor === 2 && type.bits !== 64) || (predictor === 3 && type.format === "float");
  return fits ? undefined : say.predictor(predictor);
}

/** @throws ImportError for pictures that are not read, and for sizes that cannot be or that the fields contradict */
export function pageOf(fields: Fields, place: string): Page {
  const refuse = (message: string): never => {
    throw new ImportError(message, place);
  };
  const why = notRead(fields);
  if (why !== undefined) refuse(why);
  const [width, height] = [one(fields, TAG.width, 0), one(fields, TAG.height, 0)];
  if (!(width > 0 && height > 0)) refuse(say.noSize());
  if (width * height > MOST_FRAME_PIXELS) refuse(say.tooLarge(width, height, MOST_FRAME_PIXELS));
  const tiled = fields.has(TAG.tileWidth);
  const rows = Math.min(one(fields, TAG.rowsPerStrip, height), height);
  const tile = tiled ? { width: one(fields, TAG.tileWidth, 0), height: one(fields, TAG.tileHeight, 0) } : { width, height: rows };
  if (!(tile.width > 0 && tile.height > 0) || tile.width * tile.height > MOST_FRAME_PIXELS) refuse(say.noSize());
  const offsets = list(fields, tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const byteCounts = list(fields, tiled ? TAG.tileBytes : TAG.stripBytes);
  const compression = COMPRESSIONS[one(fields, TAG.compression, 1)]!;
  const expected = Math.ceil(width / tile.width) * Math.ceil(height / tile.height);
  if (offsets.length !== expected) refuse(say.pieces(offsets.length, expected, tiled));
  if (byteCounts.length !== expected && (compression !== "none" || byteCounts.length > 0))
    refuse(say.pieces(byteCounts.length, expected, tiled));
  const description = fields.get(TAG.description);
  return {
    ...{ width, height, compression, tile, offsets, byteCounts, fields },
    ...numberType(one(fields, TAG.bits, 1), one(fields, TAG.sampleFormat, 1))!,
    predictor: one(fields, TAG.predictor, 1) as Page["predictor"],
    description: typeof description === "string" ? description : "",
  };
}

/** SampleFormat 1 unsigned, 2 signed, 3 floating point, 4 undefined: by custom whole numbers. */
function numberType(bits: number, format: number): Pick<Page, "bits" | "format"> | undefined {
  if (format === 3) return bits === 32 || bits === 64 ? { bits, format: "float" } : undefined;
  if (bits !== 8 && bits !== 16 && bits !== 32) return undefined;
  if (format === 2) return { bits, format: "signed" };
  return format === 1 || format === 4 ? { bits, format: "unsigned" } : undefined;
}

export function one(fields: Fields, tag: number, otherwise: number): number {
  const value = fields.get(tag);
  return typeof value === "object" && value.length > 0 ? value[0]! : otherwise;
}

function list(fields: Fields, tag: number): readonly number[] {
  const value = fields.get(tag);
  return typeof value === "object" ? value : [];
}
