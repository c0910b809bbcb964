import { HBAR } from "../physics/constants.ts";
import { type Drive, type Expectation, expectation, steadyState, type TwoLevelRates } from "./master-equation.ts";

/** How the qubit sits on its line: at its end, or beside a line that is matched on both sides (hanger and transmission alike). */
export type Port = "one-port" | "two-sided";

/** Rate into the direction from which the drive comes: all of gammaR at the end of a line, half of it beside one. */
function towards(port: Port, gammaR: number): number {
  return port === "one-port" ? gammaR : gammaR / 2;
}

/**
 * Rabi frequency (rad/s) that a coherent wave of `watts` makes: a_in = i Omega/(2 sqrt(G)), P = hbar w_d |a_in|^2, G the rate towards the port.
 * @param omegaD drive frequency, rad/s
 */
export function rabiFrequency(port: Port, gammaR: number, watts: number, omegaD: number): number {
  return 2 * Math.sqrt((towards(port, gammaR) * watts) / (HBAR * omegaD));
}

/** Power (W) of the wave that makes the Rabi frequency `omega`: the inverse of `rabiFrequency`. */
export function incidentPower(port: Port, gammaR: number, omega: number, omegaD: number): number {
  return (HBAR * omegaD * omega ** 2) / (4 * towards(port, gammaR));
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export interface Scattered {
  /** Reflection at the end of a line; beside a line the wave sent back. */
  readonly s11: Complex;
  /** Transmission past the qubit; NaN at the end of a line. */
  readonly s21: Complex;
}

/**
 * Outgoing over incoming amplitude, physics sign exp(-i w t): a_out = a_in + sqrt(G) <s->.
 * End of a line: S11 = a_out/a_in (1 with the qubit off). Beside a line: S21 = a_out/a_in, S11 = S21 - 1.
 */
export function scatter(port: Port, gammaR: number, omega: number, lowering: Complex): Scattered {
  // sqrt(G) s / (i Omega/(2 sqrt(G))) = -2 i G s / Omega
  const factor = (2 * towards(port, gammaR)) / omega;
  const emitted = { re: factor * lowering.im, im: -factor * lowering.re };
  const through = { re: 1 + emitted.re, im: emitted.im };
  if (port === "one-port") return { s11: through, s21: { re: Number.NaN, im: Number.NaN } };
  return { s11: emitted, s21: through };
}

/** A qubit under a coherent wave, in its steady state. */
export interface Driven extends Scattered {
  readonly excited: number;
  readonly lowering: Complex;
  /** W: incoming power, and the mean work of the drive `hbar w_d (-Omega Im <s->)`. */
  readonly incident: number;
  readonly work: number;
}

/** @param omegaQ qubit frequency, rad/s */
export function driveQubit(port: Port, rates: TwoLevelRates, drive: Drive, omegaQ: number): Driven {
  const { excited, lowering }: Expectation = expectation(steadyState(rates, drive));
  const omegaD = omegaQ + drive.delta;
  return {
    excited,
    lowering,
    incident: incidentPower(port, rates.gammaR, drive.omega, omegaD),
    work: -HBAR * omegaD * drive.omega * lowering.im,
    ...scatter(port, rates.gammaR, drive.omega, lowering),
  };
}
