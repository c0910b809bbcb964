import { sigmaOf } from "../core/estimate.ts";
import { fitStatus } from "./fit-summary.ts";
import type { Study } from "./study.ts";

/**
 * The numbers behind the page, SI, for people who want them out of it: estimates with budgets, fit parameters, operating points, comparisons.
 * Traces are not in it; they stand in their files, named by path and hash.
 */
export function pageData(study: Study): unknown {
  return {
    folder: study.folder,
    created: study.created,
    command: study.command,
    versions: study.versions,
    counts: study.counts,
    estimates: study.estimates.map(({ checks, ...e }) => ({ ...e, checks: checks.filter((c) => !c.holds).map((c) => c.code) })),
    comparisons: study.comparisons.map(({ decay, power, ...c }) => ({ ...c, decay: decay?.estimator, power: power?.estimator })),
    lines: study.lines,
    cooldowns: study.cooldowns.map(({ estimate, ...r }) => ({ ...r, value: estimate.value, sigma: sigmaOf(estimate) })),
    power: study.power.map((p) => ({
      ...{ labels: p.labels, estimator: p.estimator, gamma: p.gamma, sigma: p.sigma, line: p.line, points: p.points },
      driveDependence: p.driveDependence && { ...p.driveDependence, curves: undefined },
    })),
    fits: study.fits.map((f) => ({
      dataset: f.dataset,
      labels: f.labels,
      model: f.outcome.model,
      status: fitStatus(f),
      parameters:
        f.outcome.state === "refused" ? [] : f.outcome.parameters.map((p) => [p.name, significant(p.value), significant(p.sigma), p.unit]),
    })),
    fields: study.fields.map(({ labels, name, status, problem, outcome }) => ({
      ...{ labels, name, status, boundary: problem?.boundary, state: outcome.state },
      ...(outcome.state === "refused"
        ? { bound: outcome.bound }
        : { numbers: outcome.numbers, profile: outcome.profile, grid: outcome.grid, chi2: outcome.chi2, dof: outcome.dof }),
    })),
    series: study.series.map(({ axis, points: _points, ...s }) => ({ ...s, basis: axis.basis, cadence: axis.cadence, gaps: axis.gaps })),
    files: study.files.map((f) => ({ path: f.path, sha256: f.sha256, status: f.status })),
  };
}

/** Nine digits: more than any error bar needs, at half the size. */
function significant(value: number): number {
  return Number(value.toPrecision(9));
}
