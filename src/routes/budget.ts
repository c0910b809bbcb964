import { type Check, type CheckCode, statusOf } from "../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels, QuantityName, Route } from "../core/estimate.ts";
import type { Unit } from "../core/units.ts";

/** Lines of one shared input added with their signs: two ways on which the same error acts are one error. Statistical lines stay apart. */
export function mergeBudget(lines: readonly BudgetLine[]): BudgetLine[] {
  const merged = new Map<string, BudgetLine>();
  const own: BudgetLine[] = [];
  for (const line of lines) {
    if (line.shared === undefined) own.push(line);
    else {
      const before = merged.get(line.shared);
      merged.set(line.shared, before ? { ...before, contribution: before.contribution + line.contribution } : line);
    }
  }
  return [...own, ...merged.values()];
}

/** Whether a line is noise of a measurement: of this estimate alone, or named because several rows of one fit see it. */
export function isNoise(line: Pick<BudgetLine, "shared" | "noise">): boolean {
  return line.shared === undefined || line.noise === true;
}

/** Statistical and common part of a merged budget. */
export function sigmasOf(lines: readonly BudgetLine[]): { readonly sigmaStat: number; readonly sigmaCommon: number } {
  const own = lines.filter(isNoise).map((l) => l.contribution);
  const sigmaCommon = Math.hypot(...lines.filter((l) => !isNoise(l)).map((l) => l.contribution));
  // A number of nothing but inputs whose error is not known has no known part: 0 would read as one.
  return { sigmaStat: own.length === 0 && Number.isNaN(sigmaCommon) ? Number.NaN : Math.hypot(...own), sigmaCommon };
}

/** The lines of a budget times a derivative. */
export function scaled(lines: readonly BudgetLine[], factor: number): BudgetLine[] {
  return lines.map((l) => ({ ...l, contribution: l.contribution * factor }));
}

/** What `estimateOf` needs. */
export interface EstimateDraft {
  readonly route: Route;
  readonly quantity: QuantityName;
  readonly estimator: string;
  readonly condition?: string;
  readonly labels: GroupLabels;
  readonly value: number;
  readonly unit: Unit;
  readonly budget: readonly BudgetLine[];
  readonly checks?: readonly Check[];
  readonly datasets?: readonly string[];
  readonly remark?: string;
  /** Shared names that belong to this estimate's own noise once its lines are added: they end as statistical. */
  readonly own?: ReadonlySet<string>;
  /** 68 %, where it is not value -+ sigma. */
  readonly interval?: readonly [low: number, high: number];
  /** As of an estimate. */
  readonly unbounded?: number;
}

/** An estimate whose errors are those of its budget; a value that is not finite is refused and keeps NaN. */
export function estimateOf(draft: EstimateDraft): Estimate {
  const { checks = [], datasets = [], remark = "", condition = "combined" } = draft;
  const known = Number.isFinite(draft.value);
  const budget = known
    ? mergeBudget(draft.budget).map((l) => (draft.own?.has(l.shared ?? "") ? { input: l.input, contribution: l.contribution } : l))
    : [];
  const none = { sigmaStat: Number.NaN, sigmaCommon: Number.NaN };
  return {
    route: draft.route,
    quantity: draft.quantity,
    estimator: draft.estimator,
    condition,
    labels: draft.labels,
    value: known ? draft.value : Number.NaN,
    ...(known ? sigmasOf(budget) : none),
    ...(known && draft.interval?.every(Number.isFinite) ? { interval: draft.interval } : {}),
    ...(known && draft.unbounded !== undefined && draft.unbounded !== draft.value ? { unbounded: draft.unbounded } : {}),
    unit: draft.unit,
    status: known ? statusOf(checks) : "refused",
    checks,
    budget,
    datasets,
    remark,
  };
}

/** Checks of an input that a derived number inherits: what fails there is in doubt here too. */
export function inherited(checks: readonly Check[], without: readonly CheckCode[] = []): Check[] {
  return checks.filter((c) => !c.holds && !without.includes(c.code));
}
