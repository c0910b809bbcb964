import { type Check, check } from "../../core/check.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import * as sayLine from "../../core/messages/attenuation.ts";
import { attenuationCircular, attenuationNoSigma, attenuationUnknown, noAttenuation } from "../../core/messages/power.ts";
import { attenuationAt } from "../../lab/attenuation-table.ts";
import { CIRCULAR_ORIGINS, type Facts, type LineFacts, type Stated } from "../../lab/lab.ts";
import { LN_PER_DB, powerRatio } from "../../physics/decibel.ts";
import { type CommonInput, constantInput } from "./common-input.ts";
import { leaksOf } from "./leaks.ts";

/** From the power that is stated to the power at the qubit's port, with what is common to every point. */
export interface DrivePower {
  /**
   * W at the device from W as stated; NaN where the line's attenuation is not known.
   * @param hertz drive frequency, for an attenuation that is stated against it; absent or NaN: that of the qubit
   */
  toDevice(stated: number, powerAt: "source" | "device" | undefined, hertz?: number): number;
  readonly common: readonly CommonInput[];
  readonly checks: readonly Check[];
}

/**
 * `P_device = P_stated 10^(-A/10)/duty`, A one-way and positive. Error of A: 0.2303 per dB in ln G, shared by every qubit and cooldown that uses
 * the same entry of the lab file; `ripple` is an error of its own away from `attenuation_at`. A missing uncertainty makes the common error unknown (NaN), never zero.
 * Power that is stated at the device crosses no line: nothing between source and device acts on it, and its own error is not known. The origin of the
 * attenuation is still told, since the stated power was made with it.
 * A table is read at the frequency of each point, linear in dB, and never beyond its ends; its error is one for all frequencies.
 * @param driven frequencies of the operating points, Hz; the first stands for the qubit where its frequency is not stated
 */
export function drivePower(facts: Facts, labels: GroupLabels, statedAtDevice: boolean, driven: readonly number[] = []): DrivePower {
  const duty = facts.readout.duty_cycle ?? 1;
  const frequencies = [facts.qubit.frequency?.quantity.value ?? Number.NaN, ...driven].filter(Number.isFinite);
  const [reference = Number.NaN] = frequencies;
  const line = facts.line && atFrequency(facts.line, reference);
  const where = (powerAt: "source" | "device" | undefined) => powerAt ?? line?.power_at ?? "source";
  const table = line?.attenuation_table?.table;
  const lossAt = (hertz: number) => (table && Number.isFinite(hertz) ? attenuationAt(table, hertz) : line?.attenuation?.quantity)?.value;
  const outside = statedAtDevice || !line?.attenuation_table ? undefined : outsideTable(line.attenuation_table, frequencies);
  return {
    toDevice: (stated, powerAt, hertz = Number.NaN) => {
      const ratio = where(powerAt) === "device" ? 1 : outside ? Number.NaN : powerRatio(-(lossAt(hertz) ?? Number.NaN));
      return (stated * ratio) / duty;
    },
    common: line ? lineInputs(line, labels, reference, statedAtDevice) : unknownAtDevice(statedAtDevice),
    checks: outside ? [outside] : line ? lineChecks(line, reference, statedAtDevice) : missingLineChecks(statedAtDevice),
  };
}

/** A line whose attenuation is a table, with its value at the reference frequency, which the lab file need not state. */
function atFrequency(line: LineFacts, hertz: number): LineFacts {
  const { attenuation: _, ...others } = line;
  if (!line.attenuation_table) return line;
  const { table, entry } = line.attenuation_table;
  const quantity = attenuationAt(table, hertz);
  return quantity ? { ...others, attenuation: { quantity, entry } } : others;
}

function outsideTable({ table }: NonNullable<LineFacts["attenuation_table"]>, frequencies: readonly number[]): Check | undefined {
  if (frequencies.length === 0) return check("no_attenuation", false, sayLine.noTableFrequency(table.file));
  const [low, high] = [table.frequency[0]!, table.frequency.at(-1)!];
  const worst = frequencies.find((f) => !(f >= low && f <= high));
  return worst === undefined
    ? undefined
    : check("no_attenuation", false, sayLine.outsideTable(table.file, low, high, worst), worst, worst < low ? low : high);
}

const ATTENUATION = "attenuation";
/** Hz within which the attenuation is that of `attenuation_at`: far below the period of any cable's ripple. */
const SAME_FREQUENCY = 1e6;

function isElsewhere(line: LineFacts, hertz: number): boolean {
  return !(Math.abs(hertz - (line.attenuation_at?.quantity.value ?? Number.NaN)) < SAME_FREQUENCY);
}

function lineInputs(line: LineFacts, labels: GroupLabels, hertz: number, statedAtDevice: boolean): CommonInput[] {
  const inputs: CommonInput[] = [];
  const { attenuation, ripple, source_accuracy, repeatability } = line;
  if (statedAtDevice) inputs.push(...unknownAtDevice(true));
  else if (attenuation) {
    // An uncertainty of 0 dB is none that anybody measured.
    const sigma = attenuation.quantity.sigma > 0 ? attenuation.quantity.sigma : Number.NaN;
    inputs.push(constantInput(`${ATTENUATION} of ${line.name}`, attenuation.entry, -LN_PER_DB * sigma));
  }
  const own = (what: string, stated: Stated<{ readonly value: number }>, shared: string) =>
    inputs.push(constantInput(what, shared, LN_PER_DB * stated.quantity.value));
  if (!statedAtDevice) {
    // The same at every power and cooldown of this qubit, another one at another qubit's frequency.
    if (ripple && isElsewhere(line, hertz)) own(`ripple of ${line.name}`, ripple, `${ripple.entry} @ ${labels.device}/${labels.qubit}`);
    if (source_accuracy) own("source accuracy", source_accuracy, "source_accuracy");
    if (repeatability) own(`repeatability of ${line.name}`, repeatability, `${repeatability.entry} @ ${labels.cooldown}`);
  }
  return [...inputs, ...leaksOf(line, labels)];
}

function unknownAtDevice(statedAtDevice: boolean): CommonInput[] {
  return statedAtDevice ? [constantInput("power at the device", "power_at: device", Number.NaN)] : [];
}

function lineChecks(line: LineFacts, hertz: number, statedAtDevice: boolean): Check[] {
  const { attenuation, attenuation_at: at, attenuation_from: origin } = line;
  if (!attenuation) return missingLineChecks(statedAtDevice);
  const checks: Check[] = statedAtDevice ? missingLineChecks(true) : [];
  if (!statedAtDevice && !(attenuation.quantity.sigma > 0))
    checks.push(check("attenuation_no_sigma", false, attenuationNoSigma(attenuation.entry)));
  if (!statedAtDevice && at && !line.ripple && Number.isFinite(hertz) && isElsewhere(line, hertz))
    checks.push(
      check(
        "attenuation_elsewhere",
        false,
        sayLine.elsewhere(at.quantity.value, hertz),
        Math.abs(hertz - at.quantity.value),
        SAME_FREQUENCY,
      ),
    );
  if (origin === "unknown") checks.push(check("attenuation_unknown_origin", false, attenuationUnknown(attenuation.entry)));
  if (CIRCULAR_ORIGINS.includes(origin)) checks.push(check("circular", false, attenuationCircular(origin)));
  return checks;
}

function missingLineChecks(statedAtDevice: boolean): Check[] {
  if (statedAtDevice) return [check("attenuation_no_sigma", false, attenuationNoSigma("power_at: device"))];
  return [check("no_attenuation", false, noAttenuation())];
}
