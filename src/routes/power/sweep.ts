import { type Check, check } from "../../core/check.ts";
import { geometryAssumed, lineLeft, noReference, noSourcePower, unsupportedGeometry } from "../../core/messages/power.ts";
import type { Geometry } from "../../lab/lab.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import { columnOf } from "../../tables/dataset.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PowerDataset } from "./input.ts";
import { type Normalised, normalise } from "./normalise.ts";
import { groupByPower, type PowerTrace } from "./power-traces.ts";
import { type Reference, referenceOf, withoutLine } from "./reference.ts";
import { portFor, portsIn, type ScatteringTrace, tracesOf } from "./scattering-traces.ts";
import type { SweepFit } from "./sweep-fit.ts";
import { fitWithNoise, noiseChecks, withNoise } from "./sweep-noise.ts";

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

function withFrequency(trace: ScatteringTrace, frequency: number): ScatteringTrace {
  if (trace.points.every((p) => Number.isFinite(p.frequency))) return trace;
  return { ...trace, points: trace.points.map((p) => (Number.isFinite(p.frequency) ? p : { ...p, frequency })) };
}
