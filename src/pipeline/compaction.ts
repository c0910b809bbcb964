import type { Contents } from "./manifest.ts";

/** Segments aim at this size: small enough to read for one record, large enough not to be many. */
export const SEGMENT_BYTES = 8 * 2 ** 20;
/** Below this a segment is a candidate for merging, once there are this many of them. */
const SMALL_BYTES = SEGMENT_BYTES / 4;
const SMALL_COUNT = 16;

/**
 * Names of the segments whose living records should move into new segments: those that are mostly dead, and the small ones once they are many.
 * Wholly dead segments are among them; nothing of them is left to move.
 */
export function segmentsToRewrite(contents: Contents): Set<string> {
  const live = new Map<string, number>();
  for (const place of contents.records.values()) live.set(place.segment, (live.get(place.segment) ?? 0) + place.bytes);
  const segments = [...contents.segments.values()];
  const chosen = new Set(segments.filter((s) => !((live.get(s.name) ?? 0) > s.payload / 2)).map((s) => s.name));
  const small = segments.filter((s) => s.payload < SMALL_BYTES);
  if (small.length > SMALL_COUNT) for (const s of small) chosen.add(s.name);
  return chosen;
}

/** Records in order, cut into groups of about one segment each; a larger record stands alone. */
export function* inSegments<T>(records: Iterable<T>, size: (record: T) => number): Generator<T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const record of records) {
    const own = size(record);
    if (group.length > 0 && bytes + own > SEGMENT_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(record);
    bytes += own;
  }
  if (group.length > 0) yield group;
}
