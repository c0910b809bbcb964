import type { GroupLabels } from "../../core/estimate.ts";
import type { Facts } from "../../lab/lab.ts";

/** A number that a plan rests on, and where it comes from. */
export interface Expected {
  readonly value: number;
  readonly from: "measured" | "given" | "stated" | "assumed";
}

/** What is to be measured: rates in 1/s. */
export interface ExpectedQubit {
  readonly gamma1Total: Expected;
  readonly gamma2: Expected;
  readonly gammaR: Expected;
  readonly nEq: Expected;
}

/** How the measurement is made. */
export interface PlanSetting {
  /** Noise of the receiving chain, photons (`k_B T_sys/(hbar w)`). */
  readonly noisePhotons: Expected;
  /** Time from one single shot to the next, s. */
  readonly shotPeriod: Expected;
}

/** One qubit on one line. */
export interface PlanRequest {
  readonly labels: GroupLabels;
  readonly facts: Facts;
  readonly qubit: ExpectedQubit;
  readonly setting: PlanSetting;
}
