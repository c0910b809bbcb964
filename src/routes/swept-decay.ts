import type { Estimate, GroupLabels } from "../core/estimate.ts";
import { sweptT1 } from "../core/messages/compare.ts";

/** What to say of a qubit whose T1 was measured against a setting, so that no single T1 is its own; empty where there is none. */
export function sweptSentence(decay: readonly Estimate[], { cooldown, device, qubit }: GroupLabels): string {
  const settings = new Map<string, number>();
  for (const { quantity, condition, value, labels } of decay) {
    const own = labels.cooldown === cooldown && labels.device === device && labels.qubit === qubit;
    // The main estimator stands before its alternatives.
    if (own && quantity === "t1_mean" && condition !== "combined" && !settings.has(condition)) settings.set(condition, value);
  }
  const times = [...settings.values()].filter(Number.isFinite);
  return times.length === 0
    ? ""
    : sweptT1(times.length, settings.size, namesIn([...settings.keys()]), Math.min(...times), Math.max(...times));
}

/** The settings that differ: `flux` of `flux=0.1 V, temperature=0.012 K` and `flux=0.2 V, temperature=0.012 K`. */
function namesIn(conditions: readonly string[]): readonly string[] {
  const texts = new Map<string, Set<string>>();
  for (const part of conditions.flatMap((condition) => condition.split(", "))) {
    const name = part.replace(/=.*$/, "");
    texts.set(name, (texts.get(name) ?? new Set()).add(part));
  }
  const differing = [...texts].filter(([, found]) => found.size > 1).map(([name]) => name);
  return differing.length > 0 ? differing : [...texts.keys()];
}
