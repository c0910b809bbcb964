import { CAPS } from "./caps.ts";
import { byBadness } from "./fit-summary.ts";
import { seriesKey } from "./series.ts";
import type { StudyFit } from "./study.ts";

/**
 * Which traces are drawn. Few traces: all. Many: of every series its worst ones, in turns (every series' worst before any series' second),
 * so that one bad channel with hundreds of repeats does not hide the others. Drawn ones come worst first.
 */
export function chosenForGallery(fits: readonly StudyFit[]): { readonly drawn: readonly StudyFit[]; readonly rest: readonly StudyFit[] } {
  const sorted = [...fits].sort(byBadness);
  const turns = new Map<string, number>();
  const ranked = sorted.map((fit) => {
    const key = seriesKey(fit);
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return { fit, turn };
  });
  if (fits.length <= CAPS.gallerySeries * 4) return { drawn: sorted, rest: [] };
  const eligible = ranked.filter((r) => r.turn < CAPS.gallerySeries).sort((a, b) => a.turn - b.turn);
  const drawn = new Set(eligible.slice(0, CAPS.gallery).map((r) => r.fit));
  return { drawn: sorted.filter((f) => drawn.has(f)), rest: sorted.filter((f) => !drawn.has(f)) };
}
