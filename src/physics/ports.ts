import type { Complex } from "./complex.ts";
import { HBAR } from "./constants.ts";
import { type Drive, type Rates, steadyState } from "./two-level.ts";

/**
 * How the qubit meets the line. `one-port`: at its end, S11 is measured (one coupling Gr). `two-sided`: beside or in it,
 * S21 is measured, Gr/2 into each direction (a hanger is the same). Taking one for the other is a factor of 2 in power.
 */
export type PortGeometry = "one-port" | "two-sided";

/** Incident power that makes the Rabi rate omega: `hbar w_d omega^2/(4 Gr)` (one port), `hbar w_d omega^2/(2 Gr)` (two-sided). W. */
export function incidentPower(geometry: PortGeometry, omegaDrive: number, omega: number, gammaR: number): number {
  return (HBAR * omegaDrive * omega * omega) / ((geometry === "one-port" ? 4 : 2) * gammaR);
}

/** Rabi rate, rad/s, of the incident power (W): the inverse of `incidentPower`. */
export function rabiRate(geometry: PortGeometry, omegaDrive: number, power: number, gammaR: number): number {
  return Math.sqrt(((geometry === "one-port" ? 4 : 2) * gammaR * power) / (HBAR * omegaDrive));
}

/** `S11 = 1 + Gr z/(G2 - i delta)` (one port) or `S21 = 1 + (Gr/2) z/(G2 - i delta)`; 1 with the qubit off. */
export function scattering(geometry: PortGeometry, rates: Rates, drive: Drive, gammaR: number): Complex {
  const { re, im } = extinction(geometry, rates, drive, gammaR);
  return { re: 1 - re, im: -im };
}

/** `1 - S`, without the cancellation of 1 - S for weakly coupled or saturated qubits. */
export function extinction(geometry: PortGeometry, rates: Rates, drive: Drive, gammaR: number): Complex {
  const z = steadyState(rates, drive).z;
  const d = rates.gamma2 * rates.gamma2 + drive.delta * drive.delta;
  const a = (-(geometry === "one-port" ? gammaR : gammaR / 2) * z) / d;
  return { re: a * rates.gamma2, im: a * drive.delta };
}

/** Cancellation-free work of the drive, W: `2 P_in Gr |z| G2/(G2^2 + delta^2)` (two-sided: Gr/2), from rates. */
export function workOfDrive(geometry: PortGeometry, omegaDrive: number, rates: Rates, drive: Drive, gammaR: number): number {
  return 2 * incidentPower(geometry, omegaDrive, drive.omega, gammaR) * extinction(geometry, rates, drive, gammaR).re;
}
