import type { Check } from "../../core/check.ts";
import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/joint-route.ts";
import type { JointParameter } from "../../fit/joint/joint-problem.ts";
import type { QubitModel, Sum } from "../../fit/joint/saturation.ts";
import type { Stated } from "../../lab/lab.ts";
import { CIRCULAR_ORIGINS } from "../../lab/lab.ts";
import { decibel } from "../../physics/decibel.ts";
import { fidelity } from "../../physics/readout.ts";
import { inherited } from "../budget.ts";
import { withDecayNoise } from "../decay-noise.ts";
import { type DrivePower, drivePower } from "../power/drive-power.ts";
import { drivenFrequencies } from "../power/driven-frequencies.ts";
import { type Equilibrium, equilibriumOf } from "../power/equilibrium.ts";
import { assignmentErrors, heatingChecks } from "../power/excess.ts";
import type { PowerDataset, PowerInput } from "../power/input.ts";
import { leaksOf } from "../power/leaks.ts";
import { mergeRepeats, populationRows } from "../power/population-rows.ts";
import { readoutChecks } from "../power/readout-checks.ts";
import { type Sweep, sweepOf } from "../power/sweep.ts";
import type { SweepFit } from "../power/sweep-fit.ts";
import { undrivenIn } from "../power/undriven.ts";
import { lossEvidence, rabiEvidence } from "./driven.ts";
import type { Evidence, StatedInput } from "./evidence.ts";
import { leaking } from "./leaking.ts";
import { populationEvidence, undrivenEvidence } from "./populations.ts";
import { scatteringEvidence } from "./scattering.ts";
import { statedEvidence } from "./stated.ts";

/** Everything that the data of one qubit hold, ready to be fitted together. */
export interface JointData {
  readonly sweep: Sweep;
  readonly fit: SweepFit;
  readonly equilibrium: Equilibrium;
  readonly power: DrivePower;
  readonly model: QubitModel;
  readonly evidence: readonly Evidence[];
  /** Inputs of the lab file as standard normal parameters, and parameters that nothing is known of. */
  readonly inputs: readonly StatedInput[];
  readonly open: readonly JointParameter[];
  /** The power at the qubit is tied to the stated attenuation. */
  readonly attenuated: boolean;
  /** What `ln_attenuation` is measured from; undefined where power is stated at the device and crosses no line. */
  readonly line: AssumedLine | undefined;
  readonly decay: Estimate | undefined;
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
}

/** From the power as it is stated, while it is on, to the power at the qubit. */
interface AssumedLine {
  /** Power ratio that the scattering took; 1 where it took power as it is stated. */
  readonly ratio: number;
  /** dB, positive, from the lab file at the qubit's frequency; NaN where it says nothing. */
  readonly stated: number;
}

const USED: readonly string[] = ["scattering", "population", "rabi", "total-power"];

/**
 * What the data hold, or undefined where no complex line was swept over power. A statement without an uncertainty is none: what it is about stays free.
 * 1 power and scattering, 2 inputs with their errors, 3 populations, 4 what is known from elsewhere.
 */
export function assemble(input: PowerInput): JointData | undefined {
  const { facts, datasets, labels, decay } = input;
  // 1
  const powered = datasets.filter((d) => USED.includes(d.dataset.kind));
  const atDevice = (d: PowerDataset) => (d.entry?.power_at ?? facts.line?.power_at) === "device";
  const frequencies = drivenFrequencies(datasets, facts.qubit.frequency === undefined);
  const power = drivePower(facts, labels, powered.length > 0 && powered.every(atDevice), frequencies);
  const sweep = sweepOf(datasets, facts, power);
  if (!sweep || "refused" in sweep || !sweep.complex) return undefined;
  const { fit } = sweep;
  if (!fit?.free.includes("gamma2") || !fit.free.includes("k") || !(fit.law.k > 0)) return undefined;
  const reference = fit.law.resonance;
  const readout = assignmentErrors(facts);
  const undriven = undrivenIn(datasets, labels);
  const stated = 2 * Math.PI * (facts.qubit.frequency?.quantity.value ?? Number.NaN);
  const equilibrium = equilibriumOf(facts, readout, undriven, Number.isFinite(stated) ? stated : reference);
  // 2
  const registry = new Registry();
  const leaks = leaksOf(facts.line, labels);
  const leaky = new Set(leaks.map((l) => l.shared));
  // What acts on the depth of the line; an attenuation that the scattering was normalised with does so beside its effect on the power.
  const onDepth = [...leaks, ...sweep.common].filter((c) => Number.isFinite(c.effect([1])));
  const onPower = power.common.filter((c) => !leaky.has(c.shared));
  const remarks: string[] = [];
  const circular = facts.line !== undefined && CIRCULAR_ORIGINS.includes(facts.line.attenuation_from) && decay !== undefined;
  const calibrated = sweep.traces.every((t) => Number.isFinite(t.pDevice));
  const attenuated = calibrated && !circular && onPower.length > 0 && onPower.every((c) => Number.isFinite(c.effect([1])));
  if (calibrated && !attenuated) remarks.push(circular ? say.circularLeftOut() : say.attenuationLeftOut());
  if (attenuated) for (const c of onPower) registry.add(c.shared, c.input);
  for (const c of onDepth) registry.add(c.shared, c.input);
  const lnAttenuation: Sum = attenuated
    ? { constant: 0, terms: onPower.map((c) => ({ name: c.shared, weight: c.effect([1]) })) }
    : { constant: 0, terms: [{ name: "ln_attenuation", weight: 1 }] };
  const gap = facts.readout.drive_to_readout;
  const sums = {
    ln_attenuation: lnAttenuation,
    n_nr: ONE_BATH,
    p1_given_0: registry.sum("p1_given_0", facts.readout.p1_given_0),
    p0_given_1: registry.sum("p0_given_1", facts.readout.p0_given_1),
    gap:
      gap && Number.isFinite(gap.quantity.sigma)
        ? registry.sum("drive_to_readout", gap)
        : { constant: gap?.quantity.value ?? 0, terms: [] },
  };
  // 3
  const thermal = facts.readout.prepared === "thermal";
  const driven = mergeRepeats(datasets.filter((d) => d.dataset.kind === "population").flatMap(populationRows)).filter((r) => r.pSource > 0);
  const scattering = scatteringEvidence(sweep, fit, reference);
  const evidence: (Evidence | undefined)[] = [{ ...scattering, blocks: scattering.blocks.map((b) => leaking(b, onDepth)) }];
  if (readout) {
    const single = new Set(sweep.traces.flatMap((t) => t.points.map((p) => p.frequency)));
    const resonance = single.size === 1 ? 2 * Math.PI * [...single][0]! : reference;
    // One n_eq for all powers would be wrong where the drive heats; the populations only repeat the saturation.
    if (undriven?.heating) remarks.push(say.heatedLeftOut());
    else evidence.push(populationEvidence(driven, sweep, power, resonance, reference, thermal));
    if (undriven) evidence.push(undrivenEvidence(undriven, reference, thermal));
  }
  // 4
  const usual = facts.line?.power_at ?? "source";
  evidence.push(rabiEvidence(datasets, sweep, fit, power, usual), lossEvidence(datasets, sweep, fit, power, usual));
  for (const e of evidence) for (const { shared, input } of e?.inputs ?? []) registry.add(shared, input);
  const ids = registry.ids();
  if (decay && Number.isFinite(decay.value)) {
    const { budget, own } = withDecayNoise(decay);
    const lines = budget.map((l) => (own.has(l.shared ?? "") ? { ...l, noise: true as const } : l));
    evidence.push(statedEvidence("decay", "gamma1_total", decay.value, lines, ids, decay.datasets));
  }
  if (equilibrium.source === "stated" || equilibrium.source === "temperature")
    evidence.push(statedEvidence("equilibrium", "n_eq", equilibrium.value, equilibrium.budget, ids, equilibrium.datasets));
  const held = evidence.filter((e) => e !== undefined);
  const has = (name: Evidence["held"]) => held.some((e) => e.held === name);
  return {
    sweep,
    fit,
    equilibrium,
    power,
    model: { geometry: sweep.geometry, reference, sums },
    evidence: held,
    inputs: registry.inputs,
    open: [...(attenuated ? [] : [{ name: "ln_attenuation", unit: "1" as const, start: 0 }]), ...registry.open],
    attenuated,
    line: datasets.some((d) => d.dataset.kind === "scattering" && atDevice(d))
      ? undefined
      : lineOf(sweep, power, facts.readout.duty_cycle ?? 1),
    decay,
    checks: [
      ...inherited(sweep.checks),
      ...(attenuated ? inherited(power.checks) : []),
      ...(has("equilibrium")
        ? inherited(equilibrium.checks, ["no_equilibrium"])
        : inherited(equilibrium.checks).filter((c) => c.code === "equilibrium_disagrees")),
      ...held.flatMap((e) => inherited(e.checks ?? [])),
      ...(has("decay") && decay ? inherited(decay.checks) : []),
      ...(has("population") || has("undriven") ? inherited(readoutChecks(facts), ["no_readout"]) : []),
      ...(readout ? inherited(heatingChecks(undriven, fidelity(readout))) : []),
    ],
    remarks,
  };
}

/** Peak power in the fit over peak power as stated, `pSource/duty`. */
function lineOf(sweep: Sweep, power: DrivePower, duty: number): AssumedLine {
  const { pFit, pSource } = sweep.traces[0]!;
  const hertz = (sweep.fit?.law.resonance ?? Number.NaN) / (2 * Math.PI);
  return { ratio: (duty * pFit) / pSource, stated: -decibel(duty * power.toDevice(1, "source", hertz)) };
}

const ONE_BATH: Sum = { constant: 0, terms: [{ name: "n_r", weight: 1 }] };

/** The same data with baths of two temperatures. */
export function withTwoBaths(data: JointData): JointData {
  const { n_nr: _, ...sums } = data.model.sums;
  return {
    ...data,
    model: { ...data.model, sums },
    open: [...data.open, { name: "n_nr", unit: "1", start: Math.max(data.equilibrium.value, 0), lower: -0.4 }],
  };
}

/** Inputs by their identity: the same entry of the lab file is one parameter. */
class Registry {
  readonly inputs: StatedInput[] = [];
  readonly open: JointParameter[] = [];

  add(shared: string, input: string): void {
    if (!this.inputs.some((i) => i.shared === shared)) this.inputs.push({ shared, input });
  }

  ids(): ReadonlySet<string> {
    return new Set(this.inputs.map((i) => i.shared));
  }

  /** The stated value plus its error times a standard normal parameter; exact where the error is 0, free where it is not stated. */
  sum(
    name: string,
    stated: Stated<{ readonly value: number; readonly sigma: number; readonly unit: JointParameter["unit"] }> | undefined,
  ): Sum {
    if (!stated) return { constant: 0, terms: [] };
    const { value, sigma, unit } = stated.quantity;
    if (sigma === 0) return { constant: value, terms: [] };
    if (!Number.isFinite(sigma)) {
      this.open.push({ name, unit, start: value });
      return { constant: 0, terms: [{ name, weight: 1 }] };
    }
    this.add(stated.entry, name);
    return { constant: value, terms: [{ name: stated.entry, weight: sigma }] };
  }
}
