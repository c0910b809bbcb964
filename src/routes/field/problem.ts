import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/field-route.ts";
import type { FieldProblem } from "../../field/problem.ts";
import { boundaryOf } from "./boundary.ts";
import { domainOf } from "./domain.ts";
import { experimentOf, runsOf } from "./experiment.ts";
import { filmOf } from "./film.ts";
import { type FieldInput, FieldRefusal } from "./input.ts";
import { gamma0Law, gamma2Law } from "./laws.ts";
import { windowOf } from "./source-window.ts";
import { type StatedSource, sourcesOf } from "./sources.ts";
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
  const all = sourcesOf(input);
  const sources = all.filter(({ term: { shape } }) => shape.type === "spot" || shape.values.some((r) => r !== 0));
  for (const source of all) if (!sources.includes(source)) facts.push({ sentence: say.zeroSource(source.term.name), assumed: false });
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
  const { boundary, fact: ofBoundary } = boundaryOf(input, dimensions);
  // 4
  const problem: FieldProblem = {
    ...{ dimensions, domain, boundary, experiments },
    gamma0: gamma0Law(stated, domain),
    gamma2: gamma2Law(stated, domain),
    background: stated.background,
  };
  const always = sources.find(
    (s) => s.on === undefined && runs.some((run, i) => films[i]!.times && s.feeds(run.map) && !run.map.entry?.on),
  );
  const left = films.flatMap((f, i) => (f.withoutSigma > 0 ? [say.withoutSigma(runs[i]!.name, f.withoutSigma)] : []));
  const windows = sources.flatMap(({ term }) => windowOf(term, domain) ?? []);
  const checks = [
    ...(always ? [check("field_on_assumed", false, say.sourceOn(always.term.name, undefined))] : []),
    ...left.map((sentence) => check("field_values_left_out", false, sentence)),
    ...windows.flatMap((w) => w.check ?? []),
  ];
  return { problem, facts: [ofDomain, ofBoundary, ...windows.map((w) => w.fact), ...facts], sources, checks };
}
