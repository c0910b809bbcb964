import type { Estimate } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { type JointResult, jointRoute } from "../../src/routes/joint/joint.ts";
import type { PowerInput } from "../../src/routes/power/power.ts";
import { LABELS } from "./power-lab.ts";
import { type VirtualLab, type VirtualResult, virtualLab } from "./virtual-lab.ts";

/** What the analyst of a virtual lab holds beside scattering and populations. */
export interface Holds {
  readonly t1?: boolean;
  readonly attenuation?: boolean;
  readonly populations?: boolean;
}

/** A T1 with its error. */
export function decayOf(value: number, sigma: number): Estimate {
  return estimateOf({
    route: "decay",
    quantity: "gamma1_total",
    estimator: "exponential",
    labels: LABELS,
    value,
    unit: "1/s",
    budget: [{ input: "shots", contribution: sigma }],
    datasets: ["t1"],
  });
}

/** The joint fit of a virtual lab; T1 is drawn with 1 % of error. */
export function jointLab(
  options: VirtualLab,
  holds: Holds,
  change: (input: PowerInput) => PowerInput = (i) => i,
): { readonly lab: VirtualResult; readonly result: JointResult; find(quantity: string): Estimate } {
  const lab = virtualLab(options);
  const { line, ...facts } = lab.input.facts;
  const { attenuation: _, ...bare } = line!;
  const total = lab.truth.gamma1_total!;
  const decay = decayOf(total * (1 + 0.01 * random(options.seed + 100_000).normal()), 0.01 * total);
  const datasets = lab.input.datasets.filter(
    (d) => holds.populations !== false || (d.dataset.kind !== "population" && d.dataset.kind !== "equilibrium"),
  );
  const input: PowerInput = {
    ...lab.input,
    datasets,
    facts: { ...facts, line: holds.attenuation ? line! : bare },
    ...(holds.t1 ? { decay } : {}),
  };
  const result = jointRoute(change(input));
  return {
    lab,
    result,
    find: (quantity) => {
      const found = result.estimates.find((e) => e.quantity === quantity);
      if (!found) throw new Error(`no joint row ${quantity}`);
      return found;
    },
  };
}
