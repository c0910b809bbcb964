import { type Check, check, statusOf } from "../../core/check.ts";
import { UserError } from "../../core/errors.ts";
import { chi2High } from "../../core/messages/fit.ts";
import * as messages from "../../core/messages/joint.ts";
import { median, scatter } from "../../numerics/quantile.ts";
import { likelihoodOf } from "../likelihood.ts";
import { CHI2_LIMIT, pearsonTail } from "../noise-checks.ts";
import type { Signal } from "../signal-type.ts";
import { atCalibration, levelErrors, levelShifts } from "./calibrated-levels.ts";
import { type DecayBlock, freeBlock, tiedBlock } from "./decay-blocks.ts";
import { bestRate, fitAlone, knownNoise } from "./decay-starts.ts";
import { type CombinedValue, fitJoint, type JointFit, type JointNumbers } from "./joint-fit.ts";
import type { JointParameter } from "./joint-problem.ts";
import { calibrationOf, READOUT_NAMES, readoutParameters, type SharedReadout } from "./readout-levels.ts";

export interface JointDecayOptions {
  /** `each` (default): a rate per trace, where T1 fluctuates; `common`: one rate of all. */
  readonly rate?: "each" | "common";
  /** Ties amplitude and offset of all traces to one readout, whose errors do not average down. Absent: both are free in every trace. */
  readonly readout?: SharedReadout;
  /**
   * What determines the readout's levels. `together` (default): calibration and traces, by one likelihood; the traces may then know the levels better than
   * the calibration does. `calibration`: the calibration alone (a cut, Plummer 2015): nothing that the traces say of the levels is believed, and their
   * error is a floor that no number of traces lowers.
   */
  readonly levels?: "together" | "calibration";
}

/** The rates of traces that were fitted together, 1/s, each with the errors that it shares with the others. */
export interface JointDecays {
  readonly fit: JointFit;
  /** Empty unless the fit converged. In the order of the traces; one entry for a common rate. */
  readonly rates: readonly CombinedValue[];
  /** Unweighted mean of the rates (or the common rate): `sigmaShared` is the floor that more traces do not lower. Absent unless the fit converged. */
  readonly mean: CombinedValue | undefined;
  /** Mean of 1/rate, s. */
  readonly t1: CombinedValue | undefined;
  /** Standard deviation of the rates (n - 1): above their `sigmaLocal` T1 itself fluctuates, and the mean's error is at least scatter/sqrt(N). NaN for one. */
  readonly scatter: number;
  readonly checks: readonly Check[];
  readonly status: "usable" | "doubtful" | "refused";
  readonly method: string;
}

/** Limit on the pull of the readout's levels. */
const PULL = 3;

/**
 * T1 traces of one qubit in one fit with the likelihood of their noise (binomial counts: true maximum likelihood). With a shared readout its assignment
 * errors are nuisance parameters of all traces: their uncertainty enters every rate with the same sign, and stays in the mean.
 * Noise that is not stated is taken from the residuals of each trace's own exponential.
 * @param signals real signals sorted by delay (`prepareSignal`); with a readout, populations.
 * @throws UserError for no traces, voltages with a readout, and a readout that is not stated properly.
 */
export function fitJointDecays(signals: readonly Signal[], options: JointDecayOptions = {}): JointDecays {
  const { readout } = options;
  if (signals.length === 0) throw new UserError(messages.noTraces());
  if (readout && signals.some((s) => s.unit !== "1")) throw new UserError(messages.levelsArePopulations());
  const common = options.rate === "common";
  const alone = fitAlone(signals);
  const likelihoods = signals.map((s, k) => likelihoodOf(knownNoise(s, alone[k]!), alone[k]!.values));
  const rateName = (k: number) => (common ? "rate" : `rate[${k}]`);
  const shared = readout ? readoutParameters(readout) : { parameters: [], blocks: [] };
  const blocks = signals.map((s, k) =>
    readout
      ? tiedBlock(`trace ${k}`, s, likelihoods[k]!, rateName(k))
      : freeBlock(`trace ${k}`, s, likelihoods[k]!, [rateName(k), `amplitude[${k}]`, `offset[${k}]`]),
  );
  const levels = shared.parameters.map((p) => p.start);
  const starts = blocks.map((b, k) => (readout ? bestRate(b, levels, signals[k]!, alone[k]!) : alone[k]!.p[1]!));
  const names = common ? ["rate"] : signals.map((_, k) => rateName(k));
  const own: JointParameter[] = (common ? [median(starts)] : starts).map((start, k) => ({ name: names[k]!, unit: "1/s", start }));
  if (!readout)
    for (const [k, { p }] of alone.entries())
      own.push(
        { name: `amplitude[${k}]`, unit: signals[k]!.unit, start: p[0]! },
        { name: `offset[${k}]`, unit: signals[k]!.unit, start: p[2]! },
      );
  const cut = readout && options.levels === "calibration" ? levelErrors(readout, shared.parameters) : undefined;
  const fit = cut
    ? fitJoint({ parameters: [...own, ...atCalibration(shared.parameters, cut)], blocks })
    : fitJoint({ parameters: [...own, ...shared.parameters], blocks: [...blocks, ...shared.blocks] });
  const words = readout
    ? messages.tiedLevelsMethod(signals.length, common, cut !== undefined)
    : messages.freeLevelsMethod(signals.length, common);
  const method = signals.some((s) => s.noise.type === "unknown") ? `${words}; ${messages.estimatedNoise()}` : words;
  const none = { fit, rates: [], mean: undefined, t1: undefined, scatter: Number.NaN, status: "refused", method } as const;
  if (fit.state !== "converged") return { ...none, checks: fit.checks };
  const loose = names.some((name) => Number.isNaN(fit.parameter(name).sigma));
  if (loose) return { ...none, checks: [check("not_converged", false, fit.undetermined.join(" "), Number.NaN, 0)] };

  const shifts = cut ? levelShifts(fit, names, { parameters: [...own, ...shared.parameters], blocks }, cut) : [];
  const combine = (weights: readonly (readonly [k: number, weight: number])[]): CombinedValue => {
    const sum = fit.combination(Object.fromEntries(weights.map(([k, weight]) => [names[k]!, weight])));
    if (!cut) return sum;
    const sigmaShared = Math.hypot(...shifts.map((shift) => weights.reduce((s, [k, weight]) => s + shift[k]! * weight, 0)));
    return { ...sum, sigma: Math.hypot(sum.sigmaLocal, sigmaShared), sigmaShared };
  };
  if (shifts.some((shift) => shift.some(Number.isNaN)))
    return { ...none, checks: [check("not_converged", false, messages.levelsOutside(), Number.NaN, 0)] };
  const n = names.length;
  const found = names.map((_, k) => combine([[k, 1]]));
  const absolute = signals.every((s) => s.noise.type !== "unknown");
  const checks = [
    ...fit.checks,
    growthCheck(names, found),
    ...(absolute ? chi2Checks(fit, blocks) : []),
    ...(readout && !cut ? [readoutCheck(fit, readout)] : []),
  ];
  return {
    fit,
    rates: found,
    mean: combine(found.map((_, k) => [k, 1 / n])),
    t1: { ...combine(found.map((r, k) => [k, -1 / (r.value * r.value * n)])), value: found.reduce((s, r) => s + 1 / r.value, 0) / n },
    scatter: n > 1 ? scatter(found.map((r) => r.value)) : Number.NaN,
    checks,
    status: statusOf(checks),
    method,
  };
}

/** Pearson's chi2 of all traces against their stated noise; nothing where the parameters leave no point over. */
function chi2Checks(fit: JointNumbers, blocks: readonly DecayBlock[]): Check[] {
  let [chi2, excess, points] = [0, 0, 0];
  for (const block of blocks) {
    const one = block.pearson(Float64Array.from(block.parameters, (name) => fit.parameter(name).value));
    chi2 += one.chi2;
    excess += one.excessVariance;
    points += block.points;
  }
  // The readout's own calibration, or its prior, pays for the shared parameters.
  const dof = points - fit.parameters.filter((p) => !p.fixed && !p.shared).length;
  if (dof < 1) return [];
  const p = pearsonTail(chi2, excess, dof);
  return [check("chi2_high", p >= CHI2_LIMIT, chi2High(chi2 / dof, dof, p), p, CHI2_LIMIT)];
}

/** The rate that is least above zero, in units of its error. */
function growthCheck(names: readonly string[], rates: readonly CombinedValue[]): Check {
  const least = rates.reduce((worst, r, k) => (r.value / r.sigma < rates[worst]!.value / rates[worst]!.sigma ? k : worst), 0);
  const { value, sigma } = rates[least]!;
  const holds = value > sigma;
  return check("growing", holds, holds ? messages.tracesDecay() : messages.traceGrows(names[least]!, value, sigma), value / sigma, 1);
}

/** How far the traces pull the levels from their calibration. */
function readoutCheck(fit: JointNumbers, readout: SharedReadout): Check {
  const known = [readout.oneGivenZero, readout.zeroGivenOne];
  let [worst, name] = [0, READOUT_NAMES[0] as string];
  for (const [k, level] of known.entries()) {
    const { value, sigma } = fit.parameter(READOUT_NAMES[k]!);
    const calibration = calibrationOf(level, value);
    const pull = (value - calibration.value) / Math.sqrt(Math.max(calibration.sigma ** 2 - sigma ** 2, 1e-6 * calibration.sigma ** 2));
    if (Math.abs(pull) > Math.abs(worst)) [worst, name] = [pull, READOUT_NAMES[k]!];
  }
  const holds = Math.abs(worst) <= PULL;
  return check("readout_pulled", holds, holds ? messages.readoutHolds() : messages.readoutPulled(name, worst, PULL), worst, PULL);
}
