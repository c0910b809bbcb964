import { UserError } from "../../src/core/errors.ts";
import { lawNoMinimum, noSuchTrace } from "../../src/core/messages/laws.ts";
import type { DecayFitOptions } from "../../src/fit/decay-fit.ts";
import { degenerate } from "../../src/fit/degenerate.ts";
import { freeFit } from "../../src/fit/free-fit.ts";
import { allIntervals, type IntervalRow } from "../../src/fit/intervals/all-intervals.ts";
import { type CoverageBadge, coverageBadge } from "../../src/fit/intervals/coverage-badge.ts";
import type { LawFit } from "../../src/fit/law-fit.ts";
import { decayLaw } from "../../src/fit/models/index.ts";
import { fitLawFrom, startsOf } from "../../src/fit/multistart.ts";
import { prepareSignal } from "../../src/fit/signal.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { ONE_SIGMA } from "../../src/numerics/normal.ts";
import type { Dataset } from "../../src/tables/dataset.ts";

/** What is to be looked into. */
export interface DetailOptions {
  /** Decay law; default the exponential with free offset, by the way that every trace takes. */
  readonly law: string;
  /** All kinds of interval side by side. */
  readonly intervals: boolean;
  /** Simulated traces for the coverage badge; 0 = none. */
  readonly coverage: number;
  /** Trace label; empty = all of the file. */
  readonly trace: string;
}

/** One trace, looked into. */
export interface FitDetails {
  readonly dataset: string;
  readonly trace: string;
  readonly law: string;
  /** Why there is nothing to look into; empty where there is. */
  readonly refused: string;
  /** What the data leave open of the law; empty where they determine it. */
  readonly open: string;
  readonly intervals: readonly IntervalRow[];
  readonly badge: CoverageBadge | undefined;
}

/** Fits the traces once more and looks into their errors. Nothing is stored. @throws UserError for an unknown law or trace. */
export function* fitDetails(decays: readonly (readonly [Dataset, DecayFitOptions])[], options: DetailOptions): Generator<FitDetails> {
  const model = decayLaw(options.law);
  const chosen = decays.filter(([d]) => options.trace === "" || d.labels.trace === options.trace);
  if (chosen.length === 0)
    throw new UserError(
      noSuchTrace(
        options.trace,
        decays.map(([d]) => d.labels.trace),
      ),
    );
  for (const [dataset, fitOptions] of chosen) {
    const about = { dataset: dataset.id, trace: dataset.labels.trace, law: model.name };
    const found = lawFitOf(dataset, fitOptions, options.law);
    if ("refused" in found) {
      yield { ...about, refused: found.refused, open: "", intervals: [], badge: undefined };
      continue;
    }
    const { fit, signal } = found;
    yield {
      ...about,
      refused: "",
      open: degenerate(fit) ?? "",
      intervals: options.intervals ? allIntervals(fit, signal, ONE_SIGMA) : [],
      badge: options.coverage > 0 ? coverageBadge(fit, signal, { trials: options.coverage }) : undefined,
    };
  }
}

function lawFitOf(dataset: Dataset, options: DecayFitOptions, law: string): { fit: LawFit; signal: Signal } | { refused: string } {
  const prepared = prepareSignal(dataset, options.excluded ?? [], options.axis);
  if ("unfit" in prepared) return { refused: prepared.unfit.sentence };
  const { signal } = prepared;
  const free = freeFit(signal, prepared.checks);
  if (!free.fit) return { refused: free.signalCheck.sentence };
  if (law === free.fit.model.name) return { fit: free.fit, signal };
  const model = decayLaw(law);
  const found = fitLawFrom(model, signal, startsOf(model, signal));
  return found ? { fit: found.fit, signal } : { refused: lawNoMinimum(law) };
}
