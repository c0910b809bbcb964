import { type Check, check } from "../../core/check.ts";
import { offLine } from "../../core/messages/validity.ts";
import type { Excesses } from "./excess.ts";
import type { OperatingPoint } from "./operating-points.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** Half-widths, broadened by the drive, beyond which a point is off the line. */
const FAR = 10;
/** Times what the drive can make there, and on top of that what readout or n_eq could add to a population. */
const MANY = 5;
const OFFSET = 0.05;

/**
 * A population that a drive so far from the line cannot make: `n_e - n_eq = |z_eq|/2 S/(1+S)` with S of the sweep's law (PHYSICS.md sec. 0). The
 * frequency that is stated for it is then not that of the drive, and the S that it would be paired with is not the one it was driven at.
 */
export function offLineCheck(
  points: readonly OperatingPoint[],
  excesses: Excesses,
  fit: SweepFit | undefined,
  polarisation: number,
): Check | undefined {
  if (!fit?.free.includes("gamma2") || !fit.free.includes("k")) return undefined;
  const { gamma2, resonance } = fit.law;
  const wrong = points
    .map((p, i) => {
      const allowed = ((polarisation / 2) * p.saturation) / (1 + p.saturation);
      const widths = Math.abs(p.omega - resonance) / gamma2;
      const far = widths > FAR * Math.sqrt(1 + p.saturation * (1 + widths * widths));
      const least = excesses.excess[i]! - 5 * excesses.sigma[i]!;
      return {
        excess: excesses.excess[i]!,
        allowed,
        widths,
        holds: !(far && least > MANY * allowed + OFFSET),
        hertz: p.omega / (2 * Math.PI),
      };
    })
    .filter((p) => !p.holds)
    .sort((a, b) => b.excess - a.excess);
  const [worst] = wrong;
  if (!worst) return undefined;
  return check(
    "drive_off_line",
    false,
    offLine(wrong.length, worst, resonance / (2 * Math.PI)),
    worst.excess,
    MANY * worst.allowed + OFFSET,
  );
}
