import { belowEquilibrium } from "../../core/messages/power.ts";
import type { PowerPoint, PowerStudy } from "../power-study.ts";
import type { RatePoint } from "./combine.ts";
import type { RateRequest } from "./rate-request.ts";

/** The part of a study that the rates themselves make. */
export type RateStudy = Omit<PowerStudy, "saturationCurve" | "workCurve" | "resonances" | "untested" | "remarks">;

/** Every operating point as the figures show it: populations as they were when the drive ended. */
export function ratePoints(
  { absorbed, excesses, factor, law }: RateRequest,
  found: {
    readonly rates: readonly RatePoint[];
    readonly usable: readonly boolean[];
    readonly flux: readonly number[];
    readonly decayed: number;
  },
): PowerPoint[] {
  const { rates, usable, flux, decayed } = found;
  return absorbed.points.map((p, i) => {
    const rate = rates[i]!;
    const excess = excesses.excess[i]!;
    return {
      pSource: p.row.pSource,
      pDevice: p.pDevice,
      frequency: p.omega / (2 * Math.PI),
      detuning: law ? (p.omega - law.resonance) / (2 * Math.PI) : Number.NaN,
      sRe: p.s.re,
      sIm: p.s.im,
      sigmaS: p.sigmaS,
      population: excesses.population[i]! + (decayed - 1) * excess,
      sigmaPopulation: excesses.sigma[i]! * decayed,
      excess: excess * decayed,
      sigmaExcess: excesses.sigma[i]! * decayed,
      flux: flux[i]! * factor,
      sigmaFlux: Math.abs(flux[i]! * factor * rate.relativeS),
      gamma: usable[i] ? rate.gamma : Number.NaN,
      sigmaGamma: usable[i] ? Math.abs(rate.gamma) * Math.hypot(rate.relativeS, rate.relativeP) : Number.NaN,
      saturation: p.saturation,
      used: usable[i]!,
      remark: usable[i] ? "" : belowEquilibrium(excess),
    };
  });
}
