import { chi2Tail } from "../numerics/gamma-function.ts";
import { mean } from "../numerics/quantile.ts";
import type { Measured } from "./series-statistics.ts";

/** All levels are one of two. */
export interface TwoLevels {
  readonly low: Measured;
  readonly high: Measured;
  /** Mean number of repeats at each before it switches. */
  readonly dwellLow: number;
  readonly dwellHigh: number;
}

/** So many switches make a switching; so improbable a spread about two levels denies it. */
const SWITCHES = 3;
const SPREAD_LIMIT = 0.01;

/**
 * The best division of the levels in a lower and an upper group, where each group is one value within its errors.
 * @param sizes repeats at each level.
 */
export function twoLevels(levels: readonly { readonly t1: Measured }[], sizes: readonly number[]): TwoLevels | undefined {
  if (levels.length <= SWITCHES) return undefined;
  const order = [...levels.keys()].sort((a, b) => levels[a]!.t1.value - levels[b]!.t1.value);
  const cut = bestCut(order.map((i) => levels[i]!.t1));
  const groups = [order.slice(0, cut), order.slice(cut)] as const;
  const [low, high] = groups.map((own) => common(own.map((i) => levels[i]!.t1))) as [Common, Common];
  if (!(chi2Tail(low.chi2 + high.chi2, levels.length - 2) > SPREAD_LIMIT)) return undefined;
  const dwell = (own: readonly number[]) => mean(own.map((i) => sizes[i]!));
  return { low: low.mean, high: high.mean, dwellLow: dwell(groups[0]), dwellHigh: dwell(groups[1]) };
}

/** The same for levels that are known to take turns between two values. */
export function switching(
  levels: readonly { readonly t1: Measured }[],
  sizes: readonly number[],
  values: readonly [number, number],
): TwoLevels {
  const lowFirst = levels[0]!.t1.value < levels[1]!.t1.value;
  const of = (value: number, odd: boolean) => {
    const own = levels.filter((_, k) => (k % 2 === 1) === odd);
    return { t1: { value, sigma: common(own.map((l) => l.t1)).mean.sigma }, dwell: mean(sizes.filter((_, k) => (k % 2 === 1) === odd)) };
  };
  const [low, high] = [of(values[0], !lowFirst), of(values[1], lowFirst)];
  return { low: low.t1, high: high.t1, dwellLow: low.dwell, dwellHigh: high.dwell };
}

/** Where rising values divide into two groups of least chi2 about their means: how many the lower one has. Running sums, since levels can be thousands. */
function bestCut(values: readonly Measured[]): number {
  const centre = common(values).mean.value;
  const sums = (some: readonly Measured[]) => {
    let [w, first, second] = [0, 0, 0];
    return some.map(({ value, sigma }) => {
      const [weight, v] = [sigma ** -2, value - centre];
      [w, first, second] = [w + weight, first + weight * v, second + weight * v * v];
      return second - first ** 2 / w;
    });
  };
  const below = sums(values);
  const above = sums([...values].reverse()).reverse();
  let best = 1;
  for (let cut = 2; cut < values.length; cut++) if (below[cut - 1]! + above[cut]! < below[best - 1]! + above[best]!) best = cut;
  return best;
}

interface Common {
  readonly mean: Measured;
  readonly chi2: number;
}

function common(values: readonly Measured[]): Common {
  const total = values.reduce((s, v) => s + v.sigma ** -2, 0);
  const value = values.reduce((s, v) => s + v.value * v.sigma ** -2, 0) / total;
  return { mean: { value, sigma: 1 / Math.sqrt(total) }, chi2: values.reduce((s, v) => s + ((v.value - value) / v.sigma) ** 2, 0) };
}
