import { type Check, check } from "../core/check.ts";
import type { Note } from "../core/dataset.ts";
import {
  calibratedMethod,
  calibrationInput,
  calibrationOffset,
  offsetMethod,
  offsetNotUsed,
  offsetsDisagree,
} from "../core/messages/fit.ts";
import type { Quantity } from "../core/quantity.ts";
import { type FixedFit, fixedFit } from "./fixed-fit.ts";
import { duplicateCheck, type FreeFit } from "./free-fit.ts";
import type { PreparedSignal } from "./signal.ts";

/** Population that a decay ends at, from temperature or readout, in the unit of the measured population; `why` in words. */
export interface StatedOffset {
  readonly quantity: Quantity<"1">;
  readonly why: string;
}

/** Limit on the pull between free and fixed offset. */
const OFFSET_PULL = 3;

/** Fits in which known levels hold the amplitude, the offset, or both. */
export interface FixedFits {
  /** Amplitude and offset from the calibration points. */
  readonly calibrated: FixedFit | undefined;
  /** Offset alone, from the calibration points or stated. */
  readonly offset: FixedFit | undefined;
  /** The one that is held against the free offset. */
  readonly reference: FixedFit;
}

/** From calibration points where the trace has both, otherwise from a stated offset; undefined where nothing is known. */
export function fixedFits(prepared: PreparedSignal, free: FreeFit, stated: StatedOffset | undefined, notes: Note[]): FixedFits | undefined {
  const { signal, zero, one } = prepared;
  const base = [...prepared.checks, duplicateCheck(signal.t), free.signalCheck, ...(free.shape ? [free.shape] : [])];
  const whole = { derivative: () => 1 };
  if (zero && one) {
    const e = (rate: number, t: number) => Math.exp(-rate * t);
    const levels = [
      { derivative: (_: number, rate: number, t: number) => 1 - e(rate, t), sigma: zero.sigma, points: zero.points },
      { derivative: (_: number, rate: number, t: number) => e(rate, t), sigma: one.sigma, points: one.points },
    ];
    const calibrated = fixedFit(
      signal,
      free.grid,
      zero.value,
      one.value - zero.value,
      { name: calibrationInput(), common: false, of: levels },
      base,
      calibratedMethod,
    );
    const method = (name: string) => offsetMethod(name, calibrationOffset());
    const offset = fixedFit(
      signal,
      free.grid,
      zero.value,
      undefined,
      { name: calibrationInput(), common: false, of: [{ ...whole, sigma: zero.sigma, points: zero.points }] },
      base,
      method,
    );
    return { calibrated, offset, reference: calibrated };
  }
  if (!stated) return undefined;
  if (signal.unit !== "1") {
    notes.push({ code: "offset_not_used", text: offsetNotUsed() });
    return undefined;
  }
  const { quantity, why } = stated;
  const input = { ...whole, sigma: Number.isNaN(quantity.sigma) ? 0 : quantity.sigma, points: 1 };
  const offset = fixedFit(signal, free.grid, quantity.value, undefined, { name: why, common: true, of: [input] }, base, (name) =>
    offsetMethod(name, why),
  );
  return { calibrated: undefined, offset, reference: offset };
}

/**
 * Pull between the rates with free and with fixed offset. The fixed fit uses the same points, so the variance of the difference is the difference
 * of the variances (Hausman 1978), plus that of the fixed inputs.
 */
export function offsetCheck(free: FreeFit, fixed: FixedFit): Check | undefined {
  if (!free.fit || free.outcome.state === "refused" || fixed.outcome.state === "refused") return undefined;
  const perWindow = free.fit.p[1]! / free.fit.g;
  const sigmaFree = free.fit.sigmaG * perWindow;
  const [rateFree, rateFixed] = [free.fit.p[1]!, fixed.fit.p[1]!];
  const variance = Math.max(sigmaFree ** 2 - fixed.sigmaNoise ** 2, (0.1 * sigmaFree) ** 2) + fixed.sigmaInputs ** 2;
  const pull = Math.abs(rateFree - rateFixed) / Math.sqrt(variance);
  return check("offset_disagrees", pull <= OFFSET_PULL, offsetsDisagree(rateFree, rateFixed, pull), pull, OFFSET_PULL);
}
