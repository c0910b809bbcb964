import { HBAR } from "../physics/constants.ts";
import type { Experiment, QubitSpec } from "./lab-spec.ts";

/** Source powers (dBm) at which a drive on resonance saturates the qubit so much. @param population at rest; @param attenuation dB */
export function powersFor(q: QubitSpec, saturations: readonly number[], population: number, attenuation: number): number[] {
  const total = (q.gammaR + q.gammaNr) / (1 - 2 * population);
  const gamma2 = total / 2 + q.gammaPhi;
  return saturations.map((s) => {
    const watts = (HBAR * 2 * Math.PI * q.frequency * s * total * gamma2) / (4 * drivingRate(q));
    return Number((10 * Math.log10(watts / 1e-3) + attenuation).toFixed(2));
  });
}

/** The part of gammaR that leads to the driving side: at the end of a line all, else half (of a random network, about that). */
export function drivingRate(q: QubitSpec): number {
  return q.geometry === "reflection" ? q.gammaR : q.gammaR / 2;
}

/** Half width of the undriven line, Hz. */
export function halfWidth(q: QubitSpec, population: number): number {
  return ((q.gammaR + q.gammaNr) / (1 - 2 * population) / 2 + q.gammaPhi) / (2 * Math.PI);
}

export interface PowerSweep {
  readonly powers: readonly number[];
  readonly shots: number;
  /** Points per trace, over 12 half widths. */
  readonly points: number;
  /** Noise of S against the depth of the line; `stated` in the data. */
  readonly noise: number;
  readonly stated: boolean;
  readonly detunings?: readonly number[];
}

/** What the power route of a qubit takes: scattering with its reference, populations against power, and the undriven one where it is measured. */
export function powerExperiments(name: string, q: QubitSpec, population: number, sweep: PowerSweep): Experiment[] {
  const { powers, shots, points, stated, detunings } = sweep;
  const width = halfWidth(q, population);
  const noise = (sweep.noise * drivingRate(q)) / (2 * Math.PI * width);
  return [
    { what: "scattering", qubit: name, powers, span: 12 * width, points, noise, stated },
    { what: "saturation", qubit: name, powers, shots, withFrequency: true, ...(detunings ? { detunings } : {}) },
    ...(q.equilibrium.from === "measured" ? [{ what: "equilibrium", qubit: name, shots: 2 * shots, repeats: 2 } as const] : []),
  ];
}
