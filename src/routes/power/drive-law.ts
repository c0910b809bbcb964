import { HBAR } from "../../physics/constants.ts";
import type { WorkCurve } from "../power-study.ts";
import type { Sweep } from "./sweep.ts";

/** What the sweep's law says about one qubit's response on resonance, for rates against S. */
export interface DriveLaw {
  /** Absorbed over incident power at vanishing drive, `2 A/G2` (PHYSICS.md sec. 1, saturation sweep). */
  readonly weakShare: number;
  /** 1/s; NaN for a sweep at one frequency. */
  readonly gamma2: number;
  /** rad/s; NaN for a sweep at one frequency. */
  readonly resonance: number;
}

/** Undefined without a law in power. */
export function driveLaw(sweep: Pick<Sweep, "fit">): DriveLaw | undefined {
  const { fit } = sweep;
  if (!fit?.free.includes("k")) return undefined;
  const { amplitude, gamma2, resonance } = fit.law;
  return {
    weakShare: (2 * amplitude) / gamma2,
    gamma2: fit.free.includes("gamma2") ? gamma2 : Number.NaN,
    resonance: fit.free.includes("resonance") ? resonance : Number.NaN,
  };
}

/** `W/(hbar w_d) = (2 A/G2) P/(hbar w_d (1 + kP))` on resonance over the measured powers: it saturates at `2 A/(G2 hbar w_d k) = (Gd - Gu)/2`. */
export function workCurve(sweep: Pick<Sweep, "fit" | "traces">): WorkCurve | undefined {
  const law = driveLaw(sweep);
  const powers = sweep.traces.map((t) => t.pDevice).filter((p) => p > 0);
  if (!law || !sweep.fit || powers.length < 2) return undefined;
  const { k, resonance } = sweep.fit.law;
  const photon = HBAR * resonance;
  const [low, high] = [Math.min(...powers) / 2, Math.max(...powers) * 2];
  const pDevice = Array.from({ length: STEPS + 1 }, (_, i) => low * (high / low) ** (i / STEPS));
  return {
    pDevice,
    flux: pDevice.map((p) => (law.weakShare * p) / (photon * (1 + k * p))),
    plateau: law.weakShare / (photon * k),
  };
}

const STEPS = 60;
