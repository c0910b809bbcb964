import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/validity.ts";
import type { Facts } from "../../lab/lab.ts";
import { unknownPathError } from "../../physics/parasitic-path.ts";
import { driveStrength, largest } from "./drive-strength.ts";
import type { OperatingPoint } from "./operating-points.ts";
import { scatteringChecks } from "./scattering-checks.ts";
import type { Sweep } from "./sweep.ts";

/** What else is known of the rate that the checks are about. */
export interface RateKnown {
  /** |z_eq| = 1 - 2 n_eq; NaN where n_eq is not known. */
  readonly polarisation: number;
  /** Relative error of the rate. */
  readonly relative: number;
  /** The population of level 2 was measured and stands in the rate. */
  readonly thirdLevel: boolean;
}

/**
 * Assumptions of Paper I sec. 4.1 and 4.4, each measured against its limit where data and lab file allow; `untestedOf` names the others. The temperature
 * is tested where n_eq is chosen (`equilibrium_disagrees`), a white bath by the rate's constancy over drive powers (`drive_dependent`).
 * @param gamma G1tot, 1/s
 */
export function validityChecks(
  facts: Facts,
  sweep: Sweep | undefined,
  points: readonly Pick<OperatingPoint, "omega" | "saturation">[],
  gamma: number,
  known?: RateKnown,
): Check[] {
  const checks: Check[] = [];
  const push = (code: Check["code"], holds: boolean, sentence: string, measured: number, limit: number) => {
    if (Number.isFinite(measured)) checks.push(check(code, holds, sentence, measured, limit));
  };
  const omega = points.find((p) => Number.isFinite(p.omega))?.omega ?? Number.NaN;
  const { rabi, detuning, gamma2 } = driveStrength(sweep, points, gamma);
  const alpha = 2 * Math.PI * (facts.qubit.anharmonicity?.quantity.value ?? Number.NaN);
  // Off resonance the drive comes nearer to 1-2, or to 0-2 by two photons.
  const leaving = largest(rabi.map((r, i) => r / Math.min(Math.abs(alpha - detuning[i]!), Math.abs(alpha - 2 * detuning[i]!))));
  if (!known?.thirdLevel) push("two_level", leaving < 0.1, say.twoLevel(leaving), leaving, 0.1);
  const fast = largest(rabi) / omega;
  push("rwa", fast < 0.05, say.rwaRabi(fast), fast, 0.05);
  const far = largest(detuning) / omega;
  push("rwa", far < 0.05, say.rwaDetuning(far), far, 0.05);
  push("markov", omega / gamma > 100, say.markov(omega / gamma), omega / gamma, 100);
  checks.push(...channelsCheck(sweep, gamma, known), ...frequencyCheck(facts, sweep, gamma2));
  const lasted = (facts.readout.drive_duration?.quantity.value ?? Number.NaN) * gamma;
  push("steady_state", lasted >= 5, say.steadyState(lasted), lasted, 5);
  const bandwidth = ((facts.readout.if_bandwidth?.quantity.value ?? Number.NaN) * 2 * Math.PI) / gamma2;
  push("steady_state", bandwidth < 1, say.bandwidth(bandwidth), bandwidth, 1);
  for (const path of [facts.line?.isolation, facts.line?.leakage]) {
    const error = path ? unknownPathError(path.quantity.value) : Number.NaN;
    push("leakage", error < 0.1, say.leaking(error), error, 0.1);
  }
  if (sweep) checks.push(...scatteringChecks(sweep));
  return checks;
}

/** Paper I assumes one channel; any number of Markovian ones in parallel will do, of which the line's can be no more than the whole: `Gr|z|/(G1tot z^2) <= 1`. */
function channelsCheck(sweep: Sweep | undefined, gamma: number, known: RateKnown | undefined): Check[] {
  const { fit } = sweep ?? {};
  if (!sweep?.radiative || !fit?.free.includes("gamma2") || !known) return [];
  const { amplitude } = fit.law;
  const gammaRZ = (sweep.geometry === "one-port" ? 1 : 2) * amplitude;
  const share = gammaRZ / (gamma * known.polarisation ** 2);
  const relative = Math.hypot(known.relative, Math.sqrt(fit.covariance[0]![0]!) / amplitude);
  // Without an error bar nothing is exceeded.
  if (!Number.isFinite(share * relative)) return [];
  // A share of 1 would be known to this.
  const limit = 1 + 3 * relative;
  return [check("channels", share < limit, say.channels(share, share * relative), share, limit)];
}

/** Relative distance of stated and found frequency that no drift of one qubit makes. */
const SAME_QUBIT = 1e-3;

/** The lab file's frequency against the resonance found: temperature, and an attenuation that depends on frequency, follow the former. */
function frequencyCheck(facts: Facts, sweep: Sweep | undefined, gamma2: number): Check[] {
  const stated = facts.qubit.frequency?.quantity;
  const { fit } = sweep ?? {};
  if (!stated || !fit?.free.includes("resonance")) return [];
  const found = fit.law.resonance / (2 * Math.PI);
  const distance = Math.abs(stated.value - found);
  const limit = Math.max(5 * (stated.sigma || 0), SAME_QUBIT * found, (5 * (gamma2 || 0)) / (2 * Math.PI));
  return [check("frequency_disagrees", distance <= limit, say.frequencies(stated.value, found), distance, limit)];
}

/** The assumptions that could not be tested, each with the fact that would allow it. @param checks all that were made */
export function untestedOf(facts: Facts, checks: readonly Check[], powers: number): string[] {
  const made = (code: Check["code"]) => checks.some((c) => c.code === code);
  const { readout, line, qubit } = facts;
  const items = [
    made("rwa") ? undefined : say.noRabi(),
    qubit.anharmonicity ? undefined : say.noAnharmonicity(),
    made("channels") ? undefined : say.noChannels(),
    made("drive_dependent") ? undefined : powers >= 3 ? say.noTrend() : say.noSpread(),
    made("equilibrium_disagrees") ? undefined : say.noSecondTemperature(),
    readout.drive_duration ? undefined : say.noDuration(),
    readout.if_bandwidth ? undefined : say.noBandwidth(),
    readout.duty_cycle === undefined ? say.noDutyCycle() : undefined,
    line?.isolation || line?.leakage ? undefined : say.noIsolation(),
  ];
  return items.filter((i) => i !== undefined);
}
