import { type Status, statusOf } from "../core/check.ts";
import { type FitParameter, parameterOf } from "../fit/outcome.ts";
import type { StudyFit } from "./study.ts";

/** Status of a fit as the report marks it. */
export function fitStatus(fit: StudyFit): Status | "stopped" {
  if (fit.outcome.state === "refused") return "refused";
  return fit.outcome.state === "stopped" ? "stopped" : statusOf(fit.outcome.checks);
}

export function t1Of(fit: StudyFit): FitParameter | undefined {
  return parameterOf(fit.outcome, "t1");
}

/** chi2 per degree of freedom; NaN where there is none. */
export function reducedChi2(fit: StudyFit): number {
  const o = fit.outcome;
  return o.state === "refused" || !(o.dof > 0) ? Number.NaN : o.chi2 / o.dof;
}

const RANK = { refused: 3, stopped: 2, doubtful: 1, usable: 0 } as const;

/** Worst first: refused, stopped, doubtful, then by how far chi2/dof lies from 1 and by the relative error of T1. */
export function byBadness(a: StudyFit, b: StudyFit): number {
  return RANK[fitStatus(b)] - RANK[fitStatus(a)] || oddness(b) - oddness(a);
}

function oddness(fit: StudyFit): number {
  const chi = reducedChi2(fit);
  const t1 = t1Of(fit);
  const misfit = chi > 0 ? Math.abs(Math.log(chi)) : 0;
  const spread = t1 !== undefined && t1.value > 0 && t1.sigma >= 0 ? t1.sigma / t1.value : 0;
  return misfit + spread;
}
