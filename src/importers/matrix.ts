import { ImportError } from "../core/errors.ts";
import { matrixMessages as say } from "../core/messages/import-maps.ts";
import { unitConversion } from "../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer } from "./importer.ts";
import { MOST_MAP_POINTS, mapNotes } from "./maps/grid.ts";
import { type NumberBlock, numberBlocks } from "./maps/number-blocks.ts";
import type { Picture } from "./maps/picture.ts";
import { readPicture } from "./maps/read-picture.ts";
import { type MapStatement, type RoleInUnit, refuseUnused } from "./maps/statement.ts";
import { parseNumber } from "./text/numbers.ts";

/**
 * A map as a rectangle of numbers in a text file, of which the lab file says so: with positions in the first row and the first column (`matrix:`), or bare
 * numbers that are pixels (`pixel:`). Blocks between blank lines are frames.
 */
export const matrix: Importer = {
  name: "matrix",
  version: 1,
  reference: "README.md, Maps",
  // Any table of numbers could be one: only the lab file knows (`import-file.ts`).
  recognise: () => 0,
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path } = file.probe;
    const blocks = numberBlocks(await file.text(), path);
    const map = hints.map ?? {};
    return map.matrix === undefined
      ? readPicture(() => textPicture(blocks), hints, path)
      : [labelledMatrix(blocks, map, map.matrix, hints, path)];
  },
};

function textPicture(blocks: readonly NumberBlock[]): Picture {
  const [first] = blocks as [NumberBlock];
  return {
    format: "text",
    width: first.width,
    height: first.rows,
    frames: blocks.length,
    numbers: "decimal",
    notes: [],
    counts: (frame) => blocks[frame]!.values.slice(),
  };
}

function labelledMatrix(
  blocks: readonly NumberBlock[],
  map: MapStatement,
  { across, down, values }: NonNullable<MapStatement["matrix"]>,
  hints: Hints,
  path: string,
): Dataset {
  refuseUnused(map, ["matrix", "times", "frame", "start", "at", "mask"], say.aMatrix(), hints.place ?? path);
  const [first] = blocks as [NumberBlock];
  const [columns, rows] = [first.width - 1, first.rows - 1];
  if (columns < 1 || rows < 1) throw new ImportError(say.tooSmall(), path);
  const points = columns * rows * blocks.length;
  if (points > MOST_MAP_POINTS) throw new ImportError(say.tooMany(points, MOST_MAP_POINTS), path);
  const times = [across, down].some((axis) => axis.role === "time") ? undefined : timesOf(blocks, map, path);
  const mask = new Set(map.mask);
  const [xs, ys, us, ts] = [new Float64Array(points), new Float64Array(points), new Float64Array(points), new Float64Array(points)];
  let k = 0;
  for (const [b, block] of blocks.entries()) {
    refuseGaps(block, path);
    for (let r = 1; r <= rows; r++)
      for (let c = 1; c <= columns; c++, k++) {
        const value = block.values[r * block.width + c]!;
        xs[k] = block.values[c]!;
        ys[k] = block.values[r * block.width]!;
        us[k] = mask.has(value) ? Number.NaN : value;
        ts[k] = times?.[b] ?? Number.NaN;
      }
  }
  const time: ColumnData = { name: "t", unit: "s", role: "time", values: ts };
  const list = [...(times ? [time] : []), inSI(across, xs), inSI(down, ys), inSI(values, us)];
  const kind = hints.kind ?? (values.role === "u" ? "field" : "field-source");
  return makeDataset({
    kind,
    kindInferred: false,
    labels: { cooldown: "", device: "", qubit: "", trace: values.role },
    started: "",
    columns: list,
    conditions: [],
    axis: "single",
    noise: { type: "unknown" },
    notes: mapNotes(list, path),
  });
}

function inSI({ role, unit }: RoleInUnit, numbers: Float64Array): ColumnData {
  const conversion = unitConversion(unit)!;
  return { name: role, role, unit: conversion.unit, values: numbers.map((x) => conversion.toSI(x)) };
}

/** The corner says nothing; every other number of the first row and column is a position or a time. */
function refuseGaps({ values, width, rows, line }: NumberBlock, path: string): void {
  for (let c = 1; c < width; c++) if (Number.isNaN(values[c]!)) throw new ImportError(say.positionUnknown(), `${path}:${line}:${c + 1}`);
  for (let r = 1; r < rows; r++)
    if (Number.isNaN(values[r * width]!)) throw new ImportError(say.positionUnknown(), `${path}:${line + r}:1`);
}

/** Times of the blocks: the lab file's, else those in a comment in front of each (`# t = 1 ms`); undefined for one block without time. */
function timesOf(blocks: readonly NumberBlock[], map: MapStatement, path: string): readonly number[] | undefined {
  if (map.times !== undefined) {
    if (map.times.length !== blocks.length) throw new ImportError(say.frameCount(map.times.length, blocks.length), path);
    return map.times;
  }
  const { frame } = map;
  if (frame !== undefined) return blocks.map((_, k) => (map.at ?? map.start ?? 0) + k * frame);
  const written = blocks.map((block) => block.comments.map(timeIn).find((t) => t !== undefined));
  if (written.every((t) => t !== undefined)) return written;
  if (blocks.length > 1) throw new ImportError(say.timesMissing(blocks.length), path);
  return map.at === undefined ? undefined : [map.at];
}

/** `t = 1 ms`, `Time: 0.5 s`. */
function timeIn(comment: string): number | undefined {
  const [, digits, unit = ""] = /^(?:t|time)\s*[=:]\s*(\S+)\s*([a-zA-Z\u00b5\u03bc]+)$/i.exec(comment.trim()) ?? [];
  const conversion = unitConversion(unit);
  const value = parseNumber(digits ?? "");
  return value !== undefined && conversion?.unit === "s" ? conversion.toSI(value) : undefined;
}
