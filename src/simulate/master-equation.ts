import {
  adjoint,
  apply,
  type ComplexMatrix,
  type ComplexVector,
  combine,
  fromRows,
  identity,
  kronecker,
  multiply,
  transpose,
} from "./complex-matrix.ts";
import { exponential, solve } from "./linear-solve.ts";

/** What happens to one two-level system, all rates in 1/s (angular). */
export interface TwoLevelRates {
  /** Coupling to the line through which it is driven, and to everything else. */
  readonly gammaR: number;
  readonly gammaNr: number;
  /** Pure dephasing: dissipator (gammaPhi/2) D[sigma_z], coherence decays with G1tot/2 + gammaPhi. */
  readonly gammaPhi: number;
  /** Bose occupations of the line and of the other bath at the qubit's frequency. */
  readonly nR: number;
  readonly nNr: number;
}

/** Drive in the frame rotating with it: `Omega` (rad/s) and `Delta = w_d - w_q` (rad/s). */
export interface Drive {
  readonly omega: number;
  readonly delta: number;
}
export const NO_DRIVE: Drive = { omega: 0, delta: 0 };

/** Basis: |g>, |e>. */
const LOWER = fromRows([
  [0, 1],
  [0, 0],
]);
const RAISE = adjoint(LOWER);
const EXCITED = multiply(RAISE, LOWER);
const SIGMA_Z = fromRows([
  [-1, 0],
  [0, 1],
]);
const ONE = identity(2);
const TURN_EXCITED = commutator(EXCITED);
const TURN_X = commutator(
  combine([
    [1, 0, RAISE],
    [1, 0, LOWER],
  ]),
);
const DECAY = dissipator(LOWER);
const EXCITATION = dissipator(RAISE);
const DEPHASING = dissipator(SIGMA_Z);

/** Upward and downward rates of both baths together. */
export function exchangeRates(r: TwoLevelRates): { readonly down: number; readonly up: number } {
  return { down: r.gammaR * (1 + r.nR) + r.gammaNr * (1 + r.nNr), up: r.gammaR * r.nR + r.gammaNr * r.nNr };
}

/**
 * The Liouvillian L of d rho/dt = L rho, as a 4 x 4 matrix on the row-major density matrix (rho_gg, rho_ge, rho_eg, rho_ee).
 * `H/hbar = -Delta s+s- + Omega/2 (s+ + s-)`; dissipators `Gd D[s-] + Gu D[s+] + (Gphi/2) D[sigma_z]` with
 * `D[A] rho = A rho A+ - (A+A rho + rho A+A)/2`. For row-major vectors `A rho B` is `(A (x) B^T) rho`.
 */
export function liouvillian(rates: TwoLevelRates, drive: Drive): ComplexMatrix {
  const { down, up } = exchangeRates(rates);
  return combine([
    [-drive.delta, 0, TURN_EXCITED],
    [drive.omega / 2, 0, TURN_X],
    [down, 0, DECAY],
    [up, 0, EXCITATION],
    [rates.gammaPhi / 2, 0, DEPHASING],
  ]);
}

/** -i [h, rho]. */
function commutator(h: ComplexMatrix): ComplexMatrix {
  return combine([
    [0, -1, kronecker(h, ONE)],
    [0, 1, kronecker(ONE, transpose(h))],
  ]);
}

function dissipator(a: ComplexMatrix): ComplexMatrix {
  const number = multiply(adjoint(a), a);
  return combine([
    [1, 0, kronecker(a, transpose(adjoint(a)))],
    [-0.5, 0, kronecker(number, ONE)],
    [-0.5, 0, kronecker(ONE, transpose(number))],
  ]);
}

/** Density matrix, row-major: rho_gg, rho_ge, rho_eg, rho_ee. */
export type State = ComplexVector;

export interface Expectation {
  /** Population of the excited state. */
  readonly excited: number;
  /** <sigma_minus> in the rotating frame = rho_eg. */
  readonly lowering: { readonly re: number; readonly im: number };
}

export function expectation(state: State): Expectation {
  return { excited: state.re[3]!, lowering: { re: state.re[2]!, im: state.im[2]! } };
}

/** The state that the generator leaves alone: L rho = 0 with trace rho = 1, solved as linear equations. */
export function steadyState(rates: TwoLevelRates, drive: Drive = NO_DRIVE): State {
  const l = liouvillian(rates, drive);
  const [re, im] = [l.re.slice(), l.im.slice()];
  // The equations are linearly dependent (the trace is conserved): that of rho_gg gives way to trace rho = 1.
  re.set([1, 0, 0, 1]);
  im.set([0, 0, 0, 0]);
  return solve({ n: 4, re, im }, { re: Float64Array.of(1, 0, 0, 0), im: new Float64Array(4) });
}

/** exp(L t) rho. */
export function evolve(state: State, rates: TwoLevelRates, drive: Drive, seconds: number): State {
  return apply(propagator(rates, drive, seconds), state);
}

/** The state at each of several times (s, ascending), step by step; equal steps share their propagator. */
export function evolution(state: State, rates: TwoLevelRates, drive: Drive, times: readonly number[]): State[] {
  let [at, now, step] = [0, state, Number.NaN];
  let one = propagator(rates, drive, 0);
  return times.map((t) => {
    if (!(Math.abs(t - at - step) <= 1e-9 * step)) {
      step = t - at;
      one = propagator(rates, drive, step);
    }
    now = apply(one, now);
    at = t;
    return now;
  });
}

function propagator(rates: TwoLevelRates, drive: Drive, seconds: number): ComplexMatrix {
  return exponential(combine([[seconds, 0, liouvillian(rates, drive)]]));
}

/** An ideal rotation by `angle` about the x axis: U rho U+, U = cos(angle/2) - i sin(angle/2) sigma_x. */
export function rotate(state: State, angle: number): State {
  const u = combine([
    [Math.cos(angle / 2), 0, ONE],
    [0, -Math.sin(angle / 2), RAISE],
    [0, -Math.sin(angle / 2), LOWER],
  ]);
  return apply(kronecker(u, transpose(adjoint(u))), state);
}

/** A state without coherence. @param excited population of |e>, 0..1 */
export function populated(excited: number): State {
  return { re: Float64Array.of(1 - excited, 0, 0, excited), im: new Float64Array(4) };
}
