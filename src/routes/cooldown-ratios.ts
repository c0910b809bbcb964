import type { Check } from "../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels } from "../core/estimate.ts";
import * as say from "../core/messages/lines.ts";
import { estimateOf, inherited, scaled } from "./budget.ts";
import { QUOTED } from "./compare.ts";
import type { ComparedLine } from "./compared-line.ts";
import type { ComparedGroup } from "./line-tests.ts";

/** A compared group with all its power estimates. */
export interface CooldownGroup extends ComparedGroup {
  readonly power: readonly Estimate[];
}

/** How one number of a qubit changed from one cooldown to the next. */
export interface CooldownRatio {
  /** Labels of the later cooldown. */
  readonly labels: GroupLabels;
  readonly earlier: string;
  readonly of: "decay" | "power" | "power_over_decay";
  /** Value later/earlier; row `ratio_between_cooldowns`, condition `cd08/cd07`. */
  readonly estimate: Estimate;
  /** ln(ratio)/sigma(ln ratio). */
  readonly pull: number;
  /** What became of the attenuation's error; `absent` for T1 and where none enters. */
  readonly attenuation: "cancels" | "stays" | "absent";
  /** What changed, and what became of the attenuation's error (empty where none is in it). */
  readonly change: string;
  readonly why: string;
}

/**
 * Ratios of each qubit's rates, and of power/decay, between successive cooldowns. Inputs of one entry of the lab file (or one dataset) are one error and
 * cancel as far as they act alike; a line that a cooldown states anew is another error and does not; `repeatability` is one per cooldown and stays.
 * @param order cooldowns, first to last
 */
export function cooldownRatios(groups: readonly CooldownGroup[], order: readonly string[]): CooldownRatio[] {
  const qubits = new Map<string, CooldownGroup[]>();
  for (const group of [...groups].sort((a, b) => order.indexOf(cooldownOf(a)) - order.indexOf(cooldownOf(b)))) {
    const { device, qubit } = group.comparison.labels;
    const key = JSON.stringify([device, qubit]);
    qubits.set(key, [...(qubits.get(key) ?? []), group]);
  }
  return [...qubits.values()].flatMap((all) => all.slice(1).flatMap((later, i) => between(all[i]!, later)));
}

const cooldownOf = (g: CooldownGroup) => g.comparison.labels.cooldown;

function between(earlier: CooldownGroup, later: CooldownGroup): CooldownRatio[] {
  const lines = [earlier.comparison.line, later.comparison.line] as const;
  const power = samePower(earlier.power, later.power);
  return [
    ...ratioOf("decay", earlier.comparison.decay, later.comparison.decay, [undefined, undefined]),
    ...ratioOf("power", power?.[0], power?.[1], lines),
    ...(earlier.ratio?.estimator === later.ratio?.estimator ? ratioOf("power_over_decay", earlier.ratio, later.ratio, lines) : []),
  ];
}

/** The first estimator with a number in both: a ratio of two estimators would hold the bias of one. */
function samePower(earlier: readonly Estimate[], later: readonly Estimate[]): readonly [Estimate, Estimate] | undefined {
  for (const name of QUOTED) {
    const [a, b] = [earlier, later].map((all) =>
      all.find((e) => e.quantity === "gamma1_total" && e.condition === "combined" && e.estimator === name && Number.isFinite(e.value)),
    );
    if (a && b) return [a, b];
  }
  return undefined;
}

function ratioOf(
  of: CooldownRatio["of"],
  earlier: Estimate | undefined,
  later: Estimate | undefined,
  lines: readonly [ComparedLine | undefined, ComparedLine | undefined],
): CooldownRatio[] {
  if (!earlier || !later || !Number.isFinite(earlier.value) || !Number.isFinite(later.value)) return [];
  // A copied file is no second measurement.
  if (later.datasets.length > 0 && later.datasets.every((id) => earlier.datasets.includes(id))) return [];
  const value = later.value / earlier.value;
  const names = (e: Estimate, line: ComparedLine | undefined) => e.budget.some((l) => l.shared !== undefined && l.shared === line?.entry);
  const [first, second] = [names(earlier, lines[0]), names(later, lines[1])];
  const same = first && second && lines[0]!.entry === lines[1]!.entry;
  // An attenuation whose error nobody stated is one factor in both all the same.
  const cancelled = (e: Estimate) => e.budget.filter((l) => !(same && l.shared === lines[0]!.entry && Number.isNaN(l.contribution)));
  const budget = [
    ...scaled(cancelled(later), 1 / earlier.value).map(named(later)),
    ...scaled(cancelled(earlier), -value / earlier.value).map(named(earlier)),
  ];
  const circular = !same && [earlier, later].some((e) => e.checks.some((c) => c.code === "circular" && !c.holds));
  const attenuation = same ? "cancels" : first || second ? "stays" : "absent";
  const draft = estimateOf({
    ...{ route: "compare", quantity: "ratio_between_cooldowns", unit: "1", value, budget },
    estimator: of === "power_over_decay" ? `power_over_decay(${later.estimator})` : later.estimator,
    condition: `${later.labels.cooldown}/${earlier.labels.cooldown}`,
    labels: later.labels,
    checks: [...inherited(later.checks), ...inherited(earlier.checks)]
      .filter((c) => !(same && ABOUT_THE_LINE.includes(c.code)) && !PAIR_ONLY.includes(c.code))
      .filter((c, i, all) => all.findIndex((d) => d.code === c.code) === i),
    datasets: [...new Set([...later.datasets, ...earlier.datasets])],
  });
  const sigma = Math.hypot(draft.sigmaStat, draft.sigmaCommon);
  const pull = (Math.log(value) * value) / sigma;
  const change = say.cooldownChange({ of, value, sigma, pull, earlier: earlier.labels.cooldown, later: later.labels.cooldown });
  const [name, repeatability] = [lines[1]?.name ?? "", lines[1]?.repeatability ?? false];
  const why = say.cooldownLine({ circular, attenuation, line: name, repeatability });
  const estimate = { ...draft, remark: [change, why].filter(Boolean).join(" ") };
  return [{ labels: later.labels, earlier: earlier.labels.cooldown, of, estimate, pull, attenuation, change, why }];
}

/** Own noise says of which cooldown it is; shared inputs are merged under their own names. */
const named = (e: Estimate) => (l: BudgetLine) => (l.shared === undefined ? { ...l, input: `${l.input}, ${e.labels.cooldown}` } : l);

/** What fails about an attenuation that cancels is no fault of the ratio. */
const ABOUT_THE_LINE: readonly Check["code"][] = ["circular", "attenuation_unknown_origin", "attenuation_no_sigma"];
/** Said of one cooldown's two routes. */
const PAIR_ONLY: readonly Check["code"][] = ["routes_disagree"];
