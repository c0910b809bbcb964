import type { Check } from "../core/check.ts";
import type { Note } from "../core/dataset.ts";
import { calibrationAsDataMethod } from "../core/messages/fit.ts";
import type { Dataset } from "../tables/dataset.ts";
import { secondOpinionCheck } from "./cross-check.ts";
import { type Departures, departuresOf } from "./departures.ts";
import { refusedOutcome } from "./fit-outcome.ts";
import { freeFit } from "./free-fit.ts";
import { fixedFits, offsetCheck, type StatedOffset } from "./known-levels.ts";
import type { LawFit } from "./law-fit.ts";
import { exponential } from "./models/exponential.ts";
import type { FitOutcome } from "./outcome.ts";
import type { FitRecord, FittedTrace } from "./record.ts";
import type { CommonAxis } from "./rotation.ts";
import { prepareSignal } from "./signal.ts";
import type { Signal } from "./signal-type.ts";

/** Raised whenever the same dataset would give another record: part of the store's key. */
export const DECAY_FIT_VERSION = 4;

export interface DecayFitOptions {
  /** Population that the decay ends at. Default: unknown. */
  readonly offset?: StatedOffset;
  /** Row numbers, from 0, to leave out. Default none. */
  readonly excluded?: readonly number[];
  /** Axis of the I/Q plane shared by the repeats of a file (`commonAxis`); default: the trace's own principal axis. */
  readonly axis?: CommonAxis;
  /** Ask a second optimiser whether it finds the same minimum. Default false. */
  readonly crossCheck?: boolean;
}

export { commonAxis } from "./rotation.ts";

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
  const fixed = free.signalCheck.holds ? fixedFits(prepared, free, options.offset, notes) : undefined;
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
