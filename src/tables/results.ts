/** The tables that `run` writes (CONTRACT.md, "What `run` writes"): estimates.csv and fits.csv. */
import { type Check, failedCodes, type Status, statusOf } from "../core/check.ts";
import type { Labels } from "../core/dataset.ts";
import { type Estimate, QUANTITIES, type Route, sigmaOf } from "../core/estimate.ts";
import { ordered } from "./arquero.ts";
import { ESTIMATE_COLUMNS, FIT_COLUMNS } from "./result-columns.ts";
import type { Cell, RowTable } from "./row-table.ts";

const ROUTES: readonly Route[] = ["decay", "power", "partition", "field", "compare"];
const UNKNOWN = Number.NaN;

/**
 * estimates.csv (or of another format): one row per estimate, SI, 1 s.d.; unknown numbers are empty, and so are all numbers of a refused estimate.
 * Order: cooldown, device, qubit, route, quantity (as core/estimate.ts lists them), estimator, `combined` first, then conditions by their number.
 */
export function estimatesTable(estimates: readonly Estimate[]): RowTable {
  const rows = ordered(estimates, {
    cooldown: (e) => e.labels.cooldown,
    device: (e) => e.labels.device,
    qubit: (e) => e.labels.qubit,
    route: (e) => ROUTES.indexOf(e.route),
    quantity: (e) => QUANTITIES.indexOf(e.quantity),
    estimator: (e) => e.estimator,
    combined: (e) => (e.condition === "combined" ? 0 : 1),
    conditionName: (e) => e.condition.split("=", 1)[0]!,
    conditionValue: (e) => numberIn(e.condition),
    condition: (e) => e.condition,
  });
  return { columns: ESTIMATE_COLUMNS, rows: rows.map(estimateRow) };
}

function estimateRow(e: Estimate): Cell[] {
  const { cooldown, device, qubit } = e.labels;
  const known = e.status !== "refused";
  const numbers = known ? [e.value, sigmaOf(e), e.sigmaStat, e.sigmaCommon] : [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN];
  const about = [e.unit, e.status, failedCodes(e.checks).join(";"), e.datasets.join(";")];
  return [cooldown, device, qubit, e.route, e.quantity, e.estimator, e.condition, ...numbers, ...about];
}

/** The number behind the first `=`: `p_in=1.2e-16 W` -> 1.2e-16; conditions without one come first. */
function numberIn(condition: string): number {
  const value = Number.parseFloat(condition.slice(condition.indexOf("=") + 1));
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}

/** The end of a fit as fits.csv needs it; `FitOutcome` of the room fit is one. */
export type OutcomeRows =
  | {
      readonly state: "converged" | "stopped";
      readonly model: string;
      readonly parameters: readonly {
        readonly name: string;
        readonly value: number;
        readonly sigma: number;
        readonly low: number;
        readonly high: number;
        readonly unit: string;
      }[];
      readonly chi2: number;
      readonly dof: number;
      readonly n: number;
      readonly checks: readonly Check[];
    }
  | { readonly state: "refused"; readonly model: string; readonly n: number; readonly checks: readonly Check[] };

/** A fit as fits.csv needs it; `LabelledFit` of the room fit is one. */
export interface FitRows {
  readonly dataset: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly sources: readonly string[];
  readonly outcome: OutcomeRows;
  readonly alternatives: Readonly<Record<string, OutcomeRows>>;
}

/**
 * fits.csv (or of another format): one row per fit and parameter; alternative fits follow the main one as `<model> (<name>)`. A refused fit has one row without parameter
 * and numbers. Order: cooldown, device, qubit, source, trace (`q1[2]` before `q1[10]`), dataset; parameters as the law lists them.
 */
export function fitsTable(fits: readonly FitRows[]): RowTable {
  const rows = ordered(fits, {
    cooldown: (f) => f.labels.cooldown,
    device: (f) => f.labels.device,
    qubit: (f) => f.labels.qubit,
    source: (f) => f.sources.join(";"),
    signal: (f) => f.labels.trace.replace(/\[\d+\]$/, ""),
    index: (f) => Number(/\[(\d+)\]$/.exec(f.labels.trace)?.[1] ?? -1),
    dataset: (f) => f.dataset,
  });
  return { columns: FIT_COLUMNS, rows: rows.flatMap(fitRows) };
}

function fitRows(fit: FitRows): Cell[][] {
  const { cooldown, device, qubit, trace } = fit.labels;
  const head = [fit.dataset, fit.sources.join(";"), trace, cooldown, device, qubit, fit.kind];
  const others = Object.entries(fit.alternatives).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const outcomes: [string, OutcomeRows][] = [
    [fit.outcome.model, fit.outcome],
    ...others.map(([name, o]): [string, OutcomeRows] => [o.model === name ? name : `${o.model} (${name})`, o]),
  ];
  return outcomes.flatMap(([model, outcome]) => outcomeRows(outcome).map((cells) => [...head, model, ...cells]));
}

function outcomeRows(outcome: OutcomeRows): Cell[][] {
  const status = fitStatus(outcome);
  const codes = failedCodes(outcome.checks).join(";");
  if (status === "refused" || outcome.state === "refused")
    return [["", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "", UNKNOWN, UNKNOWN, outcome.n, "refused", codes]];
  const { chi2, dof, n } = outcome;
  return outcome.parameters.map((p) => [p.name, p.value, p.sigma, p.low, p.high, p.unit, chi2, dof, n, status, codes]);
}

/** What a fit's numbers may be used for: a refused fit has none, one that stopped before the minimum is at best doubtful. */
export function fitStatus(outcome: { readonly state: OutcomeRows["state"]; readonly checks: readonly Check[] }): Status {
  if (outcome.state === "refused") return "refused";
  const status = statusOf(outcome.checks);
  return outcome.state === "stopped" && status === "usable" ? "doubtful" : status;
}
