import { cholesky, choleskySolve } from "../numerics/cholesky.ts";
import type { Evaluator, Linearisation } from "./evaluator.ts";

/** `chi2 + theta^T P theta` is minimised; chi2 weighs each datum. */
export interface Objective {
  readonly evaluator: Evaluator;
  readonly weight: Float64Array;
  /** P, row-major. */
  readonly prior: Float64Array;
}

/** How a descent ended; each has its sentence in `DESCENT_ENDINGS`. */
export type DescentEnding = "distance" | "rounding" | "too_many_steps" | "bad_start";

export const DESCENT_ENDINGS: Readonly<Record<DescentEnding, { readonly converged: boolean; readonly sentence: string }>> = {
  distance: { converged: true, sentence: "the minimum is nearer than the tolerance, in units of sigma" },
  rounding: { converged: true, sentence: "less than a quarter of sigma from the minimum, steps no longer pay" },
  too_many_steps: { converged: false, sentence: "the limit of steps was reached; the data may not determine every parameter" },
  bad_start: { converged: false, sentence: "the model is not finite at the start" },
};

/** One state of a descent, also its last. */
export interface Descent {
  readonly at: Linearisation;
  readonly chi2: number;
  /** Half of `chi2 + theta^T P theta`. */
  readonly objective: number;
  /** `J^T W J` as last computed, here or on another grid. */
  readonly information: Float64Array;
  /** Lower Cholesky factor of `information + prior`, rows of held parameters those of the unit matrix. */
  readonly factor: Float64Array;
  /** sqrt(g^T H^-1 g) over what is not held: how far the minimum is, in sigma. */
  readonly distance: number;
  readonly iterations: number;
  /** Present where the descent is over. */
  readonly ending?: DescentEnding;
}

export interface DescentOptions {
  /** `J^T W J` to begin with; absent = from tangents at the start. */
  readonly information?: Float64Array;
  /** When the information is computed anew: at every step, where steps stop to pay (default), or never. */
  readonly refresh?: "always" | "slow" | "never";
  /** Parameters that stay. */
  readonly held?: ReadonlySet<number>;
  /** Distance to the minimum at which it is over, in sigma, or in sqrt(chi2/n) sigma where the model does not describe the data. Default 1e-3. */
  readonly tolerance?: number;
  /** A step that leaves more than this part of the distance calls for fresh information. Default 0.3. */
  readonly slow?: number;
  /** Smallest logarithm of gamma2 over its reference, where it is held. Default -4. */
  readonly lowest?: number;
  /** Informations that are computed at most. Default 8. */
  readonly renewals?: number;
  /** Default 25. */
  readonly most?: number;
}

/** Largest change of a logarithm or of a scaled number in one step. */
const LONGEST = 2;
const MOST_DAMPING = 1e12;
/** Smallest and largest logarithm of gamma2 over its reference: there diffusion is nothing, or everything, and no derivative tells how much. */
export const NOTHING = -4;
const EVERYTHING = 16;
/** Distance (in sigma) below which nothing is lost where the descent ends. */
const NEAR = 0.25;

/**
 * Chord Gauss-Newton: the gradient is exact at every step (adjoint), the Hessian `information + prior` is kept until steps stop to pay, so that
 * most steps cost one solve forwards and one back. Levenberg-Marquardt damping by the gain ratio (Madsen, Nielsen, Tingleff 2004, sec. 3.2).
 * Yields after every step, so that the caller can report, wait or stop. 1 gradient, 2 Hessian, 3 distance, 4 trial steps, 5 does it pay?
 */
export function* descend(objective: Objective, start: Float64Array, options: DescentOptions = {}): Generator<Descent, Descent> {
  const { evaluator, weight, prior } = objective;
  const { refresh = "slow", held = new Set<number>(), tolerance = 1e-3, slow = 0.3, renewals = 8, most = 25, lowest = NOTHING } = options;
  const p = start.length;
  const bounded = [...evaluator.parameters.keys()].filter((j) => evaluator.parameters[j]!.kind === "gamma2" && !held.has(j));
  const measure = (at: Linearisation) => {
    const { values } = evaluator.data;
    const chi2 = at.model.reduce((s, m, i) => s + weight[i]! * (m - values[i]!) ** 2, 0);
    return { at, chi2, objective: (chi2 + quadratic(prior, at.theta)) / 2 };
  };
  const tried = (theta: Float64Array) => {
    try {
      return measure(evaluator.at(theta));
    } catch (error) {
      // Outside the law's domain: no step goes there.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  let here = measure(evaluator.at(start));
  let information = options.information;
  let fresh = false;
  let renewed = 0;
  const renew = (at: Linearisation): Float64Array => {
    renewed++;
    fresh = true;
    return at.information(weight, held);
  };
  let damping = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (let iterations = 0; ; iterations++) {
    // 1
    const residual = here.at.model.map((m, i) => weight[i]! * (m - evaluator.data.values[i]!));
    const gradient = here.at.transposed(residual);
    const pull = times(prior, here.at.theta);
    for (let j = 0; j < p; j++) gradient[j] = gradient[j]! + pull[j]!;
    const still = new Set(held);
    for (const j of bounded) if (gradient[j]! > 0 ? here.at.theta[j]! <= lowest : here.at.theta[j]! >= EVERYTHING) still.add(j);
    for (const j of still) gradient[j] = 0;
    // 2
    if (!information || (refresh === "always" && iterations > 0)) {
      information = renew(here.at);
    }
    // 3
    const state = (ending?: DescentEnding) => ({
      ...here,
      information: information!,
      factor,
      distance,
      iterations,
      ...(ending && { ending }),
    });
    let factor = factorOf(information, prior, still, 0);
    let step = choleskySolve(factor, gradient, p);
    let distance = Math.sqrt(Math.max(0, dot(step, gradient)));
    if (!Number.isFinite(here.objective)) return state("bad_start");
    const near = tolerance * Math.sqrt(Math.max(1, here.chi2 / weight.length));
    if (distance <= near) return state("distance");
    const spent = () => state(distance < NEAR ? "rounding" : "too_many_steps");
    if (iterations >= most) return spent();
    if (!fresh && refresh === "slow" && distance > slow * previous) {
      if (renewed >= renewals) return spent();
      information = renew(here.at);
      factor = factorOf(information, prior, still, 0);
      step = choleskySolve(factor, gradient, p);
      distance = Math.sqrt(Math.max(0, dot(step, gradient)));
    }
    previous = distance;
    // 4
    const candidate = (downhill: Float64Array, part: number) => {
      const s = downhill.map((v) => -part * v);
      for (const j of bounded) s[j] = Math.min(Math.max(here.at.theta[j]! + s[j]!, lowest), EVERYTHING) - here.at.theta[j]!;
      const expected = -dot(s, gradient) - (quadratic(information!, s) + quadratic(prior, s)) / 2;
      const trial = tried(here.at.theta.map((v, j) => v + s[j]!));
      const objective = trial && Number.isFinite(trial.objective) ? trial.objective : Number.POSITIVE_INFINITY;
      return { trial, objective, expected, gain: (here.objective - objective) / expected };
    };
    let moved = false;
    for (let attempt = 0; attempt < 25; attempt++) {
      let damped = damping > 0 ? choleskySolve(factorOf(information, prior, still, damping), gradient, p) : step;
      const candidates = [candidate(damped, Math.min(1, LONGEST / largestOf(damped)))];
      // Too long a step is shortened, and beside it damped: what the data hardly determine must not hold up the rest, nor the other way round.
      let harder = damping;
      while (largestOf(damped) > LONGEST && harder < MOST_DAMPING) {
        harder = Math.max(4 * harder, 1e-4);
        damped = choleskySolve(factorOf(information, prior, still, harder), gradient, p);
      }
      if (harder > damping) candidates.push(candidate(damped, 1));
      const { trial, gain, expected } = candidates.reduce((a, b) => (b.objective < a.objective ? b : a));
      if (trial && gain > 1e-3) {
        here = trial;
        damping = gain > 0.5 ? (damping < 1e-6 ? 0 : damping / 10) : damping;
        moved = true;
        break;
      }
      if (expected < 1e-9 * here.objective && distance < NEAR) break;
      damping = Math.max(10 * damping, 1e-4);
    }
    // 5
    if (moved) fresh = false;
    else if (fresh || refresh === "never" || renewed >= renewals) return spent();
    else {
      information = renew(here.at);
      damping = 0;
      previous = Number.POSITIVE_INFINITY;
    }
    yield state();
  }
}

/** Runs a descent to its end. */
export function settle(descent: Generator<Descent, Descent>): Descent {
  for (;;) {
    const next = descent.next();
    if (next.done) return next.value;
  }
}

/** Factor of `information + prior + damping * diagonal`; what nothing determines is held by a trace of its neighbours. */
function factorOf(information: Float64Array, prior: Float64Array, held: ReadonlySet<number>, damping: number): Float64Array {
  const p = Math.round(Math.sqrt(prior.length));
  const h = information.map((v, k) => v + prior[k]!);
  let largest = 0;
  for (let j = 0; j < p; j++) largest = Math.max(largest, h[j * p + j]!);
  for (const j of held) {
    for (let k = 0; k < p; k++) h[j * p + k] = h[k * p + j] = 0;
    h[j * p + j] = 1;
  }
  for (let floor = 1e-14; floor <= 1; floor *= 100) {
    const damped = h.slice();
    for (let j = 0; j < p; j++) damped[j * p + j] = h[j * p + j]! * (1 + damping) + (held.has(j) ? 0 : floor * largest);
    const factor = cholesky(damped, p);
    if (factor) return factor;
  }
  throw new RangeError("the Hessian of the field model is not finite");
}

/** A v, row-major. */
export function times(a: Float64Array, v: Float64Array): Float64Array {
  const p = v.length;
  return v.map((_, i) => {
    let s = 0;
    for (let j = 0; j < p; j++) s += a[i * p + j]! * v[j]!;
    return s;
  });
}

/** v^T A v. */
export function quadratic(a: Float64Array, v: Float64Array): number {
  return dot(times(a, v), v);
}

function largestOf(v: Float64Array): number {
  return v.reduce((top, x) => Math.max(top, Math.abs(x)), 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}
