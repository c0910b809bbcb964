import type { Check, Status } from "./check.ts";
import type { Unit } from "./units.ts";

export type Route = "decay" | "power" | "partition" | "field" | "compare";

export const QUANTITIES = [
  "gamma1_total",
  "t1_mean",
  "t1_of_average",
  "t1_scatter",
  "t1_median_sigma",
  "gamma1",
  "gamma_down",
  "gamma_up",
  "n_eq",
  "n_th",
  "t_eff",
  "attenuation",
  "gamma2",
  "gamma_phi",
  "sigma_frequency",
  "gamma_r",
  "gamma_nr",
  "f_route",
  "f_nonradiative",
  "photons_per_pi_pulse",
  "channel_rate",
  "channel_share",
  "ratio_power_over_decay",
  "ratio_between_cooldowns",
  "field_gamma0",
  "field_gamma2",
  "field_gamma0_change",
  "field_bath_rate",
  "field_bath_diffusion",
] as const;
export type QuantityName = (typeof QUANTITIES)[number];

/** What one run is compared with the next by. */
export const HEADLINES: readonly QuantityName[] = ["gamma1_total", "ratio_power_over_decay", "field_gamma0", "field_gamma2"];

/** One input's share of an estimate's uncertainty. */
export interface BudgetLine {
  /** What it is, in words: `attenuation of drive1`, `shots`, ... */
  readonly input: string;
  /** d(estimate)/d(input) times the input's sigma, signed, in the estimate's unit. */
  readonly contribution: number;
  /**
   * Identity of a shared input: two estimates that name the same one have correlated errors with covariance contribution_a * contribution_b.
   * Absent: statistical, this estimate's own. Two values share their error exactly when they come from the same entry of the lab file (or the same dataset).
   */
  readonly shared?: string;
  /** A named line that is noise of one measurement all the same, seen by several rows of one fit: it counts as statistical. */
  readonly noise?: true;
}

export interface GroupLabels {
  readonly cooldown: string;
  readonly device: string;
  readonly qubit: string;
}

/** A number that a route gives. NaN = unknown (written empty), never zero. */
export interface Estimate {
  readonly route: Route;
  readonly quantity: QuantityName;
  /** How: `exponential`, `complex_s`, `scalar_difference`, ... */
  readonly estimator: string;
  /** `combined` for the value to quote; `p_in=1.2e-16 W`, `flux=0.31` for one operating point. */
  readonly condition: string;
  readonly labels: GroupLabels;
  readonly value: number;
  /** This estimate's own noise; common: every input that more than one row uses. sigma^2 = stat^2 + common^2. */
  readonly sigmaStat: number;
  readonly sigmaCommon: number;
  /** 68 % interval where it is not value -+ sigma: ends of a likelihood at a bound, quantiles of drawn inputs. */
  readonly interval?: readonly [low: number, high: number];
  /** What the data say without the bounds that the quantity has, where that is not `value`: two ways to one share are compared by it. */
  readonly unbounded?: number;
  readonly unit: Unit;
  readonly status: Status;
  readonly checks: readonly Check[];
  readonly budget: readonly BudgetLine[];
  /** Ids of the datasets it rests on. */
  readonly datasets: readonly string[];
  /** One sentence for people: the refusal's reason, the estimator's known bias, ... */
  readonly remark: string;
}

/** Total standard uncertainty; NaN when either part is not known. */
export function sigmaOf(e: Pick<Estimate, "sigmaStat" | "sigmaCommon">): number {
  return Math.hypot(e.sigmaStat, e.sigmaCommon);
}

/** Covariance of two estimates through the shared inputs that both name. */
export function covarianceOf(a: Estimate, b: Estimate): number {
  let sum = 0;
  for (const la of a.budget) {
    if (la.shared === undefined) continue;
    for (const lb of b.budget) if (lb.shared === la.shared) sum += la.contribution * lb.contribution;
  }
  return sum;
}
