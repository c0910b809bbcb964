import type { Random } from "../core/random.ts";
import { driveQubit, type Port, rabiFrequency, type Scattered } from "./input-output.ts";
import { evolution, evolve, expectation, NO_DRIVE, rotate, type State, steadyState, type TwoLevelRates } from "./master-equation.ts";

/** A qubit as the master equation sees it. */
export interface SimulatedQubit {
  readonly port: Port;
  /** Hz. */
  readonly frequency: number;
  readonly rates: TwoLevelRates;
}

/** Excited population at rest. */
export function atRest(qubit: SimulatedQubit): number {
  return expectation(steadyState(qubit.rates)).excited;
}

/** Population of |e> each delay (s, ascending) after a pi pulse on the qubit at rest. */
export function relaxation(rates: TwoLevelRates, delays: readonly number[]): number[] {
  const start = rotate(steadyState(rates), Math.PI);
  return evolution(start, rates, NO_DRIVE, delays).map((state) => expectation(state).excited);
}

/** Hahn echo: pi/2, t/2, pi, t/2, pi/2. */
export function echo(rates: TwoLevelRates, delays: readonly number[]): number[] {
  const start = rotate(steadyState(rates), Math.PI / 2);
  const half = (state: State, t: number) => evolve(state, rates, NO_DRIVE, t / 2);
  return delays.map((t) => expectation(rotate(half(rotate(half(start, t), Math.PI), t), Math.PI / 2)).excited);
}

/** The same rates with another loss: T1 fluctuates from repeat to repeat because the non-radiative bath does. */
export function fluctuating(rng: Random, rates: TwoLevelRates, relative: number): TwoLevelRates {
  const total = rates.gammaR + rates.gammaNr;
  const gammaNr = Math.max(0.02 * rates.gammaNr, rates.gammaNr + relative * total * rng.normal());
  return { ...rates, gammaNr };
}

/** A qubit driven at one power and frequency. */
export interface Response extends Scattered {
  /** n_e under drive, and when it is read `gap` seconds after the drive went off. */
  readonly excited: number;
  readonly read: number;
  /** Work of the drive, W. */
  readonly work: number;
  /** Rabi frequency, rad/s. */
  readonly omega: number;
}

/** @param watts power at the device; @param frequency of the drive, Hz; @param gap from drive off to readout, s */
export function respond(qubit: SimulatedQubit, watts: number, frequency: number, gap = 0): Response {
  const omegaQ = 2 * Math.PI * qubit.frequency;
  const delta = 2 * Math.PI * (frequency - qubit.frequency);
  const omega = rabiFrequency(qubit.port, qubit.rates.gammaR, watts, omegaQ + delta);
  const drive = { omega, delta };
  const driven = driveQubit(qubit.port, qubit.rates, drive, omegaQ);
  const read = gap === 0 ? driven.excited : expectation(evolve(steadyState(qubit.rates, drive), qubit.rates, NO_DRIVE, gap)).excited;
  return { s11: driven.s11, s21: driven.s21, excited: driven.excited, read, work: driven.work, omega };
}
