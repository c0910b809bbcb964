import type { Check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import { inherited, mergeBudget, scaled } from "../budget.ts";
import { withDecayNoise } from "../decay-noise.ts";

/** A measured rate as a sum enters it: every line has a name, so that the same noise in numerator and denominator is one error. */
export interface Term {
  readonly value: number;
  readonly lines: readonly BudgetLine[];
  /** Names that were statistical, and are again in a result that no other one shares. */
  readonly own: ReadonlySet<string>;
  readonly checks: readonly Check[];
  readonly datasets: readonly string[];
}

export function termOf(estimate: Estimate): Term {
  const { labels, route, quantity, estimator } = estimate;
  const noise = withDecayNoise(estimate);
  const own = new Set(noise.own);
  const lines = noise.budget.map((line) => {
    if (line.shared !== undefined) return line;
    const shared = `own noise: ${JSON.stringify([labels.cooldown, labels.device, labels.qubit, route, quantity, estimator, line.input])}`;
    own.add(shared);
    return { ...line, shared };
  });
  return { value: estimate.value, lines, own, checks: inherited(estimate.checks), datasets: estimate.datasets };
}

/** `a x + b y` with what both rest on. */
export function sumOf(a: number, x: Term, b: number, y: Term): Term {
  return {
    value: a * x.value + b * y.value,
    lines: mergeBudget([...scaled(x.lines, a), ...scaled(y.lines, b)]),
    own: new Set([...x.own, ...y.own]),
    checks: eachOnce([...x.checks, ...y.checks]),
    datasets: [...new Set([...x.datasets, ...y.datasets])],
  };
}

/** `G1 = G1tot (1 - 2 n_eq)`; n_eq unknown counts as 0. */
export function zeroTemperature(total: Term, nEq: Term | undefined): Term {
  if (!nEq) return total;
  const z = 1 - 2 * nEq.value;
  return { ...sumOf(z, total, -2 * total.value, nEq), value: total.value * z };
}

/** Variances and covariance of two terms by their named lines. */
export function covarianceOfTerms(x: Term, y: Term): [number, number, number] {
  const [a, b] = [mergeBudget(x.lines), mergeBudget(y.lines)];
  const dot = (u: readonly BudgetLine[], v: readonly BudgetLine[]) => {
    const place = new Map(v.map((l) => [l.shared, l.contribution]));
    return u.reduce((sum, l) => sum + (place.has(l.shared) ? l.contribution * place.get(l.shared)! : 0), 0);
  };
  return [dot(a, a), dot(a, b), dot(b, b)];
}

/** One check per code, the first one. */
export function eachOnce(checks: readonly Check[]): Check[] {
  return checks.filter((c, i) => checks.findIndex((d) => d.code === c.code) === i);
}
