import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/field-route.ts";
import type { Experiment, FieldProblem, Gamma0Law, Gamma2Law, Regions } from "../../field/problem.ts";
import type { FieldFacts, StatedRegion } from "../../lab/field-statement.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { boundaryOf } from "./boundary.ts";
import { domainOf } from "./domain.ts";
import { type Film, filmOf } from "./film.ts";
import { type FieldDataset, type FieldInput, FieldRefusal } from "./input.ts";
import { type StatedSource, sourcesOf, termsOf } from "./sources.ts";
import { startOf } from "./start.ts";
import type { FieldFact } from "./study.ts";

/** Everything that one fit rests on, what of it was assumed, and who states the scales. */
export interface StatedProblem {
  readonly problem: FieldProblem;
  readonly facts: readonly FieldFact[];
  readonly sources: readonly StatedSource[];
  /** Assumptions that a result is doubtful with. */
  readonly checks: readonly Check[];
}

/**
 * 1 maps -> films, 2 sources of each, 3 domain and sides, 4 laws.
 * @throws FieldRefusal with what to write, where data and statements make no problem
 */
export function fieldProblem(input: FieldInput): StatedProblem {
  const { facts: stated, maps } = input;
  const facts: FieldFact[] = [];
  // 1
  const runs = runsOf(maps);
  const films = runs.map((run) => filmOf(run.datasets, "u"));
  const flat = films.findIndex((f) => (f.points.y === undefined) !== (films[0]!.points.y === undefined));
  if (flat >= 0) throw new FieldRefusal(say.twoDimensions(runs[0]!.name, runs[flat]!.name));
  const dimensions = films[0]!.points.y ? 2 : 1;
  // 2
  const sources = sourcesOf(input);
  const unused = sources.find((s) => !runs.some((run) => s.feeds(run.map)));
  if (unused) throw new FieldRefusal(say.sourceOfNothing(unused.term.name));
  for (const { term } of sources) {
    const of = term.shape.type === "spot" ? term.shape.centre.length : term.shape.points.y ? 2 : 1;
    if (of !== dimensions) throw new FieldRefusal(say.sourceDimension(term.name, of, dimensions));
  }
  const experiments = runs.map((run, i) => experimentOf(run, films[i]!, sources, stated, facts));
  // 3
  const { domain, fact: ofDomain } = domainOf(
    stated.domain,
    films.map((f) => f.points),
    sources.flatMap(({ term: { shape } }) => (shape.type === "map" ? [shape.points] : [])),
  );
  const { boundary, fact: ofBoundary } = boundaryOf(input);
  // 4
  const problem: FieldProblem = {
    ...{ dimensions, domain, boundary, experiments },
    gamma0: gamma0Law(stated),
    gamma2: gamma2Law(stated),
    background: stated.background,
  };
  const always = sources.find(
    (s) => s.on === undefined && runs.some((run, i) => films[i]!.times && s.feeds(run.map) && !run.map.entry?.on),
  );
  const checks = always ? [check("field_on_assumed", false, say.sourceOn(always.term.name, undefined))] : [];
  return { problem, facts: [ofDomain, ofBoundary, ...facts], sources, checks };
}

/** The datasets of one measurement: one file, or frames whose times stand in their names. */
interface Run {
  readonly name: string;
  readonly datasets: readonly Dataset[];
  /** The first file. */
  readonly map: FieldDataset;
}

function runsOf(maps: readonly FieldDataset[]): Run[] {
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

function experimentOf(run: Run, film: Film, sources: readonly StatedSource[], stated: FieldFacts, facts: FieldFact[]): Experiment {
  const { entry } = run.map;
  const { terms, facts: ofSources } = termsOf(run.map, film.times !== undefined, sources);
  facts.push(...ofSources);
  if (film.withoutSigma > 0) facts.push({ sentence: say.withoutSigma(run.name, film.withoutSigma), assumed: false });
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

function gamma0Law(stated: FieldFacts): Gamma0Law {
  const law = stated.gamma0 ?? (stated.spots.length > 0 ? "spots" : "field");
  if (law === "regions") return { type: "regions", regions: regionsOf(stated.regions) };
  return law === "spots" ? { type: "spots", spots: stated.spots } : { type: law };
}

function gamma2Law(stated: FieldFacts): Gamma2Law {
  return stated.gamma2 === "regions" ? { type: "regions", regions: regionsOf(stated.regions) } : { type: "scalar" };
}

/** Names in their order, several boxes of one name together. */
function regionsOf(stated: readonly StatedRegion[]): Regions {
  const names = [...new Set(stated.map((r) => r.name))];
  const boxes = stated.flatMap(({ name, box }) => (box ? [{ region: names.indexOf(name), low: box.from, high: box.to }] : []));
  return { names, boxes };
}
