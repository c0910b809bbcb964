import type { Estimate } from "../../src/core/estimate.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import type { AttenuationOrigin, Facts } from "../../src/lab/lab.ts";
import { compareRoutes, quotedPower } from "../../src/routes/compare.ts";
import { comparedLines } from "../../src/routes/compared-line.ts";
import { type CooldownGroup, cooldownRatios } from "../../src/routes/cooldown-ratios.ts";
import { decayRoute } from "../../src/routes/decay.ts";
import { lineTests } from "../../src/routes/line-tests.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { DEFAULT_LAB } from "../../src/simulate/default-lab.ts";
import type { Experiment, LabSpec, QubitSpec, Uncertain } from "../../src/simulate/lab-spec.ts";
import type { PullCase, PullGroup } from "../../src/simulate/pull-seeds.ts";

/** A lab of qubits at the end of one line, measured by both routes. */
export interface SharedLine {
  readonly qubits: number;
  readonly cooldowns: readonly string[];
  readonly attenuation: Uncertain;
  /** Cooldowns that state the line anew. */
  readonly changed?: Readonly<Record<string, Uncertain>>;
  readonly repeats?: number;
  readonly powers?: number;
  /** Frequencies of a scattering trace. */
  readonly points?: number;
  /** Rabi oscillations at the strongest power instead of scattering. */
  readonly rabi?: boolean;
}

const us = 1e-6;

export function sharedLine({
  qubits,
  cooldowns,
  attenuation,
  changed = {},
  repeats = 6,
  powers = 6,
  points = 41,
  rabi,
}: SharedLine): LabSpec {
  const names = Array.from({ length: qubits }, (_, i) => `q${i + 1}`);
  const like = DEFAULT_LAB.qubits.q1!;
  const spec = (i: number): QubitSpec => ({
    ...like,
    frequency: like.frequency + i * 0.11e9,
    gammaNr: like.gammaNr * (1 + 0.3 * i),
    fluctuation: 0.02,
  });
  const dBm = Array.from({ length: powers }, (_, i) => -78 + (20 * i) / (powers - 1));
  const experiments = names.flatMap((qubit): Experiment[] => [
    { what: "t1-csv", qubit, repeats, delays: { start: 0, stop: 180 * us, points: 21 }, shots: 4000 },
    rabi
      ? { what: "rabi", qubit, power: Math.max(...dBm), delays: { start: 0, stop: 60 * us, points: 61 }, shots: 4000 }
      : { what: "scattering", qubit, powers: dBm, span: 200e3, points },
    { what: "saturation", qubit, powers: dBm, shots: 40_000, withFrequency: true },
    { what: "equilibrium", qubit, shots: 40_000, repeats: 4 },
  ]);
  return {
    ...DEFAULT_LAB,
    qubits: Object.fromEntries(names.map((name, i) => [name, spec(i)])),
    lines: { drive1: { qubits: names, attenuation, origin: "noise-thermometry" } },
    cooldowns: cooldowns.map((name, i) => ({
      ...{ name, started: `2026-0${i + 1}-03`, note: "", qubits: {}, experiments },
      lines: changed[name] === undefined ? {} : { drive1: changed[name] },
    })),
    exclude: [],
  };
}

/** What the lab file says of the line instead of what the simulation drew it from. */
export type Restate = (facts: Facts, group: PullGroup) => Facts;

export const attenuationFrom =
  (origin: AttenuationOrigin, value?: number): Restate =>
  (facts) => {
    const line = facts.line!;
    const { quantity, entry } = line.attenuation!;
    const stated = value === undefined ? quantity : { ...quantity, value, sigma: 0.3 };
    return { ...facts, line: { ...line, attenuation_from: origin, attenuation: { quantity: stated, entry } } };
  };

/**
 * Both routes of every qubit and cooldown of a simulated lab, and what they say together.
 * @param coherence gamma2 that is known of each, for Rabi frequencies without scattering
 */
export function comparedLab(
  lab: PullCase,
  restate: Restate = (facts) => facts,
  coherence: (group: PullGroup) => Estimate | undefined = () => undefined,
) {
  const rates = lab.groups.map((group) => {
    const { labels, datasets } = group;
    const facts = restate(group.facts, group);
    const fits = datasets
      .filter((d) => d.dataset.kind === "decay")
      .map(({ dataset: d }) => ({
        ...{ ...fitDecay(d, {}), labels: d.labels, axis: "repeat" as const, conditions: d.conditions, sources: [], started: "" },
        kindInferred: false,
      }));
    const decay = decayRoute(fits).find((e) => e.quantity === "gamma1_total" && e.condition === "combined");
    const gamma2 = coherence(group);
    const power = powerRoute({ labels, facts, datasets, ...(decay && { decay }), ...(gamma2 && { coherence: gamma2 }) }).estimates;
    return { labels, facts, decay, power };
  });
  const lines = comparedLines(rates.map(({ labels, facts, power }) => ({ labels, line: facts.line, power: quotedPower(power) })));
  const groups: CooldownGroup[] = rates.map(({ labels, decay, power }, i) => {
    const { comparison, estimates } = compareRoutes(labels, decay, power, lines[i] ? { line: lines[i] } : {});
    return { comparison, ratio: estimates[0], power };
  });
  const order = [...new Set(rates.map((r) => r.labels.cooldown))];
  return { groups, ...lineTests(groups), between: cooldownRatios(groups, order) };
}
