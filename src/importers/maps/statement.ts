import { ImportError } from "../../core/errors.ts";
import { unusedMapKey } from "../../core/messages/import-maps.ts";
import type { Quantity } from "../../core/quantity.ts";

/** Units that a map's values can have: energy per area or length, and absorbed power per area or length. */
export const MAP_UNITS = ["J/m^2", "J/m", "W/m^2", "W/m"] as const;
export type MapUnit = (typeof MAP_UNITS)[number];

export const isMapUnit = (unit: string | undefined): unit is MapUnit => (MAP_UNITS as readonly (string | undefined)[]).includes(unit);

/** The coordinates of a map, as the lab file orders the dimensions of an array. */
export const MAP_AXES = ["time", "x", "y", "z"] as const;
export type MapAxis = (typeof MAP_AXES)[number];

/** `x [um]`: what numbers mean, and in which unit they are written. */
export interface RoleInUnit {
  readonly role: MapAxis | "u" | "r_total";
  readonly unit: string;
}

/** What the lab file states about a map that its file cannot say: where pixels lie, when frames were taken, what a count is worth. All SI. */
export interface MapStatement {
  /** Distance of neighbouring pixels along a row and down a column, m; negative where the coordinate falls. */
  readonly pixel?: readonly [x: number, y: number];
  /** Position of the picture's upper left corner, m. */
  readonly origin?: readonly [x: number, y: number];
  /** Time between frames, s. */
  readonly frame?: number;
  /** Time of the first frame, s. */
  readonly start?: number;
  /** Time of every frame, s. */
  readonly times?: readonly number[];
  /** What one count is worth. */
  readonly count?: Quantity<MapUnit>;
  /** Counts without signal. */
  readonly dark?: number;
  /** Photoelectrons per count. */
  readonly gain?: number;
  /** One standard deviation of the detector's own noise, counts. */
  readonly readNoise?: number;
  /** Counts that stand for "not measured". */
  readonly mask?: readonly number[];
  /** Pixels that are averaged, along either side. */
  readonly bin?: number;
  /** Order of an array's dimensions, the slowest first. */
  readonly axes?: readonly MapAxis[];
  /** A text file with positions in its first row (`across`) and first column (`down`). */
  readonly matrix?: { readonly across: RoleInUnit; readonly down: RoleInUnit; readonly values: RoleInUnit };
  /** The time that a `{time}` of the pattern cuts out of the path, s. */
  readonly at?: number;
}

/** @throws ImportError naming a key of the statement that a reader makes no use of */
export function refuseUnused(map: MapStatement | undefined, used: readonly (keyof MapStatement)[], what: string, place: string): void {
  const unused = Object.keys(map ?? {}).find((key) => !(used as readonly string[]).includes(key));
  if (unused !== undefined) throw new ImportError(unusedMapKey(unused === "readNoise" ? "read_noise" : unused, what), place);
}
