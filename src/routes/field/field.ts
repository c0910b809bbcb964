import { type Check, check, type Status, statusOf } from "../../core/check.ts";
import type { Estimate } from "../../core/estimate.ts";
import { fitField } from "../../field/fit-field.ts";
import type { FieldOutcome } from "../../field/outcome.ts";
import { fieldEstimates } from "./estimates.ts";
import { type FieldInput, FieldRefusal } from "./input.ts";
import { fieldProblem, type StatedProblem } from "./problem.ts";
import type { FieldStudy } from "./study.ts";

/** Raised whenever the route gives other results for the same input. */
export const FIELD_ROUTE_VERSION = 2;

export interface FieldResult {
  readonly estimates: readonly Estimate[];
  readonly study: FieldStudy;
}

/**
 * Maps of one cooldown and device -> gamma0(r) and gamma2 with their errors (PHYSICS.md sec. 4). What makes no problem, or what the data do not
 * determine, is refused with its sentence.
 * @param options.signal an interrupted fit has the outcome `stopped`, with the best point so far
 */
export async function fieldRoute(
  input: FieldInput,
  options: { readonly progress?: (text: string) => void; readonly signal?: AbortSignal } = {},
): Promise<FieldResult> {
  const stated = statedProblem(input);
  if ("state" in stated) return resultOf(input, stated, undefined);
  const outcome = await fitField(stated.problem, options);
  return resultOf(input, { ...outcome, checks: [...stated.checks, ...outcome.checks] }, stated);
}

/** What is known of the maps apart from their fit, said with every result. */
export function withChecks({ estimates, study }: FieldResult, checks: readonly Check[]): FieldResult {
  if (checks.length === 0) return { estimates, study };
  const status = <T extends { readonly status: Status }>(of: T, all: readonly Check[]) =>
    of.status === "refused" ? of.status : statusOf(all);
  const outcome = { ...study.outcome, checks: [...study.outcome.checks, ...checks] };
  return {
    estimates: estimates.map((e) => ({ ...e, checks: [...e.checks, ...checks], status: status(e, [...e.checks, ...checks]) })),
    study: { ...study, outcome, status: status(study, outcome.checks) },
  };
}

function statedProblem(input: FieldInput): StatedProblem | FieldOutcome {
  try {
    return fieldProblem(input);
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error;
    const checks = [check("field_incomplete", false, error.message)];
    return { state: "refused", sentence: error.message, checks, nullDirections: [], films: [], bound: Number.NaN };
  }
}

function resultOf({ labels, maps, sources, facts }: FieldInput, outcome: FieldOutcome, stated: StatedProblem | undefined): FieldResult {
  const group = { ...labels, qubit: "" };
  const estimates = fieldEstimates(outcome, {
    labels: group,
    estimator: outcome.state === "refused" ? (facts.gamma0 ?? "field") : outcome.law,
    datasets: [...new Set([...maps, ...sources].map((d) => d.dataset.id))].sort(),
    sources: stated?.sources ?? [],
  });
  const { checks } = outcome;
  return {
    estimates,
    study: {
      ...{ labels: group, name: "" },
      files: [...maps, ...sources].map((d) => d.path),
      facts: stated?.facts ?? [],
      ...(stated ? { problem: problemFacts(stated) } : {}),
      outcome,
      status: outcome.state === "converged" ? statusOf(checks) : "refused",
    },
  };
}

function problemFacts({ problem }: StatedProblem): NonNullable<FieldStudy["problem"]> {
  const { dimensions, domain, boundary, gamma0, gamma2, background } = problem;
  return { dimensions, domain, boundary, gamma0, gamma2, background };
}
