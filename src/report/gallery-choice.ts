import { canonical } from "../core/hash.ts";
import { CAPS } from "./caps.ts";
import { byBadness, fitStatus } from "./fit-summary.ts";
import { seriesKey, traceParts } from "./series.ts";
import type { StudyFit } from "./study.ts";

/** The traces of one channel: those of one file where the file holds several, otherwise the files of equal labels. */
export function channelKey(fit: StudyFit): string {
  return canonical([seriesKey(fit), traceParts(fit.labels.trace).indexed ? (fit.sources[0] ?? "") : ""]);
}

/**
 * Which traces are drawn. Few traces: all. Many: of every channel the fit of its average, then its worst traces, but of refused ones only a
 * few where others exist, so that what was measured is seen as well as what failed; in turns (every channel's first before any channel's
 * second), so that one bad channel with hundreds of repeats does not hide the others. Drawn ones come worst first.
 */
export function chosenForGallery(fits: readonly StudyFit[]): { readonly drawn: readonly StudyFit[]; readonly rest: readonly StudyFit[] } {
  const sorted = [...fits].sort(byBadness);
  if (fits.length <= CAPS.gallerySeries * 4) return { drawn: sorted, rest: [] };
  const series = grouped(sorted, seriesKey);
  const turns = series.flatMap((members) => ofSeries(members).map((fit, turn) => ({ fit, turn })));
  turns.sort((a, b) => a.turn - b.turn);
  const drawn = new Set(turns.slice(0, CAPS.gallery).map((t) => t.fit));
  return { drawn: sorted.filter((f) => drawn.has(f)), rest: sorted.filter((f) => !drawn.has(f)) };
}

/** The members of a series to draw, its channels in turns. @param members worst first. */
function ofSeries(members: readonly StudyFit[]): StudyFit[] {
  const channels = grouped(members, channelKey).map(ofChannel);
  const turns = channels.flatMap((fits, c) => fits.map((fit, turn) => ({ fit, turn, c })));
  turns.sort((a, b) => a.turn - b.turn || a.c - b.c);
  // Two files of several traces are seen as well as one; hundreds of files of one trace are one channel in all but name.
  const most = channels.length > 1 && channels.some((c) => c.length > 1) ? 2 * CAPS.gallerySeries : CAPS.gallerySeries;
  return turns.slice(0, most).map((t) => t.fit);
}

function grouped(fits: readonly StudyFit[], keyOf: (fit: StudyFit) => string): StudyFit[][] {
  const groups = new Map<string, StudyFit[]>();
  for (const fit of fits) {
    const key = keyOf(fit);
    const members = groups.get(key);
    if (members) members.push(fit);
    else groups.set(key, [fit]);
  }
  return [...groups.values()];
}

/** The members of a channel to draw, most wanted first. @param members worst first. */
function ofChannel(members: readonly StudyFit[]): StudyFit[] {
  const averages = members.filter((f) => f.axis === "mean");
  const single = members.filter((f) => f.axis !== "mean");
  const refused = single.filter((f) => fitStatus(f) === "refused");
  const standing = single.filter((f) => fitStatus(f) !== "refused");
  const most = CAPS.gallerySeries - averages.length;
  const some =
    standing.length > 0
      ? refused.slice(0, Math.max(CAPS.galleryRefused, most - standing.length))
      : refused.slice(0, CAPS.galleryRefused + 1);
  // One of each kind first: the cap may leave room for no more.
  const rest = [...some.slice(0, 1), ...standing.slice(0, 1), ...some.slice(1), ...standing.slice(1)];
  return [...averages, ...rest].slice(0, CAPS.gallerySeries);
}
