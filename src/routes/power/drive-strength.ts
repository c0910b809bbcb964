import { rabiOfSaturation } from "../../physics/two-level.ts";
import type { OperatingPoint } from "./operating-points.ts";
import type { Sweep } from "./sweep.ts";

/** How hard and how far from resonance every operating point was driven, rad/s; NaN = not known. */
export interface DriveStrength {
  readonly rabi: readonly number[];
  readonly detuning: readonly number[];
  /** 1/s; NaN where the sweep does not resolve the line. */
  readonly gamma2: number;
}

/**
 * Rabi rates from the saturation that the sweep shows: `S (1 + (D/G2)^2) = Omega^2/(G1tot G2)`, so that the power need not be known. They want a
 * sweep over frequency and power.
 * @param gamma G1tot, 1/s
 */
export function driveStrength(
  sweep: Pick<Sweep, "fit"> | undefined,
  points: readonly Pick<OperatingPoint, "omega" | "saturation">[],
  gamma: number,
): DriveStrength {
  const { fit } = sweep ?? {};
  const known = (name: "gamma2" | "k" | "resonance") => fit?.free.includes(name) === true;
  const gamma2 = known("gamma2") ? fit!.law.gamma2 : Number.NaN;
  const detuning = points.map((p) => (known("resonance") ? p.omega - fit!.law.resonance : Number.NaN));
  const rabi = points.map((p, i) => (known("k") ? rabiOfSaturation({ total: gamma, gamma2 }, p.saturation, detuning[i]!) : Number.NaN));
  return { rabi, detuning, gamma2 };
}

/** The largest of the known ones; NaN without any. */
export function largest(values: readonly number[]): number {
  return values.reduce((a, b) => (Math.abs(b) > a || Number.isNaN(a) ? (Number.isNaN(b) ? a : Math.abs(b)) : a), Number.NaN);
}
