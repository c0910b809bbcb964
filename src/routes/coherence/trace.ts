import * as say from "../../core/messages/power-data.ts";
import { type CoherenceShape, coherenceLaw } from "../../fit/driven/coherence-law.ts";
import { gainOverConstant } from "../../fit/driven/gain.ts";
import { type LawFit, sigmaOf } from "../../fit/law-fit.ts";
import { fitLawFrom } from "../../fit/multistart.ts";
import { prepareSignal } from "../../fit/signal.ts";
import { ENDINGS } from "../../numerics/least-squares.ts";
import { type Dataset, measuredIn } from "../../tables/dataset.ts";
import { conditionText } from "../decay.ts";

/** How a coherence was measured: that decides which frequency noise it sees. */
export type Sequence = "ramsey" | "echo" | "coherence";

/** The decay of one trace's coherence. */
export interface CoherenceTrace {
  readonly sequence: Sequence;
  readonly condition: string;
  readonly dataset: string;
  /** 1/s, with its standard deviation. */
  readonly gamma2: number;
  readonly sigma: number;
  /** Gain in chi2 by a Gaussian factor, and the delay at which the coherence has then fallen to 1/e, s. */
  readonly gaussian: number;
  readonly oneOverE: number;
  /** Empty, or why there is no number. */
  readonly refused: string;
}

/** Gain in chi2 that makes a trace oscillate (three parameters more, many frequencies tried). */
const OSCILLATES = 30;
/** Gain in chi2 over a constant below which there is no decay. */
const DECAYS = 25;
const FEWEST_SIGMA = 3;

/** One exponential, oscillating where the trace does (Ramsey off resonance, echo with a turning phase), with a test of its shape. */
export function coherenceTrace(dataset: Dataset): CoherenceTrace {
  const base = {
    ...{ sequence: sequenceOf(dataset), dataset: dataset.id },
    condition: dataset.axis === "swept" ? conditionText(dataset.conditions) : "combined",
    ...{ gamma2: Number.NaN, sigma: Number.NaN, gaussian: Number.NaN, oneOverE: Number.NaN },
  };
  const refuse = (why: string): CoherenceTrace => ({ ...base, refused: say.noCoherence(why) });
  const prepared = prepareSignal(dataset);
  if ("unfit" in prepared) return refuse(prepared.unfit.sentence);
  const { signal } = prepared;
  const fitted = (shape: CoherenceShape) => {
    const law = coherenceLaw(shape);
    return fitLawFrom(law, signal, law.starts(signal))?.fit;
  };
  const plain = fitted({ oscillating: false, gaussian: false });
  const wave = fitted({ oscillating: true, gaussian: false });
  const oscillating = wave !== undefined && (plain === undefined || gain(plain, wave) > OSCILLATES);
  const fit = oscillating ? wave : plain;
  if (!fit) return refuse(ENDINGS.bad_start.sentence);
  const ending = ENDINGS[fit.minimum.ending];
  if (!ending.converged) return refuse(ending.sentence);
  const gamma2 = fit.p[1]!;
  const sigma = sigmaOf(fit, fit.model.rate(fit.p).gradient);
  if (!(gainOverConstant(fit, signal) > DECAYS) || !(gamma2 > FEWEST_SIGMA * sigma)) return refuse(say.notDecaying());
  const bent = fitted({ oscillating, gaussian: true });
  return {
    ...base,
    ...{ gamma2, sigma, refused: "" },
    gaussian: bent ? gain(fit, bent) : 0,
    oneOverE: bent ? fallenAt(bent.p[1]!, bent.p.at(-1)!) : 1 / gamma2,
  };
}

/** By how much the second fit is better, in chi2 of its own noise. */
function gain(a: LawFit, b: LawFit): number {
  return (2 * (a.minimum.objective - b.minimum.objective)) / b.scale ** 2;
}

/** Root of `rate t + b t^2 = 1`. */
function fallenAt(rate: number, b: number): number {
  return 2 / (rate + Math.sqrt(rate * rate + 4 * b));
}

/** By the words of the trace and its file's name: nothing in the numbers tells an echo from a Ramsey fringe on resonance. */
function sequenceOf(dataset: Dataset): Sequence {
  const files = measuredIn(dataset).map((s) => s.path.slice(s.path.lastIndexOf("/") + 1));
  const words = [dataset.labels.trace, ...files].join(" ");
  if (/echo|hahn/i.test(words)) return "echo";
  return /ramsey|t2_?(?:star|\*)|fid(?:[^a-z]|$)/i.test(words) ? "ramsey" : "coherence";
}
