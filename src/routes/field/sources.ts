import * as say from "../../core/messages/field-route.ts";
import type { SourceTerm } from "../../field/problem.ts";
import type { StatedSpot } from "../../lab/field-statement.ts";
import { filmOf } from "./film.ts";
import { type FieldDataset, type FieldInput, FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

/** A source of the lab file or of a file, ready to be joined to the maps that it feeds. */
export interface StatedSource {
  readonly term: Omit<SourceTerm, "on">;
  /** undefined: nothing says when it is on. */
  readonly on: readonly [number, number] | undefined;
  /** Entry of the lab file that states its uncertainty: what shares the error. */
  readonly entry: string;
  /** Whether it feeds a map. */
  feeds(map: FieldDataset): boolean;
}

const PLACE_LABELS = ["cooldown", "device"];

/**
 * Every source of the maps: one per file of kind field-source, and for maps that no file feeds the spots of the lab file.
 * @throws FieldRefusal where a file and the block `field:` contradict each other
 */
export function sourcesOf({ facts, maps, sources }: FieldInput): StatedSource[] {
  const files = sources.map((s) => fileSource(s, maps, sources));
  const [first] = sources;
  if (first && facts.sources === "none") throw new FieldRefusal(say.noneBesideSource(first.path));
  const spots = facts.sources === "none" || facts.sources === undefined ? [] : facts.sources;
  const bare = (map: FieldDataset) => !files.some((file) => file.feeds(map));
  if (first && spots.length > 0 && !maps.some(bare)) throw new FieldRefusal(say.sourceTwice(first.path));
  return [...files, ...spots.map((s, i) => spotSource(s, i, spots.length, bare))];
}

/** A file feeds the maps whose names cut out of the path are equal where both have one; without any such name, all. */
function fileSource(source: FieldDataset, maps: readonly FieldDataset[], sources: readonly FieldDataset[]): StatedSource {
  const film = filmOf([source.dataset], "r_total");
  if (film.times) throw new FieldRefusal(say.sourceInTime(source.path));
  const missing = film.values.filter(Number.isNaN).length;
  if (missing > 0) throw new FieldRefusal(say.sourceMissing(source.path, missing));
  const names = Object.keys(source.cut).filter((name) => !PLACE_LABELS.includes(name) && maps.some((m) => name in m.cut));
  const { scale = "known", uncertainty } = source.entry ?? {};
  // What one entry of the lab file describes has one scale.
  const together = sources.filter((s) => s.entry !== undefined && s.entry.match === source.entry?.match);
  const name = together.length > 1 ? source.entry!.match : source.path;
  return {
    term: {
      name,
      shape: { type: "map", points: film.points, values: film.values },
      scale,
      sigma: scale === "relative" ? 0 : (uncertainty ?? Number.NaN),
    },
    on: source.entry?.on,
    entry: `files.${source.entry?.match ?? source.path}.uncertainty`,
    feeds: (map) => names.every((n) => !(n in map.cut) || map.cut[n] === source.cut[n]),
  };
}

function spotSource(stated: StatedSpot, index: number, count: number, feeds: StatedSource["feeds"]): StatedSource {
  const { entry, centre, width, power, on, free, scale, uncertainty } = stated;
  return {
    term: {
      name: count > 1 ? `spot ${index + 1}` : "spot",
      shape: { type: "spot", centre, width, power, free },
      scale,
      sigma: scale === "relative" ? 0 : (uncertainty ?? Number.NaN),
    },
    on,
    entry,
    feeds,
  };
}

/** The sources of one map, each with the time in which it is on, and what was taken for that. */
export function termsOf(
  map: FieldDataset,
  isFilm: boolean,
  sources: readonly StatedSource[],
): { readonly terms: SourceTerm[]; readonly facts: FieldFact[] } {
  const facts: FieldFact[] = [];
  const terms = sources
    .filter((s) => s.feeds(map))
    .map(({ term, on }) => {
      const stated = map.entry?.on ?? on;
      if (isFilm) facts.push({ sentence: say.sourceOn(term.name, stated), assumed: stated === undefined });
      return { ...term, on: [isFilm && stated ? stated : ([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const)] };
    });
  return { terms, facts };
}
