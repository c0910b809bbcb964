import type { Estimate, GroupLabels } from "../../src/core/estimate.ts";
import { quantity } from "../../src/core/quantity.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { type ParticipationResult, participationRoute } from "../../src/routes/participation/participation.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";

/** gamma_r of a sweep, and all shares that it gives with T1. @param share radiative part of the zero-temperature rate. */
export function partitionOf(labels: GroupLabels, decay: Estimate, share: number): Estimate[] {
  const gammaR = share * decay.value;
  const noise = [{ input: "fit of the sweep", contribution: 0.02 * gammaR + 0.01 * decay.value }];
  const radiative = estimateOf({
    route: "partition",
    quantity: "gamma_r",
    estimator: "saturation_sweep",
    labels,
    value: gammaR,
    unit: "1/s",
    budget: noise,
  });
  const width = estimateOf({
    ...radiative,
    quantity: "gamma2",
    value: 0.8 * decay.value,
    budget: [{ input: "fit of the sweep", contribution: 100 }],
    unit: "1/s",
  });
  return [radiative, ...partitionRoute(labels, decay, { estimates: [radiative, width] }).estimates];
}

/** A bound where there is no T1. */
export function boundOf(labels: GroupLabels): Estimate[] {
  const row = (name: "gamma_r" | "gamma2", value: number) =>
    estimateOf({
      route: "partition",
      quantity: name,
      estimator: "saturation_sweep",
      labels,
      value,
      unit: "1/s",
      budget: [{ input: "fit", contribution: 0.01 * value }],
    });
  return [...partitionRoute(labels, undefined, { estimates: [row("gamma_r", 20000), row("gamma2", 30000)] }).estimates];
}

/** G1 of every decay as a sum over channels; surfaces count more in one qubit after another. @param surface name of a channel. */
export function channelsOf(decays: readonly Estimate[], surface = "MS"): ParticipationResult {
  return participationRoute(
    decays.map((e, i) => ({
      labels: e.labels,
      facts: {
        device: e.labels.device,
        readout: {},
        qubit: {
          participation: { [surface]: 2e-4 * (1 + 0.4 * (i % 4)), bulk: 0.9 - 0.01 * (i % 4) },
          frequency: { quantity: quantity(5e9, "Hz"), entry: "qubits.q.frequency" },
        },
      },
      estimates: [e],
    })),
  );
}
