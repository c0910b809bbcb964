import { CHECKS } from "../core/checks.ts";
import type { Estimate } from "../core/estimate.ts";
import * as say from "../core/messages/report-field.ts";
import type { Side } from "../field/equation.ts";
import type { FieldNumber } from "../field/outcome.ts";
import type { FieldStudy } from "../routes/field/study.ts";
import type { Fitted } from "./field-scales.ts";
import { endsOf } from "./figures/ends.ts";
import { shownSigma } from "./headline.ts";
import { groupKey, groupName } from "./names.ts";
import { engineering, measured, plain, writtenFor } from "./number.ts";
import type { Study } from "./study.ts";
import { shortened } from "./visible.ts";

/** What a field is called in titles. */
export function fieldName(field: FieldStudy): string {
  return say.filmName(shortened(field.name, 40), groupName(field.labels));
}

/** gamma2, or gamma2 of every region. */
export function gamma2Numbers({ outcome }: FieldStudy): readonly FieldNumber[] {
  return outcome.state === "refused" ? [] : outcome.numbers.filter((n) => n.unit === "m^2/s");
}

/** The estimate that this number became, with its budget. */
export function estimateOf(study: Study, field: FieldStudy, number: FieldNumber): Estimate | undefined {
  const key = groupKey(field.labels);
  return study.estimates.find((e) => e.route === "field" && e.value === number.value && groupKey(e.labels) === key);
}

/** With the error of the estimate, which holds common inputs too, where this number is one. */
export function numberText(study: Study, field: FieldStudy, number: FieldNumber): string {
  const quoted = estimateOf(study, field, number);
  return measured(number.value, quoted ? shownSigma(quoted).sigma : number.sigma, number.unit);
}

/** The 68 % interval of gamma2, or the side on which its profile does not close. */
export function profileText(gamma2: FieldNumber): string {
  const text = intervalText({ ...gamma2, low: gamma2.low > 0 ? gamma2.low : Number.NaN });
  if (text === undefined) return say.noInterval();
  return gamma2.low > 0 && Number.isFinite(gamma2.high) ? say.profileInterval(text) : say.openInterval(text);
}

/** The same of every gamma2: none is told without it. */
export function profilesText(field: FieldStudy): string {
  return gamma2Numbers(field)
    .map((g) => `${profileText(g)}.`)
    .join(" ");
}

/** Both ends of an interval in one unit, or the one that the data give; nothing where they give none. */
export function intervalText({ value, low, high, unit }: FieldNumber): string | undefined {
  const w = writtenFor(Number.isFinite(value) ? value : Math.max(...[low, high].filter(Number.isFinite).map(Math.abs)), unit);
  const [from, to] = [low, high].map((v) => plain(v * w.factor));
  if (Number.isFinite(low) && Number.isFinite(high)) return say.between(from!, to!, w.unit);
  if (Number.isFinite(low)) return say.atLeast(engineering(low, unit, 4));
  return Number.isFinite(high) ? say.atMost(engineering(high, unit, 4)) : undefined;
}

/** Why no number of a fit may be quoted, though it has numbers; nothing where they may. */
export function notQuoted({ outcome, status }: FieldStudy): string | undefined {
  if (outcome.state === "stopped") return say.stopped(outcome.sentence);
  if (outcome.state === "refused" || status !== "refused") return undefined;
  const refusing = outcome.checks.filter((c) => !c.holds && CHECKS[c.code].severity === "refuses");
  return say.unusable(refusing.map((c) => c.sentence).join(" "));
}

/** What was found, in one sentence with its boundary condition. */
export function foundText(study: Study, field: FieldStudy, outcome: Fitted): string {
  const gamma2 = gamma2Numbers(field);
  const mean = outcome.numbers.find((n) => n.name === "gamma0_mean");
  return say.found({
    gamma2: gamma2
      .map((g) => say.ofRegion(gamma2.length > 1 ? g.name.replace(/^gamma2 ?/, "") : "", numberText(study, field, g)))
      .join(", "),
    gamma0: mean ? numberText(study, field, mean) : "–",
    length: lengthRange(outcome.map.diffusionLength),
    boundary: boundaryText(field) ?? "",
  });
}

/** The boundary condition in words; nothing where there is no problem. */
export function boundaryText({ problem }: FieldStudy): string | undefined {
  if (!problem) return undefined;
  const side = (one: Side) => ({ type: one.type, h: one.type === "robin" ? `${plain(one.h)} m/s` : "" });
  const { x, y } = problem.boundary;
  return say.boundary([side(x[0]), side(x[1])], problem.dimensions === 1 ? undefined : [side(y[0]), side(y[1])]);
}

export function medianLength(lengths: ArrayLike<number>): number {
  const sorted = Array.from(lengths)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Median of the lengths, or their range where they differ by more than a tenth. */
export function lengthRange(lengths: ArrayLike<number>): string {
  const [low, high] = endsOf(lengths);
  return high > 1.1 * low ? say.range(engineering(low, "m", 2), engineering(high, "m", 2)) : engineering(medianLength(lengths), "m", 3);
}
