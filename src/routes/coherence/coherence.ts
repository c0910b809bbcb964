import { type Check, check } from "../../core/check.ts";
import { type BudgetLine, type Estimate, type GroupLabels, sigmaOf } from "../../core/estimate.ts";
import * as say from "../../core/messages/power-data.ts";
import { estimateOf, inherited, scaled } from "../budget.ts";
import { withDecayNoise } from "../decay-noise.ts";
import type { CoherenceTrace } from "./trace.ts";

/** Gain in chi2 by a Gaussian factor that noise makes once in some thousand traces. */
const BENT = 12;
const APART = 3;

/** A coherence trace and whose it is. */
export interface LabelledCoherence {
  readonly labels: GroupLabels;
  readonly trace: CoherenceTrace;
}

/**
 * gamma2 of every qubit and cooldown by its own traces, and gamma_phi by these and by every other gamma2 that is known with T1.
 * @param known rows of the other routes: gamma2 of the sweep, gamma1_total by decay
 */
export function coherenceRoute(traces: readonly LabelledCoherence[], known: readonly Estimate[]): Estimate[] {
  const keyOf = ({ cooldown, device, qubit }: GroupLabels) => JSON.stringify([cooldown, device, qubit]);
  const swept = known.filter((e) => e.quantity === "gamma2" && e.estimator === "saturation_sweep");
  const groups = new Map<string, GroupLabels>();
  for (const { labels } of [...traces, ...swept]) {
    const { cooldown, device, qubit } = labels;
    groups.set(keyOf(labels), { cooldown, device, qubit });
  }
  return [...groups.keys()].sort().flatMap((key) => {
    const labels = groups.get(key)!;
    const of = <T extends { readonly labels: GroupLabels }>(list: readonly T[]) => list.filter((x) => keyOf(x.labels) === key);
    const decay = of(known).find((e) => e.route === "decay" && e.quantity === "gamma1_total" && e.condition === "combined");
    const gamma2 = coherenceEstimates(
      labels,
      of(traces).map((t) => t.trace),
    );
    return [...gamma2, ...dephasingEstimates(labels, [...of(swept), ...gamma2], decay)];
  });
}

/** gamma2 of one qubit by its own traces, echo before Ramsey: what is slow turns no driven qubit within its T1. Undefined without a number. */
export function quotedCoherence(labels: GroupLabels, traces: readonly LabelledCoherence[]): Estimate | undefined {
  const own = traces.filter(({ labels: l }) => l.cooldown === labels.cooldown && l.device === labels.device && l.qubit === labels.qubit);
  const rows = coherenceEstimates(
    labels,
    own.map((t) => t.trace),
  ).filter((e) => e.condition === "combined" && Number.isFinite(e.value));
  return (["echo", "ramsey", "coherence"] as const).flatMap((name) => rows.filter((e) => e.estimator === name))[0];
}

/** gamma2 of every sequence (and operating point): the unweighted mean of its traces with their scatter from three on, else their weighted mean. */
function coherenceEstimates(labels: GroupLabels, traces: readonly CoherenceTrace[]): Estimate[] {
  const groups = new Map<string, CoherenceTrace[]>();
  for (const t of traces) {
    const key = JSON.stringify([t.sequence, t.condition]);
    groups.set(key, [...(groups.get(key) ?? []), t]);
  }
  return [...groups.keys()].sort().map((key) => gamma2Of(labels, groups.get(key)!));
}

function gamma2Of(labels: GroupLabels, traces: readonly CoherenceTrace[]): Estimate {
  const { sequence, condition } = traces[0]!;
  const good = traces.filter((t) => t.refused === "");
  const base = {
    ...({ route: "decay", quantity: "gamma2", estimator: sequence, condition, labels, unit: "1/s" } as const),
    datasets: traces.map((t) => t.dataset),
  };
  const [lost] = traces.filter((t) => t.refused !== "");
  if (good.length === 0) {
    const why = check("no_signal", false, lost!.refused);
    return estimateOf({ ...base, value: Number.NaN, budget: [], checks: [why], remark: why.sentence });
  }
  const { value, line } = meanOf(good);
  const worst = good.reduce((a, b) => (b.gaussian > a.gaussian ? b : a));
  const checks = [
    check("coherence_shape", !(worst.gaussian > BENT), say.coherenceShape(worst.gaussian, worst.oneOverE), worst.gaussian, BENT),
  ];
  if (lost) checks.push(check(good.length * 10 >= traces.length * 9 ? "some_traces_refused" : "many_traces_refused", false, lost.refused));
  return estimateOf({ ...base, value, budget: [line], checks, remark: say.coherenceBy(sequence, good.length) });
}

function meanOf(traces: readonly CoherenceTrace[]): { value: number; line: BudgetLine } {
  const n = traces.length;
  if (n >= 3) {
    const value = traces.reduce((a, t) => a + t.gamma2, 0) / n;
    const variance = traces.reduce((a, t) => a + (t.gamma2 - value) ** 2, 0) / (n - 1);
    return { value, line: { input: "scatter over traces", contribution: Math.sqrt(variance / n) } };
  }
  const weights = traces.map((t) => t.sigma ** -2);
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    value: traces.reduce((a, t, i) => a + (weights[i]! * t.gamma2) / total, 0),
    line: { input: "noise of the trace", contribution: 1 / Math.sqrt(total) },
  };
}

/**
 * Pure dephasing `gamma_phi = gamma2 - gamma1_total/2` (PHYSICS.md sec. 0: dissipator (gamma_phi/2) D[sigma_z]) from every gamma2 and T1, each held
 * against the gamma2 of the other ways: they see different parts of the noise's spectrum.
 * @param gamma2 combined rows, of the power route's sweep too. @param decay gamma1_total by decay
 */
function dephasingEstimates(labels: GroupLabels, gamma2: readonly Estimate[], decay: Estimate | undefined): Estimate[] {
  if (!decay || !Number.isFinite(decay.value)) return [];
  const usable = gamma2.filter((e) => e.condition === "combined" && Number.isFinite(e.value));
  const noise = withDecayNoise(decay);
  return usable.map((g) => {
    const value = g.value - decay.value / 2;
    const others = usable.filter((o) => o !== g).flatMap((o) => comparison(g, o));
    const draft = {
      // The sweep has a gamma_phi of its own, with its own rate.
      estimator: g.route === "power" ? `${g.estimator}+t1` : g.estimator,
      ...({ route: g.route, quantity: "gamma_phi", labels, value, unit: "1/s", own: noise.own } as const),
      budget: [...g.budget, ...scaled(noise.budget, -0.5)],
      datasets: [...new Set([...g.datasets, ...decay.datasets])],
    };
    const sigma = sigmaOf(estimateOf(draft));
    const pull = value / sigma;
    const checks = [
      ...inherited(g.checks),
      ...inherited(decay.checks).filter((c) => !g.checks.some((d) => d.code === c.code)),
      ...others,
      ...(pull < -APART ? [check("beyond_2t1", false, say.beyondTwoT1(value, sigma), pull, -APART)] : []),
    ];
    const told = others.find((c) => !c.holds);
    return estimateOf({ ...draft, checks, remark: [say.dephasingConvention(), ...(told ? [told.sentence] : [])].join(" ") });
  });
}

function comparison(a: Estimate, b: Estimate): Check[] {
  const sigmas = (a.value - b.value) / Math.hypot(sigmaOf(a), sigmaOf(b));
  if (!Number.isFinite(sigmas)) return [];
  const holds = Math.abs(sigmas) < APART;
  const sentence = holds
    ? say.dephasingAgrees(a.estimator, b.estimator, Math.abs(sigmas))
    : say.dephasingDiffers(a.estimator, a.value, b.estimator, b.value, Math.abs(sigmas));
  return [check("dephasing_differs", holds, sentence, Math.abs(sigmas), APART)];
}
