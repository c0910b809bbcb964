import * as say from "../core/messages/lab-maps.ts";
import type { MapStatement } from "../importers/maps/statement.ts";
import type { FileEntry } from "./lab.ts";
import type { RawFile } from "./schema.ts";

/** Keys of `files:` that only maps have. */
export const MAP_KEYS = [
  ...(["pixel", "origin", "frame", "start", "times", "count", "dark", "gain", "read_noise", "mask", "bin", "axes", "matrix"] as const),
] satisfies readonly (keyof RawFile)[];

/** What contradicts itself among the keys of one entry. */
export function mapProblem(file: RawFile): { readonly key: keyof RawFile; readonly message: string } | undefined {
  const { kind, count } = file;
  if (file.times !== undefined && (file.frame ?? file.start) !== undefined) return { key: "times", message: say.framesTwice() };
  if (file.start !== undefined && file.frame === undefined) return { key: "start", message: say.startAlone() };
  if (file.matrix !== undefined && file.columns !== undefined) return { key: "matrix", message: say.matrixOrColumns() };
  if (count !== undefined && kind !== undefined && count.unit.startsWith("J") !== (kind === "field"))
    return { key: "count", message: say.countOfKind(count.unit, kind) };
  const { matrix } = file;
  if (matrix !== undefined && matrix.across.role === matrix.down.role) return { key: "matrix", message: say.sameAxis(matrix.down.role) };
  if (matrix !== undefined && (matrix.values.role === "u") !== (kind === "field"))
    return { key: "matrix", message: say.valuesOfKind(matrix.values.role, kind ?? "other") };
  const alone = (["dark", "gain", "read_noise"] as const).find((key) => file[key] !== undefined && count === undefined);
  return alone === undefined ? undefined : { key: alone, message: say.darkAlone(alone) };
}

/** The map of an entry, in plain SI numbers; nothing where none of its keys stands there. */
export function mapStatement(raw: RawFile): Pick<FileEntry, "map"> {
  if (MAP_KEYS.every((key) => raw[key] === undefined)) return {};
  const { pixel, origin, frame, start, times, read_noise: readNoise } = raw;
  const [x, y] = (pixel ?? []).map((q) => q.value);
  const stated = {
    ...{ count: raw.count, dark: raw.dark, gain: raw.gain, mask: raw.mask, bin: raw.bin, axes: raw.axes, matrix: raw.matrix, readNoise },
    pixel: x === undefined ? undefined : [x, y ?? x],
    origin: origin?.map((q) => q.value),
    times: times?.map((q) => q.value),
    frame: frame?.value,
    start: start?.value,
  };
  return { map: Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) as MapStatement };
}
