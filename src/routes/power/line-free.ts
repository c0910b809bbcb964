import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/line-free.ts";
import { cholesky, choleskySolve } from "../../numerics/cholesky.ts";
import { extinctionGradient, extinctionOf, type SaturationLaw } from "../../physics/saturation.ts";
import { type Derivative, ownVariance, referenceCovariance } from "./influence.ts";
import { noiseThatWouldDo } from "./noise-that-would-do.ts";
import type { PowerTrace } from "./power-traces.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";
import type { Sweep } from "./sweep.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** A number read off the sweep, and how it moves with every measured S. */
interface Read {
  readonly value: number;
  readonly by: Derivative;
}

/** Standard deviations beyond which a cross-check fails. */
const LIMIT = 4;
/** Points within this share of the line's width count as on resonance. */
const CENTRE = 0.3;
/** S above which a power belongs to the plateau. */
const STRONG = 1;
const FEWEST = 3;
/** Points of a trace whose area can be taken. */
const FEWEST_POINTS = 5;

/**
 * Three tests that need no line shape (PHYSICS.md sec. 1, "Line shape"): `int (1-Re S) dDelta = pi A/sqrt(1+S0)` per power, the plateau of
 * `W = 2 P (1 - Re S)`, and the straightness of 1/(1-S) in P on resonance. Each compares what was read with the fitted law, whose own dependence on
 * the same data is in the error. Points beyond the span and between the steps are the law's: residuals are integrated, not S itself.
 */
export function lineFreeChecks(sweep: Sweep, fit: SweepFit): Check[] {
  if (sweep.traces.length < FEWEST || sweep.extraCovariance || !sweep.complex) return [];
  const reader = new SweepReader(sweep.traces, fit);
  const resolved = fit.free.includes("gamma2") ? sweep.traces.filter((t) => t.points.length >= FEWEST_POINTS) : [];
  const centres = sweep.traces.map((t) => ({ power: t.pFit, inverse: reader.inverse(reader.onResonance(t)) }));
  const areas = resolved.map((t) => ({ power: t.pFit, ...reader.ratio(reader.areaResidual(t), areaOf(fit.law, t.pFit)) }));
  const area = areas.reduce<(typeof areas)[number] | undefined>(
    (a, b) => (a && Math.abs(a.sigmas) >= Math.abs(b.sigmas) ? a : b),
    undefined,
  );
  const bend = bendOf(reader, centres, fit.law);
  const top = plateauOf(reader, centres, fit.law);
  const fails = [area, bend, top].some((x) => x && Math.abs(x.sigmas) > LIMIT);
  const noise = fails ? noiseThatWouldDo(sweep, fit) : undefined;
  const made = (code: Check["code"], sigmas: number, agrees: string, differs: string) => {
    const holds = !(Math.abs(sigmas) > LIMIT);
    return check(code, holds, holds ? agrees : differs, Math.abs(sigmas), LIMIT);
  };
  return [
    ...(area
      ? [
          made(
            "integrated_line",
            area.sigmas,
            say.integralAgrees(Math.abs(area.sigmas)),
            say.integralDiffers(area.value, area.sigmas, area.power, noise),
          ),
        ]
      : []),
    ...(bend ? [made("saturation_curvature", bend.sigmas, say.straight(bend.sigmas), say.bent(bend.value, bend.sigmas, noise))] : []),
    ...(top
      ? [made("saturation_plateau", top.sigmas, say.plateauAgrees(top.value, top.sigmas), say.plateauDiffers(top.value, top.sigmas, noise))]
      : []),
  ];
}

/** `pi A/sqrt(1+S0)`. */
function areaOf(law: SaturationLaw, power: number): number {
  return (Math.PI * law.amplitude) / Math.sqrt(1 + law.k * power);
}

interface Centre {
  readonly power: number;
  readonly inverse: Read;
}

/**
 * Least squares of `1/(1-S) = a + bP + c/(1+kP)`: c is what a line that is broadened otherwise adds at weak drive. Relative to the law's G2/A.
 */
function bendOf(reader: SweepReader, centres: readonly Centre[], law: SaturationLaw) {
  if (centres.length < FEWEST + 1) return undefined;
  const scale = law.gamma2 / law.amplitude;
  const shapes = [() => scale, (p: number) => scale * law.k * p, (p: number) => scale / (1 + law.k * p)];
  const weights = reader.combination(centres, shapes, 2);
  return weights && reader.compared(centres, weights);
}

/** `1/(P (1-S)) = b + a/P` over the strong powers: b is the plateau's, compared with the law's k G2/A. Sign: of the rate, which goes with 1/b. */
function plateauOf(reader: SweepReader, centres: readonly Centre[], law: SaturationLaw) {
  const strong = centres.filter((c) => law.k * c.power > STRONG);
  if (strong.length < FEWEST) return undefined;
  const scale = law.gamma2 / law.amplitude;
  const weights = reader.combination(strong, [() => scale, (p: number) => scale * law.k * p], 1);
  if (!weights) return undefined;
  const found = reader.compared(strong, weights);
  return { value: -found.value, sigmas: -found.sigmas };
}

/** Reads numbers off a sweep as what the law says plus weighted residuals, and keeps how they move with the data: directly, and through the law. */
class SweepReader {
  private readonly places: ReadonlyMap<unknown, number>;
  private readonly points: readonly ScatteringPoint[];
  private readonly fit: SweepFit;

  constructor(traces: readonly PowerTrace[], fit: SweepFit) {
    this.fit = fit;
    this.points = traces.flatMap((t) => t.points);
    this.places = new Map(this.points.map((p, i) => [p, i]));
  }

  /** Integral of the residuals of 1 - Re S by the trapezoidal rule. */
  areaResidual(trace: PowerTrace): Read {
    const omegas = trace.points.map((p) => 2 * Math.PI * p.frequency);
    const steps = omegas.map((w, i) => ((omegas[i + 1] ?? w) - (omegas[i - 1] ?? w)) / 2);
    return this.residual(trace, (i) => steps[i]!);
  }

  /** 1 - Re S on resonance: the law's plus the mean residual of the points near it. */
  onResonance(trace: PowerTrace): Read {
    const { law } = this.fit;
    const width = law.gamma2 * Math.sqrt(1 + law.k * trace.pFit);
    const distance = trace.points.map((p) => Math.abs(2 * Math.PI * p.frequency - law.resonance));
    const reach = Math.max(CENTRE * width, Math.min(...distance) * (1 + 1e-9));
    const n = distance.filter((d) => d <= reach).length;
    const mean = this.residual(trace, (i) => (distance[i]! <= reach ? 1 / n : 0));
    return this.add(
      { value: extinctionOf(law, law.resonance, trace.pFit).re, gradient: extinctionGradient(law, law.resonance, trace.pFit).re },
      mean,
    );
  }

  inverse(x: Read): Read {
    const factor = -1 / x.value ** 2;
    return { value: 1 / x.value, by: { re: x.by.re.map((d) => d * factor), im: x.by.im.map((d) => d * factor) } };
  }

  /** A small number over a large one that is taken as exact. */
  ratio(x: Read, size: number): { readonly value: number; readonly sigmas: number } {
    return { value: x.value / size, sigmas: x.value / this.sigma(x.by) };
  }

  /** Row `wanted` of the weighted least-squares inverse for y = sum_j c_j shape_j(P); weights from the points' own noise. */
  combination(centres: readonly Centre[], shapes: readonly ((p: number) => number)[], wanted: number): number[] | undefined {
    const n = shapes.length;
    const sigma = centres.map((c) => Math.sqrt(ownVariance(c.inverse.by, (i) => this.points[i]!.sigma)));
    const rows = centres.map((c, i) => shapes.map((f) => f(c.power) / sigma[i]!));
    const normal = Array.from({ length: n }, (_, a) => Array.from({ length: n }, (__, b) => rows.reduce((s, r) => s + r[a]! * r[b]!, 0)));
    const inverse = solved(normal, wanted);
    return inverse && rows.map((r, i) => r.reduce((s, x, a) => s + x * inverse[a]!, 0) / sigma[i]!);
  }

  /** Weighted sum of the inverses minus the same of the law's own. */
  compared(centres: readonly Centre[], weights: readonly number[]): { readonly value: number; readonly sigmas: number } {
    const { law } = this.fit;
    let value = 0;
    const by = { re: new Float64Array(this.points.length), im: new Float64Array(this.points.length) };
    const gradient = [0, 0, 0, 0];
    centres.forEach(({ power, inverse }, i) => {
      const x = extinctionOf(law, law.resonance, power).re;
      value += weights[i]! * (inverse.value - 1 / x);
      extinctionGradient(law, law.resonance, power).re.forEach((g, j) => {
        gradient[j]! += (weights[i]! * g) / x ** 2;
      });
      for (let p = 0; p < by.re.length; p++) {
        by.re[p]! += weights[i]! * inverse.by.re[p]!;
        by.im[p]! += weights[i]! * inverse.by.im[p]!;
      }
    });
    this.throughLaw(by, gradient);
    return { value, sigmas: value / this.sigma(by) };
  }

  private residual(trace: PowerTrace, weight: (i: number) => number): Read {
    const { law } = this.fit;
    const by = { re: new Float64Array(this.points.length), im: new Float64Array(this.points.length) };
    const gradient = [0, 0, 0, 0];
    let value = 0;
    trace.points.forEach((p, i) => {
      const w = weight(i);
      if (w === 0) return;
      const omega = 2 * Math.PI * p.frequency;
      value += w * (1 - p.re - extinctionOf(law, omega, trace.pFit).re);
      by.re[this.places.get(p)!]! -= w;
      extinctionGradient(law, omega, trace.pFit).re.forEach((g, j) => {
        gradient[j]! -= w * g;
      });
    });
    this.throughLaw(by, gradient);
    return { value, by };
  }

  private add(law: { readonly value: number; readonly gradient: readonly number[] }, x: Read): Read {
    const by = { re: x.by.re.slice(), im: x.by.im.slice() };
    this.throughLaw(by, law.gradient);
    return { value: law.value + x.value, by };
  }

  private throughLaw(by: { re: Float64Array; im: Float64Array }, gradient: readonly number[]): void {
    const { influence } = this.fit;
    gradient.forEach((g, j) => {
      if (g === 0) return;
      for (let p = 0; p < by.re.length; p++) {
        by.re[p]! += g * influence.re[j]![p]!;
        by.im[p]! += g * influence.im[j]![p]!;
      }
    });
  }

  private sigma(by: Derivative): number {
    const reference = referenceCovariance(
      [by],
      this.points.map((p) => ({ ...p, omega: p.frequency })),
    );
    return Math.sqrt(ownVariance(by, (i) => this.points[i]!.sigma) + reference[0]![0]!);
  }
}

/** Column `wanted` of the inverse of a small symmetric matrix; undefined where it is singular. */
function solved(matrix: readonly (readonly number[])[], wanted: number): number[] | undefined {
  const n = matrix.length;
  const a = Float64Array.from(matrix.flat());
  const factor = cholesky(a, n, 1e-12);
  if (!factor) return undefined;
  return [
    ...choleskySolve(
      factor,
      matrix.map((_, i) => (i === wanted ? 1 : 0)),
      n,
    ),
  ];
}
