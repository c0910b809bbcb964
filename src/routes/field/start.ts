import * as say from "../../core/messages/field-route.ts";
import type { SourceTerm } from "../../field/problem.ts";
import type { Film } from "./film.ts";
import { FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

export interface Start {
  readonly start: "empty" | "steady" | "unknown";
  /** s */
  readonly from: number;
  readonly fact: FieldFact;
}

/** chi2 of noise alone exceeds its mean by more than this many standard deviations once in a million. */
const NOISE = 5;
/** Without stated noise: below this part of the largest value the first frames count as zero. */
const SMALL = 0.05;

/**
 * What a film began with, where the lab file does not say it. `empty` only where nothing was on before and the frames before the first switching on are
 * zero within their noise; everything else is not known and is fitted.
 * @throws FieldRefusal for an empty start without a source
 */
export function startOf(
  film: Film & { readonly times: Float64Array },
  terms: readonly SourceTerm[],
  stated: Start["start"] | undefined,
): Start {
  const first = film.times[0]!;
  const switchedOn = Math.min(...terms.flatMap((t) => t.on.map(([from]) => from)));
  const before = Number.isFinite(switchedOn) ? Math.min(first, switchedOn) : first;
  if (stated === "empty" && terms.length === 0) throw new FieldRefusal(say.emptyWithoutSource());
  if (stated === "empty") return { start: "empty", from: before, fact: { sentence: say.startStated("empty", before), assumed: false } };
  if (stated === "steady") {
    const off = terms.flatMap((t) => t.on.map(([, to]) => to)).filter((to) => to <= first);
    const from = off.length > 0 ? Math.max(...off) : first;
    // A steady state takes time to be reached: where the time of switching on is stated, u is followed from there.
    if (switchedOn < from && Number.isFinite(switchedOn))
      return { start: "empty", from: switchedOn, fact: { sentence: say.startFollowed(switchedOn), assumed: false } };
    return { start: "steady", from, fact: { sentence: say.startStated("steady", from), assumed: false } };
  }
  const unknown = (sentence: string): Start => ({ start: "unknown", from: first, fact: { sentence, assumed: stated === undefined } });
  if (stated === "unknown") return unknown(say.startStated("unknown", first));
  if (terms.length === 0) return unknown(say.startOfDecay(first));
  if (switchedOn < first) return unknown(say.startNotMeasured(first));
  const zero = isZeroUntil(film, switchedOn);
  if (!zero) return unknown(say.startNotZero(first));
  return { start: "empty", from: first, fact: { sentence: say.startZero(first), assumed: true } };
}

/** Whether the frames up to a time show nothing but noise. */
function isZeroUntil({ times, points, values, sigma }: Film & { readonly times: Float64Array }, until: number): boolean {
  const n = points.x.length;
  const end = times.filter((t) => t <= until).length * n;
  let [sum, count, squares] = [0, 0, 0];
  for (let i = 0; i < end; i++) {
    const u = values[i]!;
    if (Number.isNaN(u)) continue;
    count++;
    squares += u * u;
    if (sigma) sum += (u / sigma[i]!) ** 2;
  }
  if (count === 0) return false;
  if (sigma) return sum <= count + NOISE * Math.sqrt(2 * count);
  const largest = values.reduce((most, u) => (Math.abs(u) > most ? Math.abs(u) : most), 0);
  return Math.sqrt(squares / count) <= SMALL * largest;
}
