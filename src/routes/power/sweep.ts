import { type Check, check } from "../../core/check.ts";
import { FORMULAS, mismatchUnseen } from "../../core/messages/ports.ts";
import { geometryAssumed, noSourcePower } from "../../core/messages/power.ts";
import type { Facts } from "../../lab/lab.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import { columnOf } from "../../tables/dataset.ts";
import { chainOf } from "./chain.ts";
import type { CommonInput } from "./common-input.ts";
import type { DrivePower } from "./drive-power.ts";
import { evaluate } from "./evaluate.ts";
import { depthCheck, twoSidedCheck, unusedChecks } from "./geometry-checks.ts";
import type { PowerDataset } from "./input.ts";
import type { Normalised } from "./normalise.ts";
import { addedCovariance, type Nuisance } from "./nuisance.ts";
import { type OnResonance, onResonance } from "./on-resonance.ts";
import { balanceCheck, portBalance } from "./port-balance.ts";
import { type PortLayout, portLayout } from "./port-layout.ts";
import type { PowerTrace } from "./power-traces.ts";
import { referenceOf } from "./reference.ts";
import { everyPort, referenceTraces, type ScatteringTrace, tracesOf } from "./scattering-traces.ts";
import { coherentShare, emissionCheck, emissionRatio } from "./sent-waves.ts";
import type { SweepFit } from "./sweep-fit.ts";
import { noiseChecks, noiseVariance, withNoise } from "./sweep-noise.ts";

/** The scattering of one qubit over all powers as the effective S of the driven port, `W = 2 P (1 - Re S)`, and its joint fit. */
export interface Sweep {
  readonly layout: PortLayout;
  /** Law that the effective S follows: its depth is Gr|z_eq|/G2 (one port) or half of it. */
  readonly geometry: PortGeometry;
  /** Whether the depth is that of all of Gr; of a multiport and of separate ports it is that of the driven port's share. */
  readonly radiative: boolean;
  /** False: magnitudes only. */
  readonly complex: boolean;
  /** Which estimator reads the work of the drive, and its formula in words. */
  readonly estimator: "complex_s" | "separate_ports" | "scalar_on_resonance";
  readonly formula: string;
  /** Coherent power that the qubit sends out over |1 - S|^2 of the incident power: 1 (one port), 2 (two-sided), Gr over the driven port's share. */
  readonly outgoing: number;
  readonly traces: readonly PowerTrace[];
  readonly fit: SweepFit | undefined;
  /** Whether the line is the law's within its noise; where it is not, S is read from the points around the drive. */
  readonly lorentzian: boolean;
  /** Relative variance of the noise power of all traces together: 0 where it is stated. */
  readonly noiseVariance: number;
  /** What fitted numbers of line and ports add to the covariance that the fit's own points explain; undefined without such. */
  readonly extraCovariance: readonly (readonly number[])[] | undefined;
  readonly nuisances: readonly Nuisance[];
  /** What the chain makes common to all points. */
  readonly common: readonly CommonInput[];
  /** Identity of the reference's noise. */
  readonly referenceShared: string;
  /** Of magnitudes: what they give on resonance, or why nothing. */
  readonly onResonance: Sweep | Check | undefined;
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
  readonly datasets: readonly string[];
}

/**
 * Either a sweep or the check that refuses it. Undefined: there are no scattering data at all.
 * 1 ports, 2 traces, 3 what they are divided by, 4 effective S and its fit, 5 what is checked.
 */
export function sweepOf(
  datasets: readonly PowerDataset[],
  facts: Facts,
  power: DrivePower,
): Sweep | { readonly refused: Check } | undefined {
  const scattering = datasets.filter((d) => d.dataset.kind === "scattering");
  if (scattering.length === 0) return undefined;
  // 1
  const measured = datasets.filter((d) => d.dataset.kind === "reference" && d.entry?.off !== "through");
  const layout = portLayout(facts.qubit, scattering, measured);
  if ("code" in layout) return { refused: layout };
  // 2
  const hertz = facts.qubit.frequency?.quantity.value ?? Number.NaN;
  const raw = scattering
    .flatMap((d) => tracesOf(d, layout.port, layout.others))
    .map((t) => withFrequency(t, hertz))
    .map(withNoise);
  const powered = raw.filter((t) => t.pSource > 0);
  if (powered.length === 0) return { refused: check("no_source_power", false, noSourcePower()) };
  // 3
  const chain = layout.reading === "wave" ? chainOf(datasets, facts, power, layout) : undefined;
  if (chain && "code" in chain) return { refused: chain };
  const column = layout.reading === "column" ? [layout.port, ...layout.others] : undefined;
  const balance = column && measured[0] ? portBalance(measured[0], column) : undefined;
  const offs = measured.map((d) => ({ d, traces: referenceTraces(d, layout).map((t) => withFrequency(t, hertz)) }));
  const references = chain?.references ?? offs.flatMap(({ d, traces }) => traces.map((t) => referenceOf(t, d.entry?.off, balance)));
  const unused = chain
    ? []
    : unusedChecks(
        offs.filter((m) => m.traces.length === 0).map((m) => m.d),
        layout,
      );
  const [first] = references;
  const ratio = layout.reading === "both" && first ? emissionCheck(emissionRatio(powered, first)) : undefined;
  const used: PortLayout = ratio && !ratio.holds ? { ...layout, reading: "ratio", others: [] } : layout;
  // 4
  const noiseStated = scattering.every((d) => columnOf(d.dataset, "sigma") !== undefined || d.dataset.noise.type === "relative");
  const referenceStated = references.some((r) => r.trace.points.some((p) => Number.isFinite(p.sigma)));
  const evaluated = evaluate(powered, references, used, power, { own: noiseStated, reference: referenceStated });
  if ("code" in evaluated) return { refused: { ...evaluated, sentence: [evaluated, ...unused].map((c) => c.sentence).join(" ") } };
  const { off, traces, complex, fit } = evaluated;
  const { nuisances = [] } = off.fitted ?? {};
  const extraCovariance = fit && nuisances.length > 0 ? addedCovariance(fit.fit, fit.traces, nuisances) : undefined;
  // 5
  const checks: Check[] = [];
  const assumed = used.law === "one-port" ? "reflection" : "two-sided";
  if (!facts.qubit.geometry) checks.push(check("no_geometry", false, geometryAssumed(assumed)));
  const shape = noiseChecks(traces, fit, noiseStated);
  checks.push(...(chain?.checks ?? []), ...off.checks, ...unused, ...shape);
  if (ratio) checks.push(ratio);
  const common = [...(chain?.common ?? []), ...off.common];
  if (balance) {
    const { check: balanced, input } = balanceCheck(balance, off.shared);
    checks.push(balanced);
    if (input) common.push(input);
  }
  const geometry = depthCheck(fit?.fit, used.geometry) ?? twoSidedCheck(scattering, measured, used);
  if (geometry) checks.push(geometry);
  const whole = fit && extraCovariance ? { ...fit.fit, covariance: plus(fit.fit.covariance, extraCovariance) } : fit?.fit;
  const sweep: Sweep = {
    layout: used,
    geometry: used.law,
    radiative: used.geometry !== "multiport" && used.geometry !== "separate-ports",
    complex,
    estimator: used.geometry === "separate-ports" ? "separate_ports" : "complex_s",
    formula: formulaOf(used, off),
    outgoing: used.reading === "column" ? coherentShare(powered, references, used) : used.law === "two-sided" ? 2 : 1,
    traces: fit ? fit.traces : traces,
    fit: whole,
    lorentzian: shape.every((c) => c.code !== "line_shape" || c.holds),
    noiseVariance: noiseVariance(traces, noiseStated),
    extraCovariance,
    nuisances,
    common,
    referenceShared: off.shared,
    onResonance: undefined,
    checks,
    remarks: used.geometry === "hanger" && complex && !off.fitted ? [mismatchUnseen()] : [],
    datasets: [...new Set([...off.traces.map((t) => t.dataset), ...off.references.filter((id) => id !== "")])],
  };
  if (complex && used.reading !== "wave") return sweep;
  if (complex && off.fitted && fit?.fit.free.includes("gamma2")) return sweep;
  return atResonance(sweep, hertz);
}

/** Magnitudes (and a wave without a line to turn it by) say something on resonance alone. */
function atResonance(sweep: Sweep, hertz: number): Sweep | { readonly refused: Check } {
  const wave = sweep.layout.reading === "wave";
  // A mismatch cannot be seen in a magnitude.
  if (!wave && sweep.layout.geometry !== "reflection" && sweep.layout.geometry !== "two-sided") return sweep;
  const found: OnResonance | Check = onResonance(sweep.traces, sweep.layout, hertz);
  if ("code" in found) return wave ? { refused: found } : { ...sweep, onResonance: found };
  const { traces, fit, remark } = found;
  const estimator = wave ? sweep.estimator : "scalar_on_resonance";
  const formula = wave ? sweep.formula : FORMULAS.scalar;
  const remarks = [...sweep.remarks, ...(remark === "" ? [] : [remark])];
  const signed: Sweep = { ...sweep, complex: true, estimator, formula, traces, fit, extraCovariance: undefined, nuisances: [], remarks };
  return wave ? signed : { ...sweep, onResonance: signed };
}

function formulaOf(layout: PortLayout, off: Normalised): string {
  if (layout.geometry === "separate-ports") return FORMULAS.separate;
  if (layout.reading === "wave") return FORMULAS.back;
  if (layout.reading === "column") return FORMULAS.column;
  if (off.fitted?.shape.exchange === "mismatch") return FORMULAS.mismatch;
  if (layout.reading === "both") return FORMULAS.both;
  return layout.law === "one-port" ? FORMULAS.reflection : FORMULAS.transmission;
}

const plus = (a: SweepFit["covariance"], b: SweepFit["covariance"]) => a.map((row, i) => row.map((x, j) => x + b[i]![j]!));

function withFrequency(trace: ScatteringTrace, frequency: number): ScatteringTrace {
  if (trace.points.every((p) => Number.isFinite(p.frequency))) return trace;
  return everyPort(trace, (points) => points.map((p) => (Number.isFinite(p.frequency) ? p : { ...p, frequency })));
}
