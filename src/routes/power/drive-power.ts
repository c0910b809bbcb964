import { type Check, check } from "../../core/check.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import { attenuationCircular, attenuationNoSigma, attenuationUnknown, noAttenuation } from "../../core/messages/power.ts";
import { CIRCULAR_ORIGINS, type Facts, type LineFacts } from "../../lab/lab.ts";
import { LN_PER_DB, powerRatio } from "../../physics/decibel.ts";
import { type CommonInput, constantInput } from "./common-input.ts";

/** From the power that is stated to the power at the qubit's port, with what is common to every point. */
export interface DrivePower {
  /** W at the device from W as stated; NaN where the line's attenuation is not known. */
  toDevice(stated: number, powerAt: "source" | "device" | undefined): number;
  readonly common: readonly CommonInput[];
  readonly checks: readonly Check[];
}

/**
 * `P_device = P_stated 10^(-A/10)/duty`, A one-way and positive. Error of A: 0.2303 per dB in ln G, shared by every qubit and cooldown that uses
 * the same entry of the lab file; `ripple` is an error of its own away from `attenuation_at`. A missing uncertainty makes the common error unknown (NaN), never zero.
 * Power that is stated at the device crosses no line: nothing between source and device acts on it, and its own error is not known. The origin of the
 * attenuation is still told, since the stated power was made with it.
 */
export function drivePower(facts: Facts, labels: GroupLabels, statedAtDevice: boolean): DrivePower {
  const { line } = facts;
  const ratio = line?.attenuation ? powerRatio(-line.attenuation.quantity.value) : Number.NaN;
  const duty = facts.readout.duty_cycle ?? 1;
  const where = (powerAt: "source" | "device" | undefined) => powerAt ?? line?.power_at ?? "source";
  return {
    toDevice: (stated, powerAt) => (where(powerAt) === "device" ? stated : stated * ratio) / duty,
    common: line
      ? lineInputs(line, labels, facts.qubit.frequency?.quantity.value ?? Number.NaN, statedAtDevice)
      : unknownAtDevice(statedAtDevice),
    checks: line ? lineChecks(line, statedAtDevice) : missingLineChecks(statedAtDevice),
  };
}

const ATTENUATION = "attenuation";
/** Hz within which the attenuation is that of `attenuation_at`: far below the period of any cable's ripple. */
const SAME_FREQUENCY = 1e6;

function lineInputs(line: LineFacts, labels: GroupLabels, frequency: number, statedAtDevice: boolean): CommonInput[] {
  const inputs: CommonInput[] = [];
  const { attenuation, attenuation_at, ripple, source_accuracy, repeatability, isolation, leakage } = line;
  if (statedAtDevice) inputs.push(...unknownAtDevice(true));
  else if (attenuation) {
    // An uncertainty of 0 dB is none that anybody measured.
    const sigma = attenuation.quantity.sigma > 0 ? attenuation.quantity.sigma : Number.NaN;
    inputs.push(constantInput(`${ATTENUATION} of ${line.name}`, attenuation.entry, -LN_PER_DB * sigma));
  }
  // The same at every power and cooldown of this qubit, another one at another qubit's frequency.
  if (ripple && !statedAtDevice && !(Math.abs(frequency - (attenuation_at?.quantity.value ?? Number.NaN)) < SAME_FREQUENCY))
    inputs.push(
      constantInput(`ripple of ${line.name}`, `${ripple.entry} @ ${labels.device}/${labels.qubit}`, LN_PER_DB * ripple.quantity.value),
    );
  if (source_accuracy && !statedAtDevice)
    inputs.push(constantInput("source accuracy", "source_accuracy", LN_PER_DB * source_accuracy.quantity.value));
  if (repeatability && !statedAtDevice)
    inputs.push(
      constantInput(
        `repeatability of ${line.name}`,
        `${repeatability.entry} @ ${labels.cooldown}`,
        LN_PER_DB * repeatability.quantity.value,
      ),
    );
  if (isolation) inputs.push(constantInput(`circulator of ${line.name}`, isolation.entry, leakageError(isolation.quantity.value)));
  if (leakage) inputs.push(constantInput(`leakage of ${line.name}`, leakage.entry, leakageError(leakage.quantity.value)));
  return inputs;
}

/** A leak of amplitude eps and unknown phase multiplies the work by Re[1/(1 + eps e^{i th})]: s/G = eps/sqrt 2 = 10^(-dB/20)/sqrt 2. */
function leakageError(dB: number): number {
  return 10 ** (-Math.abs(dB) / 20) / Math.SQRT2;
}

function unknownAtDevice(statedAtDevice: boolean): CommonInput[] {
  return statedAtDevice ? [constantInput("power at the device", "power_at: device", Number.NaN)] : [];
}

function lineChecks(line: LineFacts, statedAtDevice: boolean): Check[] {
  const { attenuation, attenuation_from: origin } = line;
  if (!attenuation) return missingLineChecks(statedAtDevice);
  const checks: Check[] = statedAtDevice ? missingLineChecks(true) : [];
  if (!statedAtDevice && !(attenuation.quantity.sigma > 0))
    checks.push(check("attenuation_no_sigma", false, attenuationNoSigma(attenuation.entry)));
  if (origin === "unknown") checks.push(check("attenuation_unknown_origin", false, attenuationUnknown(attenuation.entry)));
  if (CIRCULAR_ORIGINS.includes(origin)) checks.push(check("circular", false, attenuationCircular(origin)));
  return checks;
}

function missingLineChecks(statedAtDevice: boolean): Check[] {
  if (statedAtDevice) return [check("attenuation_no_sigma", false, attenuationNoSigma("power_at: device"))];
  return [check("no_attenuation", false, noAttenuation())];
}
