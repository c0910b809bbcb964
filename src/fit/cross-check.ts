import { type Check, check } from "../core/check.ts";
import { noSecondOpinion, otherMinimum, sameMinimum } from "../core/messages/fit.ts";
import { secondOpinion } from "../numerics/second-opinion.ts";
import type { LawFit } from "./law-fit.ts";
import type { Signal } from "./signal-type.ts";

/** The two optimisers agree within this many standard deviations. */
export const OPINION_LIMIT = 0.01;

/**
 * A second optimiser from the law's own first start, on the problem whitened with the weights of the minimum (whose minimum is the same one).
 * It fails the check only where it ends lower: where it merely gets lost the minimum stands.
 */
export function secondOpinionCheck(fit: LawFit, signal: Signal): Check {
  const { model, weight } = fit;
  const n = fit.p.length;
  const free = [...fit.p.keys()].filter((j) => !fit.fixed[j]);
  const start = model.starts(signal)[0]!;
  const all = (p: readonly number[]) => {
    const q = [...fit.p];
    free.forEach((j, k) => {
      q[j] = p[k]!;
    });
    return q;
  };
  const out = new Float64Array(n);
  const value = (p: readonly number[], i: number) => weight[i]! * model.evaluate(all(p), signal.t[i]!);
  const law = {
    points: signal.t.length,
    y: signal.y.map((v, i) => v * weight[i]!),
    value,
    gradient: (p: readonly number[], i: number) => {
      model.gradient(all(p), signal.t[i]!, out);
      return free.map((j) => weight[i]! * out[j]!);
    },
  };
  const sigma = free.map((j) => fit.scale * Math.sqrt(fit.covariance[j * n + j]!));
  const scale = free.map((j) => Math.abs(fit.p[j]!) || 1);
  const found = secondOpinion(
    law,
    free.map((j) => start[j]!),
    scale,
  );
  if (!found) return check("second_opinion", true, noSecondOpinion(), Number.NaN, OPINION_LIMIT);
  const sum = (p: readonly number[]) => law.y.reduce((s, y, i) => s + (value(p, i) - y) ** 2, 0);
  const distance = Math.max(...free.map((j, k) => Math.abs(found[k]! - fit.p[j]!) / sigma[k]!));
  const mine = sum(free.map((j) => fit.p[j]!));
  if (distance < OPINION_LIMIT) return check("second_opinion", true, sameMinimum(distance), distance, OPINION_LIMIT);
  const lower = sum(found) < mine * (1 - 1e-9);
  return check("second_opinion", !lower, lower ? otherMinimum(distance) : noSecondOpinion(), distance, OPINION_LIMIT);
}
