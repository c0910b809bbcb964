import type { Estimate } from "../../core/estimate.ts";
import type { PowerStudy } from "../power-study.ts";
import type { DrivePower } from "./drive-power.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { PowerInput } from "./input.ts";
import type { UndrivenRead } from "./undriven.ts";

/** What every part of the route shares. */
export interface RouteContext {
  readonly input: PowerInput;
  readonly power: DrivePower;
  readonly undriven: UndrivenRead | undefined;
  readonly equilibrium: Equilibrium;
  /** Qubit frequency, rad/s; NaN = not known. */
  readonly omega: number;
}

export interface RouteRates {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly PowerStudy[];
}
