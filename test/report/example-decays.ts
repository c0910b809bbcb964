import { check } from "../../src/core/check.ts";
import type { Labels } from "../../src/core/dataset.ts";
import type { Random } from "../../src/core/random.ts";
import type { StudyFit } from "../../src/report/study.ts";

export interface DecaySpec {
  readonly labels: Labels;
  /** s */
  readonly t1: number;
  readonly axis?: StudyFit["axis"];
  readonly conditions?: StudyFit["conditions"];
  readonly started?: string;
  readonly state?: "converged" | "stopped" | "refused" | "doubtful";
  readonly points?: number;
  readonly source?: string;
  readonly volts?: boolean;
}

/** A fit as the decay route would store it; drawn from the law itself, because only its looks matter here. */
export function decayFit(spec: DecaySpec, random: Random): StudyFit {
  const n = spec.points ?? 61;
  const state = spec.state ?? "converged";
  const scale = spec.volts ? 3.2e-5 : 1;
  const t = Array.from({ length: n }, (_, i) => (i * 5 * spec.t1) / (n - 1));
  const sigma = 0.03 * scale;
  const law = t.map((v) => scale * (0.05 + 0.9 * Math.exp(-v / spec.t1)));
  const second = state === "doubtful" ? t.map((v) => 0.12 * scale * Math.sin((4 * v) / spec.t1)) : t.map(() => 0);
  const y = t.map((_, i) => (state === "refused" ? 0.5 * scale : law[i]! + second[i]!) + sigma * random.normal());
  const residual = y.map((v, i) => (v - law[i]!) / sigma);
  const chi2 = residual.reduce((sum, r) => sum + r * r, 0);
  const sigmaT1 = 0.03 * spec.t1;
  const value = spec.t1 + sigmaT1 * random.normal() * 0.5;
  const parameter = (name: string, v: number, s: number, unit: "s" | "1/s" | "1" | "V") => ({
    name,
    value: v,
    sigma: s,
    low: v - s,
    high: v + s,
    unit,
    fixed: false,
  });
  const numbers = {
    model: "exponential",
    parameters: [
      parameter("amplitude", 0.9 * scale, 0.01 * scale, spec.volts ? "V" : "1"),
      parameter("gamma1_total", 1 / value, sigmaT1 / value ** 2, "1/s"),
      parameter("t1", value, sigmaT1, "s"),
    ],
    covariance: [],
    chi2,
    dof: n - 3,
    n,
    distance: 1e-9,
    iterations: 7,
    method: "least squares with known sigma, free offset",
  };
  const outcome =
    state === "refused"
      ? {
          state: "refused" as const,
          model: "exponential",
          sentence: "A decay lowers chi-square by 2.1 against a constant, 9 is the limit: there is no signal here.",
          n,
          checks: [check("no_signal", false, "A decay lowers chi-square by 2.1 against a constant, 9 is the limit.", 2.1, 9)],
          method: "",
        }
      : state === "stopped"
        ? { ...numbers, state: "stopped" as const, sentence: "The optimiser reached 200 steps without a minimum.", checks: [] }
        : {
            ...numbers,
            state: "converged" as const,
            checks: [
              check("cut_off", true, "The last delay is 5.0 T1.", 5, 2),
              check("not_exponential", state !== "doubtful", "A second component lowers chi-square by 64; 12 is the limit.", 64, 12),
            ],
          };
  return {
    dataset: `id-${spec.labels.cooldown}-${spec.labels.qubit}-${spec.labels.trace}`,
    kind: "decay",
    outcome,
    alternatives: {},
    laws: state === "doubtful" ? [{ law: "biexponential", aicc: -31.2, p: 2e-8, better: true }] : [],
    trace: {
      t,
      y,
      sigma: state === "refused" ? [] : t.map(() => sigma),
      fit: state === "refused" ? [] : law,
      unit: spec.volts ? "V" : "1",
      left_out: [],
    },
    rotation: spec.volts ? "rotated onto the principal axis" : "",
    notes: [],
    labels: spec.labels,
    axis: spec.axis ?? "single",
    conditions: spec.conditions ?? [],
    sources: [spec.source ?? `${spec.labels.cooldown}/${spec.labels.qubit}_t1_${spec.labels.trace.replace(/\[(\d+|mean)\]$/, "")}.csv`],
    started: spec.started ?? "",
    kindInferred: false,
    fresh: true,
  };
}
