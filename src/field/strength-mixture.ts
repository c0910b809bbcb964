import type { Random } from "../core/random.ts";
import { cholesky, choleskySolve, forwardSolve } from "../numerics/cholesky.ts";
import type { FieldMinimum } from "./evaluator.ts";
import { quadratic, times } from "./gauss-newton.ts";
import { addPrior, type Parametrisation } from "./parametrisation.ts";
import { type Posterior, priorSigma } from "./posterior.ts";
import type { Points } from "./problem.ts";

/** The posterior under one strength of the smoothness. */
interface Part {
  readonly weight: number;
  /** Lower Cholesky factor of its Hessian. */
  readonly factor: Float64Array;
  /** Its mean minus the quoted theta. */
  readonly shift: Float64Array;
  /** Prior standard deviation of log gamma0 (without what the prior leaves free) at each point. */
  readonly spread: Float64Array;
}

/** What the data say with the strength of the smoothness averaged over. */
export interface Mixture extends Posterior {
  /** Prior standard deviation of log gamma0 at each point; NaN without a prior. */
  readonly prior: Float64Array;
  /** A theta minus the quoted one. */
  draw(random: Random): Float64Array;
}

/** Root mean square prior spreads of log gamma0 that are considered, in factors of two about the most probable one: from even to anything. */
const [STIFFEST, LOOSEST] = [2e-5, 2.56];
/** Where halving the spread changes -2 log Z by less than this, and it is below EVEN, all stiffer ones are the same field without bends. */
const [SAME, EVEN] = [0.02, 0.02];
/** A strength that is less probable than this is left out. */
const LEAST = 1e-3;

/**
 * The strength tau of the smoothness is not known either: with little data that is what errors consist of (Kass and Steffey, J. Am. Stat. Assoc. 84, 717
 * (1989)). Over spreads in factors of two, equally probable before the data, each weighs by its marginal likelihood, in the Laplace approximation:
 * `theta(tau) = H(tau)^-1 c`, `-2 log Z = -c^T H^-1 c + log det H - rank log tau`, with `c = I theta - g` the same for all. Second moments are about the
 * quoted theta, which has the most probable strength.
 */
export function strengthMixture(minimum: FieldMinimum, { field }: Parametrisation, strength: number, points: Points): Mixture {
  const { at, information, prior, factor } = minimum;
  const n = at.theta.length;
  const none = { weight: 1, factor, shift: new Float64Array(n) };
  const spread = priorSigma(field, strength, points.x, points.y);
  const typical = Math.sqrt(spread.reduce((s, v) => s + v * v, 0) / spread.length);
  if (!field || !(typical > 0)) return mixtureOf([{ ...none, spread: spread.fill(Number.NaN) }], n);
  const hessian = information.map((v, k) => v + prior[k]!);
  // At the minimum g = -P theta.
  const c = times(hessian, at.theta);
  const found: (Omit<Part, "weight"> & { readonly cost: number; readonly count: number })[] = [];
  const spreads = spreadsAbout(typical);
  for (const [k, wanted] of spreads.entries()) {
    const tau = strength * (typical / wanted) ** 2;
    const changed = hessian.slice();
    addPrior(changed, n, field.from, field.spline.count, field.energy, tau - strength);
    const l = cholesky(changed, n);
    if (!l) continue;
    const theta = choleskySolve(l, c, n);
    let cost = -quadratic(changed, theta) - field.rank * Math.log(tau);
    for (let j = 0; j < n; j++) cost += 2 * Math.log(l[j * n + j]!);
    const converged = wanted < EVEN && Math.abs(cost - (found[found.length - 1]?.cost ?? Number.NaN)) < SAME;
    const count = converged ? spreads.length - k : 1;
    found.push({ cost, count, factor: l, shift: theta.map((v, j) => v - at.theta[j]!), spread: spread.map((s) => (s * wanted) / typical) });
    if (converged) break;
  }
  if (found.length === 0) return mixtureOf([{ ...none, spread }], n);
  const least = Math.min(...found.map((f) => f.cost));
  const weighed = found.map((f) => ({ ...f, weight: f.count * Math.exp((least - f.cost) / 2) })).filter((f) => f.weight > LEAST);
  const total = weighed.reduce((s, f) => s + f.weight, 0);
  return mixtureOf(
    weighed.map((f) => ({ ...f, weight: f.weight / total })),
    n,
  );
}

/** From the loosest on, the most probable one among them unless it is stiffer than all. */
function spreadsAbout(typical: number): number[] {
  const spreads: number[] = [];
  const loosest = typical * 2 ** Math.floor(Math.log2(LOOSEST / typical));
  for (let s = Math.max(loosest, STIFFEST); s >= 0.999 * STIFFEST; s /= 2) spreads.push(s);
  return spreads;
}

function mixtureOf(parts: readonly Part[], n: number): Mixture {
  const covariance = (a: Float64Array, b: Float64Array) =>
    parts.reduce((s, { weight, factor, shift }) => {
      const wa = forwardSolve(factor, a, n);
      const wb = a === b ? wa : forwardSolve(factor, b, n);
      return s + weight * (dot(wa, wb) + dot(a, shift) * dot(b, shift));
    }, 0);
  return {
    sigma: (direction) => Math.sqrt(covariance(direction, direction)),
    covariance,
    prior: parts[0]!.spread.map((_, i) => Math.sqrt(parts.reduce((s, { weight, spread }) => s + weight * spread[i]! ** 2, 0))),
    draw(random) {
      const { factor, shift } = chosen(parts, random.uniform());
      const x = Float64Array.from({ length: n }, () => random.normal());
      for (let i = n - 1; i >= 0; i--) {
        const v = x[i]! / factor[i * n + i]!;
        x[i] = v;
        for (let k = 0; k < i; k++) x[k]! -= factor[i * n + k]! * v;
      }
      return x.map((v, j) => v + shift[j]!);
    },
  };
}

/** The part in which a uniform number falls when their weights are laid end to end. */
function chosen(parts: readonly Part[], uniform: number): Part {
  let upTo = 0;
  for (const part of parts) {
    upTo += part.weight;
    if (uniform < upTo) return part;
  }
  return parts[parts.length - 1]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}
