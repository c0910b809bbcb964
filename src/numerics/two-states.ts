import { quantile } from "./quantile.ts";
import type { NoisySeries } from "./wandering.ts";

/** Values that lie at one of two levels in noise and switch between them at random. */
export interface TwoStates {
  readonly low: number;
  readonly high: number;
  /** Probabilities to leave each from one slot to the next. */
  readonly leaveLow: number;
  readonly leaveHigh: number;
  /** Variance beyond what is known. */
  readonly extra: number;
}

const ROUNDS = 60;
/** Longest part of a series on which the search begins; the whole is used to end it, with fewer rounds. */
const PART = 8192;
/** A round that lowers -2 ln L by less ends the search. */
const CLOSE = 0.02;

/**
 * The most likely two levels and switching rates, by expectation-maximisation (Baum, Petrie, Soules and Weiss, Ann. Math. Stat. 41, 164, 1970), from
 * several beginnings. @returns with -2 ln likelihood, ln 2 pi left out.
 */
export function fitTwoStates(series: NoisySeries): TwoStates & { readonly deviance: number } {
  const n = series.values.length;
  const typical = series.known.reduce((a, b) => a + b, 0) / n;
  const every = Math.ceil(n / PART);
  const values = series.values.filter((_, i) => i % every === 0);
  const part = { values: series.values.subarray(0, PART), known: series.known.subarray(0, PART), slots: series.slots };
  const starts = [
    [0.25, 0.75],
    [0.1, 0.6],
    [0.4, 0.9],
  ].map(([a, b]): TwoStates => {
    const [low, high] = [quantile(values, a!), quantile(values, b!)];
    return { low, high, leaveLow: 0.1, leaveHigh: 0.1, extra: Math.max(0, ((high - low) / 4) ** 2 - typical) + 1e-12 * (high - low) ** 2 };
  });
  let best: (TwoStates & { deviance: number }) | undefined;
  for (const start of starts) {
    const found = climb(part, start, typical, 8);
    if (best === undefined || found.deviance < best.deviance) best = found;
  }
  return climb(series, best!, typical, n > PART ? ROUNDS / 3 : ROUNDS);
}

function climb(series: NoisySeries, start: TwoStates, typical: number, rounds: number): TwoStates & { deviance: number } {
  let now = start;
  let best = { ...start, deviance: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const { next, deviance } = improved(series, now, typical);
    const gain = best.deviance - deviance;
    if (deviance < best.deviance) best = { ...now, deviance };
    if (!(gain > CLOSE)) break;
    now = next;
  }
  return best;
}

/** One round: the likelihood of `s`, and the states that follow from the probabilities it gives. */
function improved({ values, known, slots }: NoisySeries, s: TwoStates, typical: number): { next: TwoStates; deviance: number } {
  const n = values.length;
  const inHigh = new Float64Array(n);
  // Forward: probability to be high given all values so far, and the ratio of the two likelihoods of every value.
  const ratio = new Float64Array(n);
  const stay = 1 - s.leaveLow - s.leaveHigh;
  const share = s.leaveLow / (s.leaveLow + s.leaveHigh);
  const kept = (i: number) => {
    const step = slots[i]! - slots[i - 1]!;
    return step === 1 ? stay : stay ** step;
  };
  let [deviance, product] = [0, 1];
  for (let i = 0; i < n; i++) {
    const before = i === 0 ? share : share + kept(i) * (inHigh[i - 1]! - share);
    const v = known[i]! + s.extra;
    const a = (values[i]! - s.low) ** 2 / v;
    const b = (values[i]! - s.high) ** 2 / v;
    const nearer = Math.min(a, b);
    const far = Math.exp(-Math.abs(a - b) / 2);
    const l = (1 - before) * (a <= b ? 1 : far);
    const h = before * (a <= b ? far : 1);
    ratio[i] = a <= b ? far : Math.min(1e250, 1 / far);
    deviance += nearer;
    product *= v / (l + h) ** 2;
    if (product < 1e-100 || product > 1e100) {
      deviance += Math.log(product);
      product = 1;
    }
    inHigh[i] = h / (l + h);
  }
  deviance += Math.log(product);
  // Backward: odds of everything later, high against low.
  let odds = 1;
  let [high, highSum, low, lowSum, square] = [0, 0, 0, 0, 0];
  let [ups, fromLow, downs, fromHigh] = [0, 0, 0, 0];
  for (let i = n - 1; i >= 0; i--) {
    const forward = inHigh[i]!;
    const p = (forward * odds) / (forward * odds + 1 - forward);
    high += p;
    low += 1 - p;
    highSum += p * values[i]!;
    lowSum += (1 - p) * values[i]!;
    square += p * (values[i]! - s.high) ** 2 + (1 - p) * (values[i]! - s.low) ** 2;
    if (i === 0) break;
    const weight = odds * ratio[i]!;
    const keep = kept(i);
    const lowHigh = share * (1 - keep);
    const highHigh = share + keep * (1 - share);
    if (slots[i]! - slots[i - 1]! === 1) {
      const earlier = inHigh[i - 1]!;
      const up = (1 - earlier) * lowHigh * weight;
      const down = earlier * (1 - highHigh);
      const stayLow = (1 - earlier) * (1 - lowHigh);
      const stayHigh = earlier * highHigh * weight;
      const all = up + down + stayLow + stayHigh;
      ups += up / all;
      downs += down / all;
      fromLow += (up + stayLow) / all;
      fromHigh += (down + stayHigh) / all;
    }
    odds = Math.min(1e250, Math.max(1e-250, (1 - highHigh + highHigh * weight) / (1 - lowHigh + lowHigh * weight)));
  }
  const rate = (events: number, trials: number) => Math.min(0.5, Math.max(0.5 / n, trials > 0 ? events / trials : 0));
  const next = {
    ...{ low: low > 0 ? lowSum / low : s.low, high: high > 0 ? highSum / high : s.high },
    ...{ leaveLow: rate(ups, fromLow), leaveHigh: rate(downs, fromHigh) },
    extra: Math.max(1e-12 * (s.high - s.low) ** 2, square / n - typical),
  };
  return { next, deviance };
}

/** The most likely state of every value, 1 for high (Viterbi, IEEE Trans. Inf. Theory 13, 260, 1967). */
export function statesOf({ values, known, slots }: NoisySeries, s: TwoStates): Uint8Array {
  const n = values.length;
  const fromHigh = new Uint8Array(2 * n);
  const share = s.leaveLow / (s.leaveLow + s.leaveHigh);
  const stay = 1 - s.leaveLow - s.leaveHigh;
  let [low, high] = [Math.log(1 - share), Math.log(share)];
  for (let i = 0; i < n; i++) {
    if (i > 0) {
      const keep = stay ** (slots[i]! - slots[i - 1]!);
      const [up, down] = [share * (1 - keep), (1 - share) * (1 - keep)];
      const stayLow = low + Math.log(1 - up);
      const fall = high + Math.log(down);
      const rise = low + Math.log(up);
      const stayHigh = high + Math.log(1 - down);
      fromHigh[2 * i] = Number(fall > stayLow);
      fromHigh[2 * i + 1] = Number(stayHigh > rise);
      low = Math.max(stayLow, fall);
      high = Math.max(rise, stayHigh);
    }
    const v = known[i]! + s.extra;
    low -= (values[i]! - s.low) ** 2 / (2 * v);
    high -= (values[i]! - s.high) ** 2 / (2 * v);
  }
  const states = new Uint8Array(n);
  let state = Number(high > low);
  for (let i = n - 1; i >= 0; i--) {
    states[i] = state;
    state = fromHigh[2 * i + state]!;
  }
  return states;
}
