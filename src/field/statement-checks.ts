import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { latticeOf } from "./lattice.ts";
import type { Experiment, FieldProblem } from "./problem.ts";
import { sourceScales } from "./source-scales.ts";

/** Relative error below which the data know the size of a source, and significance of a difference from the stated one. */
const [KNOWN, OFF] = [0.2, 3];

/** Distance of neighbouring points in diffusion lengths; first step and span of times in time constants of the decay. */
const [APART, FIRST, SPAN] = [2, 2, 0.2];

/** Sizes of the sources: stated, or known by the data themselves, and whether the two agree. */
export function sizes(problem: FieldProblem, minimum: FieldMinimum): Check[] {
  const scales = sourceScales(problem, minimum);
  const bare = scales.filter(({ stated }) => Number.isNaN(stated));
  const unknown = bare.filter(({ sigma }) => !(sigma < KNOWN)).map(({ name }) => name);
  const found = bare.filter(({ sigma }) => sigma < KNOWN);
  const sentence = unknown.length > 0 ? say.sourceAssumed(unknown) : found.length > 0 ? say.sourceFound(found) : say.sourceStated();
  const checks = [check("field_source_assumed", unknown.length === 0, sentence, unknown.length, 0)];
  const off = scales
    .map((s) => ({ ...s, sigmas: s.shift / Math.hypot(s.sigma, s.stated > 0 ? s.stated : 0) }))
    .filter(({ sigmas }) => Number.isFinite(sigmas))
    .sort((a, b) => Math.abs(b.sigmas) - Math.abs(a.sigmas));
  const [worst] = off;
  if (!worst) return checks;
  const holds = Math.abs(worst.sigmas) <= OFF;
  return [
    ...checks,
    check(
      "field_source_scale",
      holds,
      say.sourceScale(worst.name, worst.shift, worst.sigma, worst.sigmas, holds),
      Math.abs(worst.sigmas),
      OFF,
    ),
  ];
}

/** What is stated of the time before the film. */
export function starts({ at, evaluator, weight }: FieldMinimum, experiments: readonly Experiment[]): Check[] {
  const gamma0 = domainMean(evaluator.resolution.grid.volumes, at.medium.gamma0);
  // Time constants in which what was before has decayed below the noise of the largest value.
  const largest = at.model.reduce((most, m, i) => Math.max(most, Math.abs(m) * Math.sqrt(weight[i]!)), 1);
  const enough = Math.log(largest);
  const settled = experiments.flatMap(({ name, times, start, from, sources }) => {
    if (!times || start !== "steady") return [];
    const begun = sources.flatMap(({ on }) => on.filter(([since, until]) => since < from && until >= from).map(([since]) => since));
    return begun.length > 0 ? [{ name, lasted: gamma0 * (from - Math.max(...begun)) }] : [];
  });
  const shortest = settled.reduce((a, b) => (b.lasted < a.lasted ? b : a), { name: "", lasted: Number.POSITIVE_INFINITY });
  if (shortest.lasted < enough)
    return [check("field_start_assumed", false, say.notSettled(shortest.name, shortest.lasted, enough), shortest.lasted, enough)];
  const transient = experiments.filter((e) => e.times !== undefined);
  return (["empty", "steady"] as const).flatMap((start) => {
    const names = transient.filter((e) => e.start === start).map((e) => e.name);
    return names.length > 0 ? [check("field_start_assumed", true, say.startAssumed(names, start))] : [];
  });
}

const domainMean = (volumes: Float64Array, field: Float64Array): number =>
  field.reduce((s, v, k) => s + v * volumes[k]!, 0) / volumes.reduce((s, v) => s + v, 0);

/** Whether points and times resolve the diffusion and the decay. */
export function resolved({ at, evaluator }: FieldMinimum, experiments: readonly Experiment[]): Check[] {
  const { volumes } = evaluator.resolution.grid;
  const [gamma0, gamma2] = [domainMean(volumes, at.medium.gamma0), domainMean(volumes, at.medium.gamma2)];
  const sampled = experiments.map(({ points, times }) => {
    const life = Math.min(1 / gamma0, times && times.length > 1 ? times[times.length - 1]! - times[0]! : Number.POSITIVE_INFINITY);
    return { spacing: spacingOf(points), length: Math.sqrt(gamma2 * life) };
  });
  const finest = sampled.reduce((a, b) => (b.spacing / b.length < a.spacing / a.length ? b : a));
  const ratio = finest.spacing / finest.length;
  const fine = ratio <= APART;
  const checks = [check("field_sensors_coarse", fine, say.sensorsCoarse(finest.spacing, finest.length, fine), ratio, APART)];
  const timed = experiments.flatMap(({ name, times }) => {
    if (!times || times.length < 2) return [];
    const steps = Array.from(times.slice(1), (t, i) => t - times[i]!);
    return [{ name, first: gamma0 * Math.min(...steps), span: gamma0 * (times[times.length - 1]! - times[0]!) }];
  });
  if (timed.length === 0) return checks;
  const best = timed.find(({ first, span }) => first <= FIRST && span >= SPAN) ?? timed[0]!;
  const holds = best.first <= FIRST && best.span >= SPAN;
  const [measured, limit] = best.first > FIRST ? [best.first, FIRST] : [best.span, SPAN];
  return [...checks, check("field_times_coarse", holds, say.timesCoarse(best.name, best.first, best.span, holds), measured, limit)];
}

function spacingOf(points: Experiment["points"]): number {
  const lattice = latticeOf(points);
  const extent = (v: Float64Array) => Math.max(...v) - Math.min(...v);
  if (lattice) {
    const along = (v: Float64Array | undefined) => (v && v.length > 1 ? extent(v) / (v.length - 1) : 0);
    return Math.max(along(lattice.xs), along(lattice.ys));
  }
  const n = points.x.length;
  return points.y ? Math.sqrt((extent(points.x) * extent(points.y)) / n) : extent(points.x) / n;
}
