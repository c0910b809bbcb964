import { type Check, check } from "../../core/check.ts";
import {
  backgroundFitted,
  farPointsOnly,
  geometryAssumed,
  lineLeft,
  lineShape,
  noReference,
  normalisationAssumed,
  noSourcePower,
  referenceNoSigma,
  unsupportedGeometry,
} from "../../core/messages/power.ts";
import type { Geometry } from "../../lab/lab.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import { extinctionOf } from "../../physics/saturation.ts";
import { columnOf } from "../../tables/dataset.ts";
import { fittedBackground } from "./background.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PowerDataset } from "./input.ts";
import { noiseFromScatter } from "./noise-from-scatter.ts";
import { normalised, type Reference, referenceOf, withoutLine } from "./normalise.ts";
import { portFor, portsIn, type ScatteringPoint, type ScatteringTrace, tracesOf } from "./scattering-traces.ts";
import { samePower } from "./source-power.ts";
import { fitSweep, type SweepFit } from "./sweep-fit.ts";
import type { SweepPoint } from "./sweep-point.ts";

/** Normalised scattering at one power, all traces of that power together, sorted by frequency. */
export interface PowerTrace {
  readonly pSource: number;
  /** W; NaN where the line's attenuation is not known. */
  readonly pDevice: number;
  /** Power in the sweep fit: at the device, or, where that is not known, as stated (k then stays inside the route). */
  readonly pFit: number;
  readonly points: readonly ScatteringPoint[];
}

/** The scattering of one qubit over all powers, normalised, and its joint fit. */
export interface Sweep {
  readonly geometry: PortGeometry;
  /** False: magnitudes only. */
  readonly complex: boolean;
  readonly traces: readonly PowerTrace[];
  readonly fit: SweepFit | undefined;
  /** What a fitted background adds to the covariance that the fit's own points explain; undefined with a reference. */
  readonly extraCovariance: readonly (readonly number[])[] | undefined;
  /** Identity of the reference's noise. */
  readonly referenceShared: string;
  /** One s.d. of a common relative error of amplitude that the normalisation leaves (fitted background); 0 with a reference trace. */
  readonly sigmaAmplitude: number;
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
  readonly datasets: readonly string[];
}

/** Either a sweep or the check that refuses it. Undefined: there are no scattering data at all. */
export function sweepOf(
  datasets: readonly PowerDataset[],
  stated: Geometry | undefined,
  power: DrivePower,
  statedFrequency: number,
): Sweep | { readonly refused: Check } | undefined {
  const scattering = datasets.filter((d) => d.dataset.kind === "scattering");
  if (scattering.length === 0) return undefined;
  if (stated === "multiport" || stated === "separate-ports")
    return { refused: check("unsupported_geometry", false, unsupportedGeometry(stated)) };
  const checks: Check[] = [];
  const remarks: string[] = [];
  const ports = portsIn(scattering);
  const geometry: PortGeometry = stated
    ? stated === "reflection"
      ? "one-port"
      : "two-sided"
    : ports.has("") || ports.has("11")
      ? "one-port"
      : "two-sided";
  if (!stated) checks.push(check("no_geometry", false, geometryAssumed(geometry === "one-port" ? "reflection" : "two-sided")));
  const port = portFor(geometry, ports);
  if (port === undefined) return { refused: check("unsupported_geometry", false, unsupportedGeometry(`${stated} without S21`)) };
  const raw = scattering
    .flatMap((d) => tracesOf(d, port))
    .map((t) => withFrequency(t, statedFrequency))
    .map(withNoise);
  const powered = raw.filter((t) => t.pSource > 0);
  if (powered.length === 0) return { refused: check("no_source_power", false, noSourcePower()) };
  const references = datasets
    .filter((d) => d.dataset.kind === "reference")
    .flatMap((d) => tracesOf(d, port).map((t) => referenceOf(withFrequency(t, statedFrequency), d.entry?.off)));
  const noiseStated = scattering.every((d) => columnOf(d.dataset, "sigma") !== undefined || d.dataset.noise.type === "relative");
  const evaluated = evaluate(powered, references, power, noiseStated);
  if (!evaluated) return { refused: check("no_reference", false, noReference()) };
  const { off, traces, complex, fit } = evaluated;
  checks.push(...off.checks);
  const whole = fit && withBackground(fit.fit, off.covariance);
  checks.push(...noiseChecks(traces, fit, noiseStated));
  return {
    geometry,
    complex,
    traces: fit ? fit.traces : traces,
    fit: whole,
    extraCovariance: fit && whole && whole !== fit.fit ? minus(whole.covariance, fit.fit.covariance) : undefined,
    referenceShared: off.shared,
    sigmaAmplitude: off.sigmaAmplitude,
    checks,
    remarks,
    datasets: [...new Set([...off.traces.map((t) => t.dataset), ...off.references])],
  };
}

interface Evaluated {
  readonly off: Normalised;
  readonly traces: readonly PowerTrace[];
  readonly complex: boolean;
  readonly fit: ReturnType<typeof fitWithNoise>;
}

/** Normalised traces and their fit. A reference that holds a rest of the line (high power, far points): it is taken out with the law, and the fit repeated. */
function evaluate(
  raw: readonly ScatteringTrace[],
  references: readonly Reference[],
  power: DrivePower,
  stated: boolean,
): Evaluated | undefined {
  const once = (refs: readonly Reference[]): Evaluated | undefined => {
    const off = normalise(raw, refs);
    if (!off) return undefined;
    const traces = groupByPower(off.traces, power);
    const complex = off.traces.every((t) => t.complex);
    return { off, traces, complex, fit: complex ? fitWithNoise(traces, stated) : undefined };
  };
  let result = once(references);
  const held = references.filter((r) => r.off !== "detuned");
  if (held.length === 0) return result;
  let corrected = false;
  for (let round = 0; round < 5; round++) {
    const fit = result?.fit?.fit;
    if (!fit?.free.includes("k")) break;
    corrected = held.every((r) => r.trace.pSource > 0);
    result = once(
      references.map((r) => {
        if (r.off === "detuned" || !(r.trace.pSource > 0)) return r;
        const device = power.toDevice(r.trace.pSource, r.trace.powerAt);
        return withoutLine(r, fit.law, fit.sign, Number.isFinite(device) ? device : r.trace.pSource);
      }),
    );
  }
  if (!result || corrected) return result;
  const checks = [...result.off.checks, check("normalisation_assumed", false, lineLeft())];
  return { ...result, off: { ...result.off, checks } };
}

/** The fit with the covariance that a fitted background leaves it. */
function withBackground(fit: SweepFit, relative: Normalised["covariance"]): SweepFit {
  if (!relative || fit.free.length < 4) return fit;
  const size = [fit.law.amplitude, fit.law.gamma2, fit.law.k, 1];
  return { ...fit, covariance: relative.map((row, i) => row.map((c, j) => c * size[i]! * size[j]!)) };
}

const minus = (a: SweepFit["covariance"], b: SweepFit["covariance"]) => a.map((row, i) => row.map((x, j) => x - b[i]![j]!));

/** Whether the line shape describes the data, and whether the reference's noise is known. */
function noiseChecks(traces: readonly PowerTrace[], fitted: ReturnType<typeof fitWithNoise>, stated: boolean): Check[] {
  const checks: Check[] = [];
  if (traces.some((t) => t.points.some((p) => Number.isNaN(p.eta)))) checks.push(check("reference_no_sigma", false, referenceNoSigma()));
  if (!fitted || fitted.fit.noiseFromResiduals || !(fitted.fit.dof > 0)) return checks;
  const { fit } = fitted;
  const reduced = fit.chi2 / fit.dof;
  // Noise that was estimated trace by trace is itself uncertain, and by so much on average.
  const estimated = stated ? 0 : NOISE_VARIANCE / traces.length;
  const limit = 1 + 5 * Math.sqrt(chi2Variance(fitted.traces, fit) / fit.dof ** 2 + estimated);
  checks.push(check("line_shape", reduced < limit, lineShape(reduced), reduced, limit));
  return checks;
}

/** Relative variance of a noise power from the scatter along one trace (median of some 80 steps that overlap). */
const NOISE_VARIANCE = 0.06;

/** Variance of chi2: 2 dof for independent residuals; the reference's noise is the same at every power and makes them vary together. */
function chi2Variance(traces: readonly PowerTrace[], fit: SweepFit): number {
  const byFrequency = new Map<number, { sum: number; squares: number }>();
  for (const p of traces.flatMap((t) => t.points)) {
    const reference = p.eta ** 2 * (p.re * p.re + p.im * p.im);
    const share = reference > 0 ? reference / (p.sigma ** 2 + reference) : 0;
    const g = byFrequency.get(p.frequency) ?? { sum: 0, squares: 0 };
    byFrequency.set(p.frequency, { sum: g.sum + share, squares: g.squares + share * share });
  }
  const quadratures = fit.free.includes("gamma2") ? 2 : 1;
  let together = 0;
  for (const { sum, squares } of byFrequency.values()) together += sum * sum - squares;
  return 2 * fit.dof + 2 * quadratures * together;
}

function withFrequency(trace: ScatteringTrace, frequency: number): ScatteringTrace {
  if (trace.points.every((p) => Number.isFinite(p.frequency))) return trace;
  return { ...trace, points: trace.points.map((p) => (Number.isFinite(p.frequency) ? p : { ...p, frequency })) };
}

/** Noise that the file does not state, from the scatter along the trace. */
function withNoise(trace: ScatteringTrace): ScatteringTrace {
  if (trace.points.every((p) => Number.isFinite(p.sigma))) return trace;
  const sigma = noiseFromScatter(trace.points, trace.complex);
  return { ...trace, points: trace.points.map((p) => ({ ...p, sigma })) };
}

interface Normalised {
  readonly traces: readonly ScatteringTrace[];
  readonly shared: string;
  readonly references: readonly string[];
  readonly sigmaAmplitude: number;
  /** Of the law with the background free (FittedBackground.covariance); undefined with a reference. */
  readonly covariance?: readonly (readonly number[])[];
  readonly checks: readonly Check[];
}

/** By the reference of nearest power; without one by a fitted background; a sweep at one frequency only if it is at 1 already. */
function normalise(traces: readonly ScatteringTrace[], references: readonly Reference[]): Normalised | undefined {
  if (references.length > 0) {
    const used = new Set<string>();
    const out = traces.map((t) => {
      const nearest = references.reduce((a, b) => (apart(b, t) < apart(a, t) ? b : a));
      used.add(nearest.trace.dataset);
      return normalised(t, nearest);
    });
    const far = references.some((r) => r.off === "far-points" && used.has(r.trace.dataset));
    const checks = far ? [check("normalisation_assumed", false, farPointsOnly())] : [];
    return { traces: out, shared: `dataset:${[...used].sort().join("+")}`, references: [...used], sigmaAmplitude: 0, checks };
  }
  const quiet = quietest(traces);
  if (quiet < 0.2) {
    const checks = [check("normalisation_assumed", false, normalisationAssumed(quiet), quiet, 0.2)];
    return { traces, shared: "no reference", references: [], sigmaAmplitude: 0, checks };
  }
  const background = fittedBackground(traces);
  if (!background) return undefined;
  const checks = [check("normalisation_assumed", false, backgroundFitted())];
  return {
    traces: background.traces,
    shared: "fitted background",
    references: [],
    sigmaAmplitude: background.sigmaAmplitude,
    covariance: background.covariance,
    checks,
  };
}

function apart(r: Reference, t: ScatteringTrace): number {
  const d = Math.abs(Math.log(r.trace.pSource / t.pSource));
  return Number.isNaN(d) ? Number.POSITIVE_INFINITY : d;
}

/** Distance from 1 where the qubit matters least: the ends of the traces and the strongest power. */
function quietest(traces: readonly ScatteringTrace[]): number {
  const strongest = traces.reduce((a, b) => (b.pSource > a.pSource ? b : a));
  const ends = traces.flatMap((t) => (t.points.length >= 9 ? [t.points[0]!, t.points.at(-1)!] : []));
  const points = ends.length > 0 ? ends : strongest.points;
  const distances = points.map((p) => Math.hypot(p.re - 1, p.im)).sort((a, b) => a - b);
  return distances[distances.length >> 1]!;
}

function groupByPower(traces: readonly ScatteringTrace[], power: DrivePower): PowerTrace[] {
  const groups: { pSource: number; pDevice: number; pFit: number; points: ScatteringPoint[] }[] = [];
  const placed = traces.map((t) => {
    const pDevice = power.toDevice(t.pSource, t.powerAt);
    return { pSource: t.pSource, pDevice, pFit: Number.isFinite(pDevice) ? pDevice : t.pSource, points: t.points };
  });
  for (const t of placed.sort((a, b) => a.pFit - b.pFit)) {
    const last = groups.at(-1);
    if (last && samePower(last.pFit, t.pFit)) last.points.push(...t.points);
    else groups.push({ ...t, points: [...t.points] });
  }
  for (const g of groups) g.points.sort((a, b) => a.frequency - b.frequency);
  return groups;
}

export function sweepPoints(traces: readonly PowerTrace[]): SweepPoint[] {
  return traces.flatMap((t) =>
    t.points.map((p) => ({ omega: 2 * Math.PI * p.frequency, power: t.pFit, re: p.re, im: p.im, sigma: p.sigma, eta: p.eta })),
  );
}

/**
 * The fit, and the traces with their noise. Noise that no file states comes from the scatter along each trace, which a line that is not finely
 * sampled inflates: the residuals of a fit that describes the data are the better measure, trace by trace.
 */
function fitWithNoise(traces: readonly PowerTrace[], stated: boolean): { fit: SweepFit; traces: readonly PowerTrace[] } | undefined {
  const fit = fitSweep(sweepPoints(traces));
  if (!fit) return undefined;
  if (fit.noiseFromResiduals) {
    const own = traces.map((t) => ({
      ...t,
      points: t.points.map((p) => ({ ...p, sigma: fit.noiseOf({ sigma: p.sigma, power: t.pFit }) })),
    }));
    return { fit, traces: own };
  }
  if (stated || !fit.free.includes("gamma2")) return { fit, traces };
  const refined = traces.map((t) => withResidualNoise(t, fit));
  const again = fitSweep(sweepPoints(refined), fit);
  return again ? { fit: again, traces: refined } : { fit, traces };
}

/** Never more than the scatter along the trace says: what exceeds it is misfit, not noise. */
function withResidualNoise(trace: PowerTrace, fit: SweepFit): PowerTrace {
  let square = 0;
  let reference = 0;
  for (const p of trace.points) {
    const x = extinctionOf(fit.law, 2 * Math.PI * p.frequency, trace.pFit);
    square += (1 - p.re - x.re) ** 2 + (p.im + fit.sign * x.im) ** 2;
    reference += 2 * p.eta ** 2 * (p.re * p.re + p.im * p.im);
  }
  const n = 2 * trace.points.length;
  if (n < FEWEST_FOR_NOISE) return trace;
  // What the reference puts into the residuals is not this trace's own; a tenth is left where it is nearly all.
  const own = Math.sqrt(Math.max(square - reference, 0.1 * square) / (n - 2));
  return { ...trace, points: trace.points.map((p) => ({ ...p, sigma: Math.min(own, p.sigma) })) };
}

/** Residuals (two per point) below which a trace says little about its noise. */
const FEWEST_FOR_NOISE = 18;
