import { type Check, check } from "../core/check.ts";
import type { BudgetLine, Estimate, GroupLabels } from "../core/estimate.ts";
import * as say from "../core/messages/lines.ts";
import { LN_PER_DB } from "../physics/decibel.ts";
import { estimateOf, inherited, isNoise } from "./budget.ts";
import { verdictOf } from "./compare.ts";
import type { ComparedLine, Standing } from "./compared-line.ts";
import type { Comparison } from "./comparison.ts";
import { contrastTest } from "./contrast-test.ts";

/** A comparison with the estimate of its ratio, where there is one. */
export interface ComparedGroup {
  readonly comparison: Comparison;
  readonly ratio: Estimate | undefined;
}

/** All comparisons that rest on one attenuation: one independent test of it, however many qubits there are. */
export interface LineTest {
  readonly line: ComparedLine;
  readonly members: readonly GroupLabels[];
  /** Qubits on this attenuation that are not in the mean: quoted from a lower bound, or of an error that is not known. */
  readonly leftOut: readonly GroupLabels[];
  /** 10 log10 of the combined ratio; its error by own noise alone, and by inputs that its members or other results share, the attenuation among them. */
  readonly ratioDb: number;
  readonly sigmaStatDb: number;
  readonly sigmaCommonDb: number;
  readonly sigmaDb: number;
  /** Error of the attenuation that would make the routes agree: all of the above but that of the stated attenuation. */
  readonly sigmaImpliedDb: number;
  /** Whether the qubits agree among themselves: probability of a larger chi2 by their own errors alone; NaN for one, or without errors. */
  readonly chi2: number;
  readonly dof: number;
  readonly agreement: number;
  readonly pull: number;
  readonly standing: Standing;
  readonly verdict: ReturnType<typeof verdictOf>;
  readonly sentence: string;
}

/**
 * One test per entry of an attenuation. The ratios are combined in ln with weights from what is each qubit's alone; what they share is added afterwards
 * with its sign, so that it neither averages down nor pulls the mean (Peelle; PHYSICS.md sec. 1, "Combining"). An estimate row `line=<name>` where there
 * are two or more; ratios of incident minus reflected are lower bounds and stay out.
 */
export function lineTests(groups: readonly ComparedGroup[]): {
  readonly tests: readonly LineTest[];
  readonly estimates: readonly Estimate[];
} {
  const entries = new Map<string, ComparedGroup[]>();
  for (const group of groups) {
    const entry = group.comparison.line?.entry;
    if (entry !== undefined && group.ratio && !isCopy(group, groups)) entries.set(entry, [...(entries.get(entry) ?? []), group]);
  }
  const made = [...entries.values()].flatMap((all) => {
    const work = all.filter((g) => g.ratio?.estimator !== "scalar_difference");
    // One qubit of unknown error must not take the verdict from the others.
    const known = work.filter((g) => g.ratio!.budget.every((l) => l.shared === g.comparison.line!.entry || !Number.isNaN(l.contribution)));
    const members = known.length > 0 ? known : work;
    return members.length > 0 ? [testOf(members, all)] : [];
  });
  return { tests: made.map((m) => m.test), estimates: made.flatMap((m) => (m.test.members.length > 1 ? [m.estimate] : [])) };
}

/** Whether an earlier group holds the same data: a copied file is no second measurement. */
function isCopy(group: ComparedGroup, groups: readonly ComparedGroup[]): boolean {
  const data = (g: ComparedGroup) => JSON.stringify([...(g.ratio?.datasets ?? [])].sort());
  const first = groups.find((g) => data(g) === data(group));
  return first !== group && (group.ratio?.datasets.length ?? 0) > 0;
}

function testOf(
  members: readonly ComparedGroup[],
  all: readonly ComparedGroup[],
): { readonly test: LineTest; readonly estimate: Estimate } {
  const line = members[0]!.comparison.line!;
  const labels = (list: readonly ComparedGroup[]) => list.map((g) => g.comparison.labels);
  const logs = members.map((g) => Math.log(g.ratio!.value));
  // Relative lines of each ratio. An error of the attenuation that is not known is the same for all.
  const budgets = members.map((g) => g.ratio!.budget.map((l) => ({ ...l, contribution: l.contribution / g.ratio!.value })));
  const weights = weightsOf(budgets);
  const mean = logs.reduce((sum, x, i) => sum + weights[i]! * x, 0);
  const lines = budgets.flatMap((own, i) => own.map((l) => ({ ...l, contribution: l.contribution * weights[i]! })));
  const contrast = contrastTest(
    logs,
    budgets.map((own) => own.filter((l) => !(l.shared === line.entry && Number.isNaN(l.contribution)))),
  );
  const standing = worst(members.map((g) => g.comparison.line!.standing));
  const inLn = (keep: (l: BudgetLine) => boolean) => rootOfShared(lines.filter(keep));
  const [stat, implied] = [inLn(isNoise), inLn((l) => l.shared !== line.entry)];
  const [common, total] = [inLn((l) => !isNoise(l)), inLn(() => true)];
  const pull = mean / total;
  const ofMean = verdictOf(pull, standing);
  // A mean of qubits that contradict each other agrees with nothing.
  const verdict = ofMean === "agree" && contrast.agreement < LEAST ? "tension" : ofMean;
  const numbers = {
    ...{ ratioDb: mean / LN_PER_DB, sigmaStatDb: stat / LN_PER_DB, sigmaCommonDb: common / LN_PER_DB, sigmaDb: total / LN_PER_DB },
    ...{ sigmaImpliedDb: implied / LN_PER_DB, pull, ...contrast },
  };
  const about = { line, members: labels(members), leftOut: labels(all.filter((g) => !members.includes(g))), standing, verdict };
  const sentence = say.lineSentence({ ...about, ...numbers });
  const value = Math.exp(mean);
  const estimate = estimateOf({
    ...{ route: "compare", quantity: "ratio_power_over_decay", estimator: estimatorOf(members), condition: `line=${line.name}` },
    labels: commonLabels(labels(members)),
    ...{ value, unit: "1", budget: lines.map((l) => ({ ...l, contribution: l.contribution * value })) },
    checks: checksOf(members, contrast, sentence, pull),
    datasets: [...new Set(members.flatMap((g) => g.ratio!.datasets))],
    remark: sentence,
  });
  return { test: { ...about, ...numbers, sentence }, estimate };
}

/** From what no other member shares: own noise, and inputs that only this member names. Equal where one of them is not known. */
function weightsOf(budgets: readonly (readonly BudgetLine[])[]): number[] {
  const users = new Map<string, number>();
  for (const name of budgets.flatMap((own) => [...new Set(own.flatMap((l) => l.shared ?? []))]))
    users.set(name, (users.get(name) ?? 0) + 1);
  const own = budgets.map((lines) => rootOfShared(lines.filter((l) => l.shared === undefined || users.get(l.shared) === 1)));
  const raw = own.map((sigma) => (own.every((s) => s > 0) ? sigma ** -2 : 1));
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((w) => w / total);
}

/** Root of the variance: lines of one shared input add with their signs, the others in squares. */
function rootOfShared(lines: readonly BudgetLine[]): number {
  const shared = new Map<string, number>();
  for (const l of lines) if (l.shared !== undefined) shared.set(l.shared, (shared.get(l.shared) ?? 0) + l.contribution);
  return Math.hypot(...lines.filter((l) => l.shared === undefined).map((l) => l.contribution), ...shared.values());
}

const ORDER: readonly Standing[] = ["circular", "unclear", "unknown", "independent"];
const worst = (all: readonly Standing[]) => ORDER.find((s) => all.includes(s))!;

function estimatorOf(members: readonly ComparedGroup[]): string {
  return [...new Set(members.map((g) => g.ratio!.estimator))].sort().join("+");
}

/** What all members have in common; empty where they differ. */
function commonLabels(all: readonly GroupLabels[]): GroupLabels {
  const one = (values: readonly string[]) => (new Set(values).size === 1 ? values[0]! : "");
  return { cooldown: one(all.map((l) => l.cooldown)), device: one(all.map((l) => l.device)), qubit: "" };
}

function checksOf(
  members: readonly ComparedGroup[],
  { chi2, agreement }: { chi2: number; agreement: number },
  sentence: string,
  pull: number,
) {
  const checks: Check[] = members
    .flatMap((g) => inherited(g.ratio!.checks, ["routes_disagree"]))
    .filter((c, i, all) => all.findIndex((d) => d.code === c.code) === i);
  if (Number.isFinite(agreement))
    checks.push(check("qubits_disagree", agreement >= LEAST, say.qubitsScatter(chi2, members.length - 1, agreement), agreement, LEAST));
  if (Number.isFinite(pull)) checks.push(check("routes_disagree", !(Math.abs(pull) >= 2), sentence, pull, 2));
  return checks;
}

/** Probability below which the scatter is no chance. */
const LEAST = 0.01;
