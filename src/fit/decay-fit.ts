import { type Check, check } from "../core/check.ts";
import type { Note } from "../core/dataset.ts";
import {
  calibratedMethod,
  calibrationAsDataMethod,
  calibrationInput,
  calibrationOffset,
  offsetMethod,
  offsetNotUsed,
  offsetsDisagree,
} from "../core/messages/fit.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Dataset } from "../tables/dataset.ts";
import { secondOpinionCheck } from "./cross-check.ts";
import { type Departures, departuresOf } from "./departures.ts";
import { refusedOutcome } from "./fit-outcome.ts";
import { type FixedFit, fixedFit } from "./fixed-fit.ts";
import { duplicateCheck, type FreeFit, freeFit } from "./free-fit.ts";
import type { LawFit } from "./law-fit.ts";
import { exponential } from "./models/exponential.ts";
import type { FitOutcome } from "./outcome.ts";
import type { FitRecord, FittedTrace } from "./record.ts";
import type { CommonAxis } from "./rotation.ts";
import { type PreparedSignal, prepareSignal } from "./signal.ts";
import type { Signal } from "./signal-type.ts";

/** Raised whenever the same dataset would give another record: part of the store's key. */
export const DECAY_FIT_VERSION = 4;

export interface DecayFitOptions {
  /** Population that the decay ends at, from temperature or readout, in the unit of the measured population; `why` in words. */
  readonly offset?: { readonly quantity: Quantity<"1">; readonly why: string };
  /** Row numbers, from 0, to leave out. Default none. */
  readonly excluded?: readonly number[];
  /** Axis of the I/Q plane shared by the repeats of a file (`commonAxis`); default: the trace's own principal axis. */
  readonly axis?: CommonAxis;
  /** Ask a second optimiser whether it finds the same minimum. Default false. */
  readonly crossCheck?: boolean;
}

export { commonAxis } from "./rotation.ts";

/** Limit on the pull between free and fixed offset. */
const OFFSET_PULL = 3;

/**
 * Fits the energy relaxation of one trace. Never throws for bad data: the outcome is then refused, with its reason.
 * The free offset is the main result, except where both levels were calibrated: then amplitude and offset are fixed by them, and the others are kept
 * as `alternatives`: `offset_free`, `offset_fixed`, `calibration_as_data`, and where the checks failed `without_outliers` and every wider law by its name.
 */
export function fitDecay(dataset: Dataset, options: DecayFitOptions = {}): FitRecord {
  const prepared = prepareSignal(dataset, options.excluded ?? [], options.axis);
  const record = (
    outcome: FitOutcome,
    alternatives: Record<string, FitOutcome>,
    laws: FitRecord["laws"],
    trace: FittedTrace,
    rotation: string,
    notes: readonly Note[],
  ): FitRecord => ({
    dataset: dataset.id,
    kind: dataset.kind,
    outcome,
    alternatives,
    laws,
    trace,
    rotation,
    notes,
  });
  if ("unfit" in prepared) {
    const outcome = refusedOutcome(exponential.name, 0, "", [prepared.unfit], prepared.unfit);
    return record(outcome, {}, [], { t: [], y: [], sigma: [], fit: [], unit: "1", left_out: prepared.leftOut }, "", []);
  }
  const { signal, rotation } = prepared;
  const notes = [...prepared.notes];
  const free = freeFit(signal, prepared.checks);
  const departures = departuresOf(signal, free);
  const alternatives: Record<string, FitOutcome> = { ...departures.alternatives };

  let main: FitOutcome = free.outcome;
  let shown: LawFit | undefined = free.fit;
  const fixed = free.signalCheck.holds ? fixedFits(prepared, free, options, notes) : undefined;
  if (fixed) {
    const disagreement = offsetCheck(free, fixed.reference);
    if (fixed.calibrated) {
      main = withChecks(fixed.calibrated.outcome, disagreement ? [disagreement] : []);
      shown = fixed.calibrated.fit;
      alternatives.offset_free = free.outcome;
      if (prepared.withCalibration)
        alternatives.calibration_as_data = freeFit(prepared.withCalibration, [], calibrationAsDataMethod).outcome;
    } else if (disagreement) main = withChecks(main, [disagreement]);
    if (fixed.offset) alternatives.offset_fixed = fixed.offset.outcome;
  }
  main = withSentences(main, departures.sentences);
  if (options.crossCheck && shown && main.state !== "refused") main = withChecks(main, [secondOpinionCheck(shown, signal)]);
  return record(
    main,
    alternatives,
    departures.laws,
    traceOf(signal, main.state === "refused" ? undefined : shown, prepared.leftOut, departures.better),
    rotation,
    notes,
  );
}

interface FixedFits {
  /** Amplitude and offset from the calibration points. */
  readonly calibrated: FixedFit | undefined;
  /** Offset alone, from the calibration points or stated. */
  readonly offset: FixedFit | undefined;
  /** The one that is held against the free offset. */
  readonly reference: FixedFit;
}

function fixedFits(prepared: PreparedSignal, free: FreeFit, options: DecayFitOptions, notes: Note[]): FixedFits | undefined {
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
  if (!options.offset) return undefined;
  if (signal.unit !== "1") {
    notes.push({ code: "offset_not_used", text: offsetNotUsed() });
    return undefined;
  }
  const { quantity, why } = options.offset;
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
function offsetCheck(free: FreeFit, fixed: FixedFit): Check | undefined {
  if (!free.fit || free.outcome.state === "refused" || fixed.outcome.state === "refused") return undefined;
  const perWindow = free.fit.p[1]! / free.fit.g;
  const sigmaFree = free.fit.sigmaG * perWindow;
  const [rateFree, rateFixed] = [free.fit.p[1]!, fixed.fit.p[1]!];
  const variance = Math.max(sigmaFree ** 2 - fixed.sigmaNoise ** 2, (0.1 * sigmaFree) ** 2) + fixed.sigmaInputs ** 2;
  const pull = Math.abs(rateFree - rateFixed) / Math.sqrt(variance);
  return check("offset_disagrees", pull <= OFFSET_PULL, offsetsDisagree(rateFree, rateFixed, pull), pull, OFFSET_PULL);
}

function withChecks(outcome: FitOutcome, more: readonly Check[]): FitOutcome {
  return { ...outcome, checks: [...outcome.checks, ...more] };
}

function withSentences(outcome: FitOutcome, sentences: Departures["sentences"]): FitOutcome {
  const checks = outcome.checks.map((c) => {
    const more = c.holds ? undefined : sentences[c.code];
    return more === undefined ? c : { ...c, sentence: `${c.sentence} ${more}` };
  });
  return { ...outcome, checks };
}

/** What was fitted, for the gallery: one s.d. per point of the noise that the fit used. */
function traceOf(signal: Signal, fit: LawFit | undefined, leftOut: readonly number[], better: Departures["better"]): FittedTrace {
  return {
    t: plain(signal.t),
    y: plain(signal.y),
    sigma: fit ? plain(fit.weight.map((w) => fit.scale / w)) : signal.noise.type === "sigma" ? plain(signal.noise.sigma) : [],
    fit: fit ? plain(fit.values) : [],
    unit: signal.unit,
    left_out: leftOut,
    ...(fit && better ? { better: { law: better.law, y: plain(better.found.fit.values) } } : {}),
  };
}

/** Plain numbers for a record that is stored as text; a loop is several times faster than the iterator. */
function plain(values: Float64Array): number[] {
  const out = new Array<number>(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i]!;
  return out;
}
