import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { pictureMessages as say, unusedMapKey } from "../../core/messages/import-maps.ts";
import { type ColumnData, type Dataset, makeDataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import { Unrecognised } from "../unrecognised.ts";
import { countReader } from "./counts.ts";
import { gridNote, MOST_MAP_POINTS } from "./grid.ts";
import type { Picture } from "./picture.ts";
import { pictureScale } from "./picture-scale.ts";
import { type MapStatement, refuseUnused } from "./statement.ts";

/** Of all frames, before averaging: they are decoded within seconds. */
const MOST_PICTURE_PIXELS = 2 ** 28;

/**
 * The map that a picture is, by what the lab file states: pixel centres in m, frames in s, `count` times the counts above `dark`.
 * @throws Unrecognised when the lab file says nothing of it: most pictures are no measurements
 * @throws ImportError naming what is missing, with the line to write
 */
export function readPicture(open: () => Picture, hints: Hints, path: string): Dataset[] {
  try {
    return [pictureDataset(open(), hints, path)];
  } catch (error) {
    // A picture in colours, or a broken one, is nothing of ours until the lab file says so.
    if (error instanceof ImportError && hints.kind === undefined) throw new Unrecognised(error.message);
    throw error;
  }
}

function pictureDataset(picture: Picture, hints: Hints, path: string): Dataset {
  const { kind } = hints;
  const map = hints.map ?? {};
  const what = say.picture(picture.format, picture.width, picture.height, picture.frames, picture.numbers);
  if (kind === undefined)
    throw new Unrecognised(say.notStated(what, path, ["kind: field", ...missing(picture, map, "field").map((m) => m.line)]));
  if (kind !== "field" && kind !== "field-source") throw new ImportError(say.otherKind(kind), hints.place ?? path);
  refuseUnused(hints.map, PICTURE_KEYS, say.aPicture(), hints.place ?? path);
  if (hints.columns !== undefined) throw new ImportError(unusedMapKey("columns", say.aPicture()), hints.place ?? path);
  const lacking = missing(picture, map, kind);
  if (lacking.length > 0) {
    const keys = [`kind: ${kind}`, ...lacking.map((m) => m.line)];
    throw new ImportError(
      say.missing(
        what,
        lacking.map((m) => m.what),
        path,
        keys,
      ),
      path,
    );
  }
  return makeDataset({
    kind,
    kindInferred: false,
    labels: { cooldown: "", device: "", qubit: "", trace: kind },
    started: "",
    ...measured(picture, map, path),
    conditions: [],
    axis: "single",
  });
}

const PICTURE_KEYS = ["pixel", "origin", "frame", "start", "times", "count", "dark", "gain", "readNoise", "mask", "bin", "at"] as const;

/** What neither lab file nor picture states, in words and as the key to write. */
function missing(picture: Picture, map: MapStatement, kind: "field" | "field-source"): { what: string; line: string }[] {
  const list: { what: string; line: string }[] = [];
  if ((map.pixel ?? picture.stated?.pixel) === undefined) {
    const { resolution } = picture;
    list.push({
      what: resolution === undefined ? say.pixelSize() : say.pixelSizeBut(resolution.written, resolution.pixel[0]),
      line: "pixel: 2 um",
    });
  }
  if (map.count === undefined) list.push({ what: say.countWorth(), line: `count: "${kind === "field" ? "3.2e-9 J/m^2" : "0.5 W/m^2"}"` });
  if (picture.frames > 1 && (map.times ?? map.frame ?? picture.stated?.frame) === undefined)
    list.push({ what: say.frameTimes(), line: "frame: 1 ms" });
  return list;
}

function measured(picture: Picture, map: MapStatement, path: string): { columns: ColumnData[]; noise: Dataset["noise"]; notes: Note[] } {
  const bin = map.bin ?? 1;
  const [across, down] = [Math.floor(picture.width / bin), Math.floor(picture.height / bin)];
  if (across * down === 0) throw new ImportError(say.binTooLarge(bin, picture.width, picture.height), path);
  const pixels = across * down;
  const points = pixels * picture.frames;
  if (picture.width * picture.height * picture.frames > MOST_PICTURE_PIXELS)
    throw new ImportError(say.tooManyPixels(picture.width * picture.height * picture.frames, MOST_PICTURE_PIXELS), path);
  if (points > MOST_MAP_POINTS)
    throw new ImportError(say.tooManyPoints(points, MOST_MAP_POINTS, bin * Math.ceil(Math.sqrt(points / MOST_MAP_POINTS))), path);
  const { pixel, times, notes, inferred } = pictureScale(picture, map, path);
  const [x0, y0] = map.origin ?? [0, 0];
  const reader = countReader(picture, map);
  const u = new Float64Array(points);
  const sigma = reader.hasSigma ? new Float64Array(points) : undefined;
  for (let frame = 0; frame < picture.frames; frame++)
    reader.read(
      picture.counts(frame),
      u.subarray(frame * pixels, (frame + 1) * pixels),
      sigma?.subarray(frame * pixels, (frame + 1) * pixels),
    );
  const { unit } = map.count!;
  const role = unit.startsWith("J") ? "u" : "r_total";
  const xs = Array.from({ length: across }, (_, c) => x0 + (c + 0.5) * bin * pixel[0]);
  const ys = Array.from({ length: down }, (_, r) => y0 + (r + 0.5) * bin * pixel[1]);
  const { x, y, time } = spread(xs, ys, times, points);
  const columns: ColumnData[] = [
    ...(time ? [{ name: "t", unit: "s" as const, role: "time" as const, values: time, ...inferred.time }] : []),
    { name: "x", unit: "m", role: "x", values: x, ...inferred.x },
    { name: "y", unit: "m", role: "y", values: y, inferred: [inferred.x.inferred, say.rowsDown()].filter(Boolean).join("; ") },
    { name: role, unit, role, values: u },
    ...(sigma ? [{ name: "sigma", unit, role: "sigma" as const, values: sigma }] : []),
  ];
  if (bin > 1) {
    notes.push({ code: "binned", text: say.binned(bin) });
    const [columnsLeft, rowsLeft] = [picture.width % bin, picture.height % bin];
    if (columnsLeft + rowsLeft > 0) notes.push({ code: "not_read", text: say.binRest(columnsLeft, rowsLeft) });
  }
  const all = [
    ...picture.notes.map((text) => ({ code: "picture", text })),
    ...notes,
    ...reader.notes(),
    gridNote([rising(xs), rising(ys)], times, columns.find((c) => c.role === role)!),
  ];
  return { columns, noise: { type: sigma ? "sigma" : "unknown" }, notes: all };
}

/** Position and time of every point: frame after frame, row after row from the top. */
function spread(xs: readonly number[], ys: readonly number[], times: readonly number[] | undefined, points: number) {
  const [x, y] = [new Float64Array(points), new Float64Array(points)];
  const time = times && new Float64Array(points);
  for (let row = 0, at = 0; at < points; row++, at += xs.length) {
    x.set(xs, at);
    y.fill(ys[row % ys.length]!, at, at + xs.length);
    time?.fill(times![Math.floor(row / ys.length)]!, at, at + xs.length);
  }
  return { x, y, time };
}

const rising = (values: readonly number[]) => (values.length > 1 && values[0]! > values[1]! ? values.toReversed() : values);
