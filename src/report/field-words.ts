import * as say from "../core/messages/report-field.ts";
import type { Side } from "../field/equation.ts";
import type { FieldNumber } from "../field/outcome.ts";
import type { FieldStudy } from "../routes/field/study.ts";
import { endsOf } from "./figures/ends.ts";
import { shownSigma } from "./headline.ts";
import { groupKey, groupName } from "./names.ts";
import { engineering, measured, plain } from "./number.ts";
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

/** With the error of the estimate, which holds common inputs too, where this number is one. */
export function numberText(study: Study, field: FieldStudy, number: FieldNumber): string {
  const key = groupKey(field.labels);
  const quoted = study.estimates.find((e) => e.route === "field" && e.value === number.value && groupKey(e.labels) === key);
  return measured(number.value, quoted ? shownSigma(quoted).sigma : number.sigma, number.unit);
}

/** The 68 % interval of gamma2, or the side on which its profile does not close. */
export function intervalText({ low, high }: FieldNumber): string {
  const text = (v: number) => engineering(v, "m^2/s", 4);
  const [below, above] = [low > 0 && Number.isFinite(low), Number.isFinite(high)];
  if (below && above) return say.profileInterval(text(low), text(high));
  if (above) return say.openInterval(say.atMost(text(high)));
  return below ? say.openInterval(say.atLeast(text(low))) : say.noInterval();
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
