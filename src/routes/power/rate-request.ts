import type { Check } from "../../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels } from "../../core/estimate.ts";
import type { Absorbed } from "./absorbed.ts";
import type { CommonInput } from "./common-input.ts";
import type { DriveLaw } from "./drive-law.ts";
import type { Excesses } from "./excess.ts";
import type { Gap } from "./gap.ts";

/** What one estimator makes of the operating points. */
export interface RateRequest {
  readonly labels: GroupLabels;
  readonly estimator: string;
  readonly quantity: "gamma1_total" | "gamma_nr";
  readonly absorbed: Absorbed;
  readonly excesses: Excesses;
  /** Inputs common to every estimator: attenuation, source. */
  readonly common: readonly CommonInput[];
  readonly gap: Gap;
  /** Equilibrium polarisation |z_eq|, for the saturated population expected at S. */
  readonly polarisation: number;
  /** Factor from W/(hbar w dn) to the quantity (1, or 1 - 2 n_eq). */
  readonly factor: number;
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
  readonly datasets: readonly string[];
  /** Whether a trend over power means anything: the scalar difference's bias is one by itself. */
  readonly trend: boolean;
  /** Response on resonance, where the scattering has a law in power. */
  readonly law?: DriveLaw | undefined;
  /** As of the input. */
  readonly valuesOnly?: boolean | undefined;
}

/** An estimate of the request's quantity under a condition. */
export type Make = (
  condition: string,
  value: number,
  lines: readonly BudgetLine[],
  own: readonly Check[],
  remark: readonly string[],
) => Estimate;
