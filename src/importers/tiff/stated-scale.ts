import { ImportError } from "../../core/errors.ts";
import { pictureMessages } from "../../core/messages/import-maps.ts";
import { tiffMessages as say } from "../../core/messages/import-tiff.ts";
import { unitConversion } from "../../core/units.ts";
import type { Resolution } from "../maps/picture.ts";
import { TAG } from "./directory.ts";
import { one, type Page } from "./page.ts";

/** What programs of microscopes write into a TIFF about its scale. All SI; absent where nothing is said. */
export interface StatedScale {
  /** `ImageJ`, `OME-XML`; empty for neither. */
  readonly program: string;
  readonly pixel?: readonly [x: number, y: number];
  /** Time between frames, s. */
  readonly frame?: number;
  /** Frames of the stack, also where they follow each other without directories of their own; 0 where it is not said. */
  readonly frames: number;
  /** What the pages are counted as besides time, where that is more than one. */
  readonly channels: number;
  readonly slices: number;
  /** Times among the frames; 1 where they are not counted. */
  readonly times: number;
  /** ImageJ's calibration of counts: `offset + slope * stored`. */
  readonly calibration?: { readonly offset: number; readonly slope: number; readonly unit: string };
  readonly resolution?: Resolution;
  readonly notes: readonly string[];
}

const NOTHING: StatedScale = { program: "", frames: 0, channels: 1, slices: 1, times: 1, notes: [] };

/** @throws ImportError when the description says that counts are calibrated in a way that is not read, or that it describes several series */
export function statedScale(page: Page, place: string): StatedScale {
  const { description } = page;
  if (description.startsWith("ImageJ=")) return imageJ(page, place);
  if (/<OME[\s>]/.test(description)) return ome(description, place);
  const planes = page.fields.get(TAG.metamorphPlanes);
  if (typeof planes === "object" && planes.length > 1)
    return { ...NOTHING, ...resolutionOf(page), program: "MetaMorph", frames: planes.length };
  const shape = /^\{.*"shape":\s*\[([\d,\s]+)\]/s.exec(description)?.[1]?.split(",").map(Number);
  if (shape !== undefined) {
    const numbers = shape.reduce((product, n) => product * n, 1);
    return { ...NOTHING, ...resolutionOf(page), frames: numbers / (page.width * page.height) };
  }
  return { ...NOTHING, ...resolutionOf(page) };
}

/** ImageJ, `ij.io.TiffDecoder` and `FileSaver`: lines `key=value`; XResolution counts pixels per `unit`. */
function imageJ(page: Page, place: string): StatedScale {
  const lines = page.description.split(/\r?\n/).map((line) => line.split("="));
  const text = (key: string) =>
    lines
      .find(([name]) => name === key)
      ?.slice(1)
      .join("=")
      .trim() ?? "";
  const number = (key: string, otherwise: number) => finiteOr(text(key), otherwise);
  const unit = lengthUnit(text("unit"));
  const per = (tag: number) => 1 / one(page.fields, tag, Number.NaN);
  const [x, y] = [per(TAG.xResolution), per(TAG.yResolution)];
  const scaled = unit !== undefined && x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y);
  const frame = number("finterval", 0) * (unitConversion(text("tunit") || "s")?.toSI(1) ?? Number.NaN);
  const cf = text("cf");
  if (cf !== "" && cf !== "0") throw new ImportError(say.curvedCalibration(cf), place);
  const calibrated = cf === "0" && text("c1") !== "";
  return {
    program: "ImageJ",
    frames: number("images", 1),
    channels: number("channels", 1),
    slices: number("slices", 1),
    times: number("frames", 1),
    notes:
      text("unit") !== "" && unit === undefined && !/^(pixel|inch)/i.test(text("unit")) ? [say.unknownUnit("ImageJ", text("unit"))] : [],
    ...(scaled ? { pixel: [unit(x), unit(y)] as const } : {}),
    ...(frame > 0 ? { frame } : {}),
    ...(calibrated ? { calibration: { offset: number("c0", 0), slope: number("c1", 1), unit: text("vunit") } } : {}),
  };
}

/** OME-XML: the attributes of `Pixels`; lengths are um where no unit is given, times s (schema OME 2016-06). */
function ome(description: string, place: string): StatedScale {
  const pixels = [...description.matchAll(/<(?:\w+:)?Pixels\b([^>]*)>/g)].map((match) => match[1]!);
  if (pixels.length !== 1) throw new ImportError(say.severalSeries(pixels.length), place);
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(pixels[0]!)?.[1];
  const number = (name: string, otherwise: number) => finiteOr(attribute(name), otherwise);
  const notes: string[] = [];
  const length = (axis: "X" | "Y") => {
    const text = attribute(`PhysicalSize${axis}Unit`) ?? "um";
    const unit = lengthUnit(text);
    if (unit === undefined) notes.push(say.unknownUnit("OME-XML", text));
    const value = number(`PhysicalSize${axis}`, Number.NaN);
    return unit !== undefined && value > 0 ? unit(value) : undefined;
  };
  const [x, y] = [length("X"), length("Y")];
  const frame = number("TimeIncrement", 0) * (unitConversion(attribute("TimeIncrementUnit") ?? "s")?.toSI(1) ?? Number.NaN);
  return {
    program: "OME-XML",
    frames: number("SizeT", 1) * number("SizeC", 1) * number("SizeZ", 1),
    channels: number("SizeC", 1),
    slices: number("SizeZ", 1),
    times: number("SizeT", 1),
    notes,
    ...(x !== undefined && y !== undefined ? { pixel: [x, y] as const } : {}),
    ...(frame > 0 ? { frame } : {}),
  };
}

function finiteOr(text: string | undefined, otherwise: number): number {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : otherwise;
}

/** Metres of so many units; undefined for pixels, inches and what is no length. */
function lengthUnit(text: string): ((value: number) => number) | undefined {
  const name = text.replace(/\\u00B5/gi, "u").trim();
  const spelled: Readonly<Record<string, string>> = {
    micron: "um",
    microns: "um",
    micrometer: "um",
    millimeter: "mm",
    nanometer: "nm",
    meter: "m",
  };
  const conversion = name === "" ? undefined : unitConversion(spelled[name.toLowerCase()] ?? name);
  return conversion?.unit === "m" ? conversion.toSI : undefined;
}

const METRES: ReadonlyMap<number, readonly [name: string, metres: number]> = new Map([
  [2, ["inch", 0.0254]],
  [3, ["cm", 0.01]],
]);

/** Resolution tags alone; 1 pixel per inch is what programs write that know none. */
function resolutionOf(page: Page): { readonly resolution?: Resolution } {
  const [x, y] = [TAG.xResolution, TAG.yResolution].map((tag) => one(page.fields, tag, 0)) as [number, number];
  const unit = METRES.get(one(page.fields, TAG.resolutionUnit, 2));
  if (unit === undefined || !(x > 1 && y > 1 && Number.isFinite(x) && Number.isFinite(y))) return {};
  const [name, metres] = unit;
  return { resolution: { pixel: [metres / x, metres / y], written: pictureMessages.perLength(x, y, name) } };
}
