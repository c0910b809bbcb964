import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { notNegative, ratioOfPart } from "../../numerics/bounded-interval.ts";
import { estimateOf, scaled, sigmasOf } from "../budget.ts";
import type { Combination } from "./sources.ts";
import { covarianceOfTerms, sumOf, type Term } from "./term.ts";

/** Beyond this many sigma outside 0 to 1 the part and the whole do not belong together. */
const FARTHEST = 3;

/**
 * f_nonradiative, photons per pi pulse, and the part that was not measured, from one combination. f is the most likely value in [0, 1] with its
 * likelihood's interval; its sigma is that of the ratio at this value without the bound, so that a value at an edge still says how well it is known.
 */
export function sharesOf(labels: GroupLabels, combination: Combination, more: readonly Check[]): Estimate[] {
  const { part, how, x, y } = combination;
  const ratio = ratioOfPart(x.value, y.value, covarianceOfTerms(x, y));
  const raw = x.value / y.value;
  const radiative = part === "gamma_r";
  const f = (r: number) => (radiative ? 1 - r : r);
  const sigmas = Math.sqrt(ratio.chi2);
  const inside = !(sigmas > FARTHEST);
  const range = check(
    "partition_outside",
    inside,
    inside ? say.insideRange() : say.outsideRange(f(raw), sigmas),
    Number.isFinite(sigmas) ? sigmas : Number.NaN,
    FARTHEST,
  );
  // d(x/y) = (dx - r dy)/y at the most likely r.
  const whole = sumOf(1, x, -ratio.value, y);
  const lines = scaled(whole.lines, 1 / y.value);
  const base = {
    route: "partition" as const,
    estimator: combination.name,
    labels,
    datasets: whole.datasets,
    own: whole.own,
    checks: [...whole.checks, range, ...more],
  };
  const edge = ratio.value === raw ? [] : [say.atEdge(f(ratio.value) as 0 | 1, f(raw))];
  const bounds = radiative ? ([1 - ratio.high, 1 - ratio.low] as const) : ([ratio.low, ratio.high] as const);
  const emitted = [1 - bounds[1], 1 - bounds[0]] as const;
  const row = (
    quantity: "f_nonradiative" | "photons_per_pi_pulse",
    value: number,
    budget: readonly BudgetLine[],
    at: readonly [number, number],
    remarks: readonly string[],
  ) => estimateOf({ ...base, quantity, value, unit: "1", budget, interval: at, remark: [...remarks, say.interval(...at)].join(" ") });
  const sign = radiative ? -1 : 1;
  return [
    row("f_nonradiative", f(ratio.value), scaled(lines, sign), bounds, [how, ...edge]),
    row("photons_per_pi_pulse", 1 - f(ratio.value), scaled(lines, -sign), emitted, [say.photons(), how]),
    remainder(base, combination, sumOf(1, y, -1, x)),
  ];
}

/** Photons per pi pulse of a share that was measured itself. */
export function photonsOf(share: Estimate): Estimate {
  const { interval, unbounded: _, ...rest } = share;
  const emitted = interval ? { interval: [1 - interval[1], 1 - interval[0]] as const } : {};
  return {
    ...rest,
    ...emitted,
    route: "partition",
    quantity: "photons_per_pi_pulse",
    value: 1 - share.value,
    budget: scaled(share.budget, -1),
    remark: say.photons(),
  };
}

/** The part that was not measured: the whole minus the other one, not below zero. */
function remainder(
  base: Pick<Parameters<typeof estimateOf>[0], "route" | "estimator" | "labels" | "datasets" | "own" | "checks">,
  { part, how }: Combination,
  rest: Term,
): Estimate {
  const { sigmaStat, sigmaCommon } = sigmasOf(rest.lines);
  const bounded = notNegative(rest.value, Math.hypot(sigmaStat, sigmaCommon));
  const at = [bounded.low, bounded.high] as const;
  return estimateOf({
    ...base,
    quantity: part === "gamma_r" ? "gamma_nr" : "gamma_r",
    value: bounded.value,
    unit: "1/s",
    budget: rest.lines,
    interval: at,
    remark: [how, ...(rest.value < 0 ? [say.belowZero(rest.value)] : []), say.interval(...at, " 1/s")].join(" "),
  });
}
