import type { BudgetLine } from "../../core/estimate.ts";
import { cholesky } from "../../numerics/cholesky.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import { nonNegativeLeastSquares, solveColumns } from "../../numerics/nonnegative.ts";
import { mergeBudget, scaled } from "../budget.ts";
import type { Member } from "./member.ts";

/** Rates of the channels with what moves them. */
export interface ChannelFit {
  readonly channels: readonly string[];
  /** 1/s, not negative. */
  readonly rates: readonly number[];
  /** The same without that bound. */
  readonly unbounded: readonly number[];
  /** Of each channel: the rates' lines by their weight in it. */
  readonly lines: readonly (readonly BudgetLine[])[];
  /** Names among them that are statistical. */
  readonly own: ReadonlySet<string>;
  /** participation times rate, summed, of each member. */
  readonly sums: readonly number[];
  readonly chi2: number;
  readonly dof: number;
  /** Probability of a larger chi2; NaN where it cannot be tested. */
  readonly probability: number;
  /** Relative scatter from rate to rate beyond their errors, added to them. */
  readonly scatter: number;
  /** False: no rate's own error was known, and the scatter stands for it. */
  readonly errorsKnown: boolean;
}

/** Three standard deviations of a normal number, two-sided. */
const UNLIKELY = 0.0027;

/**
 * `G1_i = sum_k p_ik x_k`, x_k >= 0. Weights from the rates' own relative errors at the fitted values (errors at the measured ones would favour the low
 * rates); inputs that several rates share (attenuation, readout) are carried through the same linear map afterwards (PHYSICS.md sec. 1, combining).
 * Whether the sum describes the rates is tested with the whole covariance; where it does not, a common relative scatter is added to every error, as large
 * as makes chi2 its expectation (Paule and Mandel, J. Res. NBS 87, 377, 1982), so that one precise rate cannot outweigh qubits that truly differ.
 */
export function fitChannels(members: readonly Member[], channels: readonly string[]): ChannelFit {
  const m = members.length;
  const n = channels.length;
  const p = Float64Array.from({ length: m * n }, (_, k) => members[k % m]!.participation[channels[Math.floor(k / m)]!]!);
  const measured = Float64Array.from(members, (x) => x.rate.value);
  const noise = members.map((x) => ownError(x) / x.rate.value);
  const errorsKnown = noise.every((s) => s > 0);
  const relative = errorsKnown ? noise : noise.map(() => 0);
  const dof = m - n;
  const shared = errorsKnown ? sharedCovariance(members) : new Float64Array(m * m);
  const solve = (scatter: number) => weighted(p, measured, relative, scatter, m, n);
  const chi2At = (scatter: number) => chi2Of(p, measured, shared, solve(scatter).errors, m, n);
  const first = errorsKnown ? chi2At(0) : Number.NaN;
  const probability = dof > 0 && errorsKnown ? chi2Tail(first, dof) : Number.NaN;
  const needed = dof > 0 && (!errorsKnown || probability < UNLIKELY);
  const scatter = needed ? scatterFor(dof, chi2At) : 0;
  const { rates, unbounded, map, sums } = solve(scatter);
  const own = new Set(members.flatMap((x) => [...x.rate.own]));
  const inputs = members.map((x, i) => {
    const shared = `scatter of the rates: ${JSON.stringify(x.labels)}`;
    own.add(shared);
    const beyond = { input: "scatter of the rates", contribution: scatter * sums[i]!, shared };
    if (errorsKnown) return scatter > 0 ? [...x.rate.lines, beyond] : x.rate.lines;
    const common = x.rate.lines.filter((l) => !isOwn(x, l));
    return [...common, scatter > 0 ? beyond : { ...beyond, contribution: Number.NaN }];
  });
  const lines = channels.map((_, k) => mergeBudget(inputs.flatMap((list, i) => scaled(list, map[k * m + i]!))));
  return { channels, rates, unbounded, lines, own, sums, chi2: first, dof, probability, scatter, errorsKnown };
}

const isOwn = ({ rate }: Member, line: BudgetLine) => line.noise === true || rate.own.has(line.shared ?? "");
const ownError = (member: Member) => Math.hypot(...member.rate.lines.filter((l) => isOwn(member, l)).map((l) => l.contribution));

function sharedCovariance(members: readonly Member[]): Float64Array {
  const m = members.length;
  const v = new Float64Array(m * m);
  const lines = members.map(
    (x) =>
      new Map(
        mergeBudget(x.rate.lines)
          .filter((l) => !isOwn(x, l))
          .map((l) => [l.shared, l.contribution]),
      ),
  );
  // An input whose error is not known cannot be tested with: it only makes the errors of the result unknown.
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (const [name, a] of lines[i]!) {
        const b = lines[j]!.get(name);
        if (b !== undefined && Number.isFinite(a * b)) v[i * m + j]! += a * b;
      }
  return v;
}

/** Fit with errors `sums * hypot(relative, scatter)`, iterated to its own sums. Where all are 0, every rate counts by its relative deviation. */
function weighted(p: Float64Array, measured: Float64Array, relative: readonly number[], scatter: number, m: number, n: number) {
  let sums: Float64Array = measured;
  let rates: Float64Array = new Float64Array(n);
  let errors: Float64Array = new Float64Array(m);
  let whitened: Float64Array = p;
  for (let round = 0; round < 20; round++) {
    const at = sums;
    errors = Float64Array.from({ length: m }, (_, i) => at[i]! * (Math.hypot(relative[i]!, scatter) || 1));
    whitened = p.map((v, k) => v / errors[k % m]!);
    rates = nonNegativeLeastSquares(
      whitened,
      measured.map((g, i) => g / errors[i]!),
      m,
      n,
    );
    const next = Float64Array.from({ length: m }, (_, i) =>
      Math.max(
        rates.reduce((s, x, k) => s + x * p[k * m + i]!, 0),
        1e-3 * measured[i]!,
      ),
    );
    const moved = next.some((v, i) => Math.abs(v - sums[i]!) > 1e-12 * v);
    sums = next;
    if (!moved) break;
  }
  const all = Array.from({ length: n }, (_, k) => k);
  const map = new Float64Array(n * m);
  for (let i = 0; i < m; i++) {
    const unit = new Float64Array(m);
    unit[i] = 1 / errors[i]!;
    solveColumns(whitened, unit, m, all).forEach((v, k) => {
      map[k * m + i] = v;
    });
  }
  const unbounded = all.map((k) => measured.reduce((s, g, i) => s + g * map[k * m + i]!, 0));
  const real = Array.from({ length: m }, (_, i) => rates.reduce((s, x, k) => s + x * p[k * m + i]!, 0));
  return { rates: [...rates], unbounded, map, sums: real, errors };
}

/** Smallest chi2 with the whole covariance: own errors and what the rates share. */
function chi2Of(p: Float64Array, measured: Float64Array, shared: Float64Array, errors: Float64Array, m: number, n: number): number {
  const v = shared.map((c, k) => c + (k % (m + 1) === 0 ? errors[k / (m + 1)]! ** 2 : 0));
  const l = cholesky(v, m);
  if (!l) return Number.NaN;
  const forward = (b: ArrayLike<number>, from: number) => {
    const y = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      let s = b[from + i]!;
      for (let k = 0; k < i; k++) s -= l[i * m + k]! * y[k]!;
      y[i] = s / l[i * m + i]!;
    }
    return y;
  };
  const white = new Float64Array(m * n);
  for (let k = 0; k < n; k++) white.set(forward(p, k * m), k * m);
  const g = forward(measured, 0);
  const x = nonNegativeLeastSquares(white, g, m, n);
  let sum = 0;
  for (let i = 0; i < m; i++) sum += (g[i]! - x.reduce((s, v2, k) => s + v2 * white[k * m + i]!, 0)) ** 2;
  return sum;
}

/** Relative scatter at which chi2 is its expectation; chi2 falls with it. */
function scatterFor(dof: number, chi2At: (scatter: number) => number): number {
  let low = 1e-9;
  let high = 1e-3;
  while (chi2At(high) > dof && high < 100) high *= 2;
  for (let round = 0; round < 60; round++) {
    const middle = Math.sqrt(low * high);
    if (chi2At(middle) > dof) low = middle;
    else high = middle;
  }
  return high;
}
