import type { Random } from "../core/random.ts";
import { HBAR } from "../physics/constants.ts";
import type { Complex } from "./complex-matrix.ts";
import { driveQubit, rabiFrequency } from "./input-output.ts";
import { evolution, evolve, expectation, NO_DRIVE, rotate, type State, steadyState, type TwoLevelRates } from "./master-equation.ts";
import type { Surroundings } from "./ports.ts";

/** A qubit as the master equation sees it. */
export interface SimulatedQubit {
  readonly ports: Surroundings;
  /** Hz. */
  readonly frequency: number;
  readonly rates: TwoLevelRates;
  /** Standard deviation of its frequency from shot to shot (slow against everything else, Gaussian), rad/s. */
  readonly wander: number;
  /** Occupation that the drive adds to the other bath, per watt at the device. */
  readonly heating: number;
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

/** Pi/2 pulses with a wait between them, `detuning` Hz off. */
export function ramsey({ rates }: SimulatedQubit, detuning: number, delays: readonly number[]): number[] {
  const start = rotate(steadyState(rates), Math.PI / 2);
  const frame = { omega: 0, delta: 2 * Math.PI * detuning };
  return evolution(start, rates, frame, delays).map((state) => expectation(rotate(state, Math.PI / 2)).excited);
}

/** Population of |e> each delay (s, ascending) after a drive (W at the device, Hz) went on, from rest. */
export function driven(qubit: SimulatedQubit, watts: number, frequency: number, delays: readonly number[]): number[] {
  const rates = heated(qubit, watts);
  const omega = rabiFrequency(qubit.ports[0]!, rates.gammaR, watts, 2 * Math.PI * frequency);
  const drive = { omega, delta: 2 * Math.PI * (frequency - qubit.frequency) };
  return evolution(steadyState(qubit.rates), rates, drive, delays).map((state) => expectation(state).excited);
}

/** Net power (W) into the lines from a population n without coherence: `hbar w Gr [(1 + n_r) n - n_r (1 - n)]`. */
export function emitted({ rates, frequency }: SimulatedQubit, n: number): number {
  return HBAR * 2 * Math.PI * frequency * rates.gammaR * ((1 + rates.nR) * n - rates.nR * (1 - n));
}

function heated({ rates, heating }: SimulatedQubit, watts: number): TwoLevelRates {
  return heating === 0 ? rates : { ...rates, nNr: rates.nNr + heating * watts };
}

/** The same rates with another loss: T1 fluctuates from repeat to repeat because the non-radiative bath does. */
export function fluctuating(rng: Random, rates: TwoLevelRates, relative: number): TwoLevelRates {
  const total = rates.gammaR + rates.gammaNr;
  const gammaNr = Math.max(0.02 * rates.gammaNr, rates.gammaNr + relative * total * rng.normal());
  return { ...rates, gammaNr };
}

/** A qubit driven at one power and frequency. */
export interface Response {
  /** Outgoing over incoming amplitude per port. */
  readonly s: readonly Complex[];
  readonly lowering: Complex;
  /** n_e under drive, and when it is read `gap` seconds after the drive went off. */
  readonly excited: number;
  readonly read: number;
  /** Work of the drive, W. */
  readonly work: number;
  /** Rabi frequency, rad/s. */
  readonly omega: number;
}

/** @param watts power at the device; @param frequency of the drive, Hz; @param gap from drive off to readout, s; @param into driven port, from 0 */
export function respond(qubit: SimulatedQubit, watts: number, frequency: number, gap = 0, into = 0): Response {
  if (qubit.wander === 0) return respondAt(qubit, 0, watts, frequency, gap, into);
  const all = WANDER.map(({ at, weight }) => ({ weight, r: respondAt(qubit, at * qubit.wander, watts, frequency, gap, into) }));
  const mean = (f: (r: Response) => number) => all.reduce((sum, { weight, r }) => sum + weight * f(r), 0);
  return {
    s: all[0]!.r.s.map((_, j) => ({ re: mean((r) => r.s[j]!.re), im: mean((r) => r.s[j]!.im) })),
    lowering: { re: mean((r) => r.lowering.re), im: mean((r) => r.lowering.im) },
    excited: mean((r) => r.excited),
    read: mean((r) => r.read),
    work: mean((r) => r.work),
    omega: all[0]!.r.omega,
  };
}

/** Trapezoids under a Gaussian, in standard deviations. */
const WANDER = Array.from({ length: 81 }, (_, i) => ({
  at: (i - 40) / 8,
  weight: Math.exp(-0.5 * ((i - 40) / 8) ** 2) / 8 / Math.sqrt(2 * Math.PI),
}));

function respondAt(qubit: SimulatedQubit, shift: number, watts: number, frequency: number, gap: number, into: number): Response {
  const omegaQ = 2 * Math.PI * qubit.frequency + shift;
  const delta = 2 * Math.PI * (frequency - qubit.frequency) - shift;
  const port = qubit.ports[into]!;
  const rates = heated(qubit, watts);
  const omega = rabiFrequency(port, rates.gammaR, watts, omegaQ + delta);
  const drive = { omega, delta };
  const response = driveQubit(port, rates, drive, omegaQ);
  const read = gap === 0 ? response.excited : expectation(evolve(steadyState(rates, drive), rates, NO_DRIVE, gap)).excited;
  return { s: response.s, lowering: response.lowering, excited: response.excited, read, work: response.work, omega };
}
