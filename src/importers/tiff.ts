import { ImportError } from "../core/errors.ts";
import { tiffMessages as say } from "../core/messages/import-tiff.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import type { Picture } from "./maps/picture.ts";
import { readPicture } from "./maps/read-picture.ts";
import { isTiff, readDirectories, TAG } from "./tiff/directory.ts";
import { isReduced, one, type Page, pageOf } from "./tiff/page.ts";
import { pixelsOf } from "./tiff/pixels.ts";
import { type StatedScale, statedScale } from "./tiff/stated-scale.ts";

/** Gray pictures and stacks of them, TIFF and BigTIFF, as maps: with what the lab file states about pixels, frames and counts (`maps/picture.ts`). */
export const tiff: Importer = {
  name: "tiff",
  version: 2,
  reference: "TIFF 6.0 (Adobe, 1992); BigTIFF; https://docs.openmicroscopy.org/ome-model/latest/ome-tiff/",
  recognise: (probe: Probe): number => (isTiff(probe.head) ? 0.9 : 0),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path } = file.probe;
    const bytes = await file.bytes();
    return readPicture(() => stackOf(bytes, hints, path), hints, path);
  },
};

function stackOf(bytes: Uint8Array, hints: Hints, path: string): Picture {
  const { directories, bytes: view, littleEndian } = readDirectories(bytes, path);
  const whole = directories.filter((fields) => !isReduced(fields));
  const shown = whole.length === 0 ? directories : whole;
  const pages = shown.map((fields, k) => pageOf(fields, `${path}:page ${k + 1}`));
  const first = pages[0]!;
  pages.forEach((page, k) => {
    if (page.width !== first.width || page.height !== first.height || page.bits !== first.bits || page.format !== first.format)
      throw new ImportError(say.sizes(k + 1, page.width, page.height, [first.width, first.height]), path);
  });
  const stated = statedScale(first, path);
  if (stated.channels > 1) throw new ImportError(say.channels(stated.program, stated.channels), path);
  const frames = framesOf(pages, stated, path);
  if (frames * frameBytes(first) > MOST_BYTES) throw new ImportError(say.tooManyBytes(frames * frameBytes(first), MOST_BYTES), path);
  const { offset, slope } = stated.calibration ?? { offset: 0, slope: 1 };
  const top = first.format === "float" ? undefined : 2 ** (first.format === "signed" ? first.bits - 1 : first.bits) - 1;
  const read = (frame: number) => {
    const page = pages[frame] ?? first;
    const shift = frame < pages.length ? 0 : frame * frameBytes(first);
    return pixelsOf(page, view, littleEndian, `${path}:page ${frame + 1}`, shift);
  };
  const left = directories.length - pages.length;
  return {
    format: "TIFF",
    width: first.width,
    height: first.height,
    frames,
    numbers: `${first.bits}-bit ${first.format}`,
    ...(top === undefined ? {} : { fullScale: offset + slope * top }),
    counts: (frame) => (stated.calibration === undefined ? read(frame) : read(frame).map((n) => offset + slope * n)),
    stated,
    ...(stated.resolution === undefined ? {} : { resolution: stated.resolution }),
    notes: [
      ...stated.notes,
      ...(stated.slices > 1 ? [slicesNote(stated, hints, path)] : []),
      ...(stated.calibration === undefined ? [] : [say.calibrated(offset, slope)]),
      ...(one(first.fields, TAG.photometric, 1) === 0 ? [say.whiteIsZero()] : []),
      ...(left > 0 ? [say.reduced(left)] : []),
    ],
  };
}

/** Of all frames, unpacked: what takes seconds to unpack. */
const MOST_BYTES = 2 ** 30;
const frameBytes = ({ width, height, bits }: Page) => (width * height * bits) / 8;

/** Frames have directories of their own, or follow the first one's pixels without gap, as ImageJ, MetaMorph and tifffile write large stacks. */
function framesOf(pages: readonly Page[], { program, frames }: StatedScale, path: string): number {
  if (frames <= 1 || frames === pages.length) return pages.length;
  const [first] = pages as [Page];
  const rowBytes = (first.width * first.tile.height * first.bits) / 8;
  const unbroken = first.tile.width === first.width && first.offsets.every((at, k) => at === first.offsets[0]! + k * rowBytes);
  if (pages.length === 1 && first.compression === "none" && unbroken && Number.isInteger(frames)) return frames;
  throw new ImportError(say.frameCount(program, frames, pages.length), path);
}

/** @throws ImportError where pages at different depths would be taken for times that nobody stated */
function slicesNote({ program, slices, times }: StatedScale, { kind, map }: Hints, path: string): string {
  if (times > 1) throw new ImportError(say.slicesAndTimes(program, slices, times), path);
  if (kind !== undefined && (map?.frame ?? map?.times) === undefined) throw new ImportError(say.slices(program, slices), path);
  return say.slicesAsTimes(program, slices);
}
