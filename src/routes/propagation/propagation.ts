import { type Check, check, statusOf } from "../../core/check.ts";
import { type BudgetLine, type Estimate, sigmaOf } from "../../core/estimate.ts";
import * as say from "../../core/messages/propagation.ts";
import { type Random, random } from "../../core/random.ts";
import { quantile } from "../../numerics/quantile.ts";
import { isLeak } from "../power/leaks.ts";
import { type PowerInput, powerRoute } from "../power/power.ts";
import { OWN_NOISE } from "../power/rate-estimates.ts";
import { sweepOf } from "../power/sweep.ts";
import { repeatable } from "./draw-datasets.ts";
import { drawFacts, drawnEntries } from "./draw-facts.ts";
import { type Part, partOf } from "./measured-again.ts";

/** What all inputs drawn together make of ln G. */
export interface Propagation {
  readonly draws: number;
  /** Share of the draws that gave no rate. */
  readonly lost: number;
  readonly mean: number;
  readonly sd: number;
  /** Of G, 1/s. */
  readonly interval68: readonly [number, number];
  readonly interval95: readonly [number, number];
  /** sigma/G of the first order, over the same lines. */
  readonly firstOrder: number;
}

/** 200 draws give the standard deviation to 5 %; where every draw is a fit of the scattering, 100 must do. */
const [DRAWS, FITTED_DRAWS] = [200, 100];

/** Raised when the same inputs would be drawn otherwise: part of the stage's key. */
export const PROPAGATION_VERSION = 2;

/** Relative error below which the first order is right to a small part of itself: its own square. */
const SMALL = 0.1;
/** The same for the noise of S by itself: drawing it means fitting the scattering again. */
const SMALL_S = 0.05;

/** Whether noise, readout and n_eq move the rate so far that drawing them could say anything else. The power scale is exact in ln G, however uncertain. */
export function isWorthDrawing(input: PowerInput, quoted: Estimate): boolean {
  const entries = drawnEntries(input.facts);
  const moves = (l: BudgetLine) => isStatedInput(l, entries) || partOf(l, quoted, input.datasets) !== undefined;
  return !FROM_FITS.includes(quoted.estimator) && sizeOf(quoted, moves) > SMALL;
}

/** Made of the fitted law, which the repetition leaves out. */
const FROM_FITS: readonly string[] = ["rabi", "saturation_sweep"];

/** Relative error by some of the lines. */
function sizeOf(quoted: Estimate, takes: (line: BudgetLine) => boolean): number {
  return Math.hypot(...quoted.budget.filter(takes).map((l) => l.contribution)) / quoted.value;
}

/**
 * Distribution of a combined rate by repeating the measurement with all its inputs drawn anew (GUM supplement 1, JCGM 101:2008): populations from their
 * counts, S and its reference with their noise, readout errors, n_eq or temperature, gap and T1 from the lab file's errors; then the power scale, which
 * multiplies every rate alike: attenuation, source and the like normal in dB, a circulator's leak with a uniform phase. What the budget holds beyond
 * that, and noise of S that is small, is drawn as the line says. Undefined where an error is not known.
 * @param input of the power route @param quoted its combined rate
 */
export function propagate(input: PowerInput, quoted: Estimate, most = DRAWS, seed = 1): Propagation | undefined {
  const firstOrder = sigmaOf(quoted) / quoted.value;
  if (!(firstOrder > 0)) return undefined;
  const source = random(seed);
  // What the rate does not rest on need not be had again.
  const measurements = input.datasets.map((item) => (quoted.datasets.includes(item.dataset.id) ? repeatable(item) : undefined));
  const partOfLine = (l: BudgetLine) => partOf(l, quoted, input.datasets);
  const loud = sizeOf(quoted, (l) => partOfLine(l) === "scattering") > SMALL_S;
  const draws = loud ? Math.min(most, FITTED_DRAWS) : most;
  // Noise that is only known as the scatter of the rates cannot be put back into what was measured.
  const placed = !quoted.budget.some((l) => l.input === OWN_NOISE.scatter);
  const known = (part: Part) => placed && !measurements.some((m) => m?.unknown.includes(part));
  const again = new Set(PARTS.filter((part) => known(part) && (loud || part !== "scattering")));
  const s = again.has("scattering");
  const entries = drawnEntries(input.facts);
  const rest = quoted.budget.filter((l) => !isStatedInput(l, entries) && !again.has(partOfLine(l)!));
  const values: number[] = [];
  let kept: ReturnType<typeof sweepOf>;
  const evaluate: typeof sweepOf = s
    ? sweepOf
    : (...of) => {
        kept ??= sweepOf(...of);
        return kept;
      };
  // With the facts as they are stated.
  if (!s) powerRoute({ ...input, valuesOnly: true }, evaluate);
  for (let k = 0; k < draws; k++) {
    const datasets = input.datasets.map((item, i) => measurements[i]?.again(again, source) ?? item);
    const decay = input.decay && { ...input.decay, value: input.decay.value + sigmaOf(input.decay) * source.normal() };
    const facts = drawFacts(input.facts, source);
    const { estimates } = powerRoute({ ...input, ...(decay ? { decay } : {}), facts, datasets, valuesOnly: true }, evaluate);
    const value = estimates.find(
      (e) => e.quantity === quoted.quantity && e.estimator === quoted.estimator && e.condition === "combined",
    )?.value;
    const scale = rest.reduce((sum, l) => sum + logScale(l.contribution / quoted.value, isLeak(l.shared, input.facts.line), source), 0);
    values.push(Math.log(value ?? Number.NaN) + scale);
  }
  const good = values.filter(Number.isFinite).sort((a, b) => a - b);
  // An estimator that the repetition does not make.
  if (good.length < draws / 4) return undefined;
  const mean = good.reduce((a, b) => a + b, 0) / good.length;
  const sd = Math.sqrt(good.reduce((a, b) => a + (b - mean) ** 2, 0) / (good.length - 1));
  const between = (low: number, high: number) => [Math.exp(quantile(good, low)), Math.exp(quantile(good, high))] as const;
  return {
    draws,
    lost: 1 - good.length / draws,
    mean,
    sd,
    interval68: between(0.1587, 0.8413),
    interval95: between(0.025, 0.975),
    firstOrder,
  };
}

const PARTS: readonly Part[] = ["scattering", "powers", "populations"];

/** ln of the factor that one line of the power scale puts on the rate; a leak of amplitude eps = sqrt(2) r: `Re[1/(1 + eps e^{i th})]`. */
function logScale(relative: number, leak: boolean, source: Random): number {
  if (!leak) return relative * source.normal();
  const eps = Math.SQRT2 * Math.abs(relative);
  const phase = 2 * Math.PI * source.uniform();
  return Math.log((1 + eps * Math.cos(phase)) / (1 + 2 * eps * Math.cos(phase) + eps * eps));
}

/** Whether the line is the error of something that is drawn with the lab file's facts, or with T1. */
const isStatedInput = ({ shared = "" }: BudgetLine, entries: ReadonlySet<string>) =>
  shared.startsWith("decay noise:") || entries.has(shared);

/** First order and draws differ by more than this and their own noise: 1/sqrt(2 n) of a standard deviation from n draws, twice. */
const MOST = 0.1;

/** The estimate with what drawing its inputs says of its error; where the first order is wrong, the interval to quote. */
export function withPropagation(quoted: Estimate, drawn: Propagation): Estimate {
  const limit = MOST + 2 / Math.sqrt(2 * drawn.draws);
  const off = drawn.sd / drawn.firstOrder - 1;
  const linear = Math.abs(off) <= limit && drawn.lost < 0.01;
  const [low, high] = drawn.interval68;
  const sentence = linear
    ? say.linear(drawn.firstOrder, drawn.sd, drawn.draws)
    : say.nonlinear(drawn.firstOrder, drawn.sd, drawn.draws, low, high, drawn.lost);
  const checks: Check[] = [...quoted.checks, check("propagation_nonlinear", linear, sentence, Math.abs(off), limit)];
  if (linear) return { ...quoted, checks };
  return { ...quoted, checks, status: statusOf(checks), interval: drawn.interval68, remark: `${quoted.remark} ${sentence}`.trim() };
}
