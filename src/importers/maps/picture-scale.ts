import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { pictureMessages as say } from "../../core/messages/import-maps.ts";
import type { Picture } from "./picture.ts";
import type { MapStatement } from "./statement.ts";

/** Where the pixels of a picture lie, and when its frames were taken. */
export interface PictureScale {
  readonly pixel: readonly [x: number, y: number];
  /** Of each frame; undefined for a picture without time. */
  readonly times: readonly number[] | undefined;
  readonly notes: Note[];
  readonly inferred: { readonly x: Inferred; readonly time: Inferred };
}
interface Inferred {
  readonly inferred?: string;
}

/**
 * Pixel size and times: what the lab file states, else what the picture's program wrote into it.
 * @throws ImportError when `times` has another length than the stack
 */
export function pictureScale({ stated, frames, resolution }: Picture, map: MapStatement, path: string): PictureScale {
  const program = stated?.program ?? "";
  const notes: Note[] = [];
  const differ = (a: number, b: number) => Math.abs(Math.abs(a / b) - 1) > 0.01;
  const written = stated?.pixel;
  const side = written === undefined ? -1 : (map.pixel ?? written).findIndex((size, k) => differ(size, written[k]!));
  if (side >= 0) notes.push({ code: "contradiction", text: say.pixelConflict(program, written![side]!, map.pixel![side]!) });
  if (resolution !== undefined && map.pixel !== undefined) {
    const other = map.pixel.findIndex((size, k) => differ(size, resolution.pixel[k]!));
    const [code, used] = other < 0 ? ["picture", undefined] : ["contradiction", map.pixel[other]!];
    notes.push({ code, text: say.resolution(resolution.written, resolution.pixel[Math.max(0, other)]!, used) });
  }
  if (map.frame && stated?.frame && differ(map.frame, stated.frame))
    notes.push({ code: "contradiction", text: say.frameConflict(program, stated.frame, map.frame) });
  if (map.times && map.times.length !== frames) throw new ImportError(say.frameCount(map.times.length, frames), path);
  const step = map.frame ?? stated?.frame;
  // A single frame is at a time only where the lab file says so; a stack always has its times.
  const single = map.at === undefined ? undefined : [map.at];
  const even =
    step === undefined || (frames === 1 && map.frame === undefined)
      ? single
      : Array.from({ length: frames }, (_, k) => (map.at ?? map.start ?? 0) + k * step);
  const fromFile = map.times === undefined && map.frame === undefined && frames > 1;
  return {
    pixel: map.pixel ?? stated!.pixel!,
    times: map.times ?? even,
    notes,
    inferred: {
      x: map.pixel ? {} : { inferred: say.pixelFrom(program) },
      time: fromFile ? { inferred: say.frameFrom(program) } : {},
    },
  };
}
