import { HBAR } from "../physics/constants.ts";
import type { Complex } from "./complex-matrix.ts";
import { type Drive, type Expectation, expectation, steadyState, type TwoLevelRates } from "./master-equation.ts";
import { type DrivenPort, drivingShare } from "./ports.ts";

/**
 * Rabi frequency (rad/s) that a coherent wave of `watts` makes: P = hbar w_d |a_in|^2, a_in = i Omega/(2 sqrt(G)), G the part of gammaR that drives.
 * @param omegaD drive frequency, rad/s
 */
export function rabiFrequency(port: DrivenPort, gammaR: number, watts: number, omegaD: number): number {
  return 2 * Math.sqrt((drivingShare(port) * gammaR * watts) / (HBAR * omegaD));
}

/** Power (W) of the wave that makes the Rabi frequency `omega`: the inverse of `rabiFrequency`. */
export function incidentPower(port: DrivenPort, gammaR: number, omega: number, omegaD: number): number {
  return (HBAR * omegaD * omega ** 2) / (4 * (drivingShare(port) * gammaR));
}

/** Outgoing over incoming amplitude per port, physics sign exp(-i w t): `S_j = C_j + x_j (2 gammaR/Omega) (-i <s->)`. */
export function scatter(port: DrivenPort, gammaR: number, omega: number, lowering: Complex): Complex[] {
  const factor = (2 * gammaR) / omega;
  const emitted = { re: factor * lowering.im, im: -factor * lowering.re };
  return port.background.map((c, j) => {
    const x = port.exchange[j]!;
    return { re: c.re + x.re * emitted.re - x.im * emitted.im, im: c.im + x.re * emitted.im + x.im * emitted.re };
  });
}

/** A qubit under a coherent wave, in its steady state. */
export interface Driven {
  readonly excited: number;
  readonly lowering: Complex;
  /** W: incoming power, and the mean work of the drive `hbar w_d (-Omega Im <s->)`. */
  readonly incident: number;
  readonly work: number;
  /** Outgoing over incoming amplitude per port. */
  readonly s: readonly Complex[];
}

/** @param omegaQ qubit frequency, rad/s */
export function driveQubit(port: DrivenPort, rates: TwoLevelRates, drive: Drive, omegaQ: number): Driven {
  const { excited, lowering }: Expectation = expectation(steadyState(rates, drive));
  const omegaD = omegaQ + drive.delta;
  return {
    excited,
    lowering,
    incident: incidentPower(port, rates.gammaR, drive.omega, omegaD),
    work: -HBAR * omegaD * drive.omega * lowering.im,
    s: scatter(port, rates.gammaR, drive.omega, lowering),
  };
}
