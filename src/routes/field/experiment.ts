import * as say from "../../core/messages/field-route.ts";
import type { Experiment } from "../../field/problem.ts";
import type { FieldFacts } from "../../lab/field-statement.ts";
import type { Dataset } from "../../tables/dataset.ts";
import type { Film } from "./film.ts";
import { type FieldDataset, FieldRefusal } from "./input.ts";
import { type StatedSource, termsOf } from "./sources.ts";
import { startOf } from "./start.ts";
import type { FieldFact } from "./study.ts";

/** The datasets of one measurement: one file, or frames whose times stand in their names. */
export interface Run {
  readonly name: string;
  readonly datasets: readonly Dataset[];
  /** The first file. */
  readonly map: FieldDataset;
}

/** Files whose times stand in their names are the frames of one film. */
export function runsOf(maps: readonly FieldDataset[]): Run[] {
  const groups = new Map<string, FieldDataset[]>();
  for (const map of maps) {
    const { time: _, ...cut } = map.cut;
    const key = map.entry?.map?.at === undefined ? map.path : JSON.stringify([map.entry.match, cut]);
    groups.set(key, [...(groups.get(key) ?? []), map]);
  }
  return [...groups.values()].map((group) => ({
    name: group.length > 1 ? say.frames(group[0]!.path, group.length) : group[0]!.path,
    datasets: group.map((m) => m.dataset),
    map: group[0]!,
  }));
}

/**
 * A film with its sources and its start; what was taken for them is added to `facts`.
 * @throws FieldRefusal for a steady map without a source, and for a film without one whose energy grows
 */
export function experimentOf(run: Run, film: Film, sources: readonly StatedSource[], stated: FieldFacts, facts: FieldFact[]): Experiment {
  const { entry } = run.map;
  const { terms, facts: ofSources } = termsOf(run.map, film.times !== undefined, sources);
  facts.push(...ofSources);
  if (film.values.every(Number.isNaN))
    throw new FieldRefusal(film.withoutSigma > 0 ? say.noSigmaAtAll(run.name) : say.nothingMeasured(run.name));
  const spread = entry?.spread ?? stated.spread ?? 0;
  const data = {
    name: run.name,
    points:
      spread > 0 && film.points.spread === undefined
        ? { ...film.points, spread: new Float64Array(film.points.x.length).fill(spread) }
        : film.points,
    values: film.values,
    ...(film.sigma ? { sigma: film.sigma } : {}),
    sources: terms,
  };
  if (!film.times) {
    if (terms.length === 0) throw new FieldRefusal(say.steadyWithoutSource(run.name));
    return { ...data, start: "empty", from: 0 };
  }
  if (terms.length === 0) {
    const growing = growth(film);
    if (stated.sources !== "none" && growing > 0) throw new FieldRefusal(say.growsWithoutSource(run.name));
    facts.push({ sentence: say.freeDecay(run.name), assumed: stated.sources !== "none" });
  }
  const { start, from, fact } = startOf({ ...film, times: film.times }, terms, entry?.initial ?? stated.initial);
  facts.push(fact);
  return { ...data, times: film.times, start, from };
}

/** How much the sum of u over the points known at both times rises from the first frame to any later one, beyond 5 standard deviations of its noise. */
function growth({ points, times, values, sigma }: Film): number {
  const n = points.x.length;
  let most = 0;
  for (let k = 1; k < (times?.length ?? 0); k++) {
    let [rise, variance, size] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const [a, b] = [values[i]!, values[k * n + i]!];
      if (Number.isNaN(a + b)) continue;
      rise += b - a;
      size += Math.abs(a);
      variance += sigma ? sigma[i]! ** 2 + sigma[k * n + i]! ** 2 : 0;
    }
    most = Math.max(most, rise - (sigma ? 5 * Math.sqrt(variance) : 0.05 * size));
  }
  return most;
}
