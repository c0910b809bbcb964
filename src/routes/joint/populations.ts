import { type PopulationPoint, populationBlock } from "../../fit/joint/saturation-blocks.ts";
import type { DrivePower } from "../power/drive-power.ts";
import type { PopulationRow } from "../power/population-rows.ts";
import type { Sweep } from "../power/sweep.ts";
import type { UndrivenRead } from "../power/undriven.ts";
import type { Evidence } from "./evidence.ts";

/**
 * Driven populations at their own powers and frequencies, with the readout's errors as parameters: they need no scattering at the same point.
 * @param resonance rad/s, for rows whose frequency is not stated
 */
export function populationEvidence(
  rows: readonly PopulationRow[],
  sweep: Sweep,
  power: DrivePower,
  resonance: number,
  reference: number,
  thermal: boolean,
): Evidence | undefined {
  const onDevice = sweep.traces.every((t) => Number.isFinite(t.pDevice));
  const points: PopulationPoint[] = [];
  for (const row of rows) {
    const device = power.toDevice(row.pSource, row.powerAt, row.frequency);
    // Powers on two scales cannot be fitted with one attenuation.
    if (Number.isFinite(device) !== onDevice || !(row.sigma > 0) || !(row.pSource > 0)) continue;
    const counted = row.shots > 0 && row.read >= 0 && row.read <= 1;
    points.push({
      omega: Number.isFinite(row.frequency) ? 2 * Math.PI * row.frequency : resonance,
      power: onDevice ? device : row.pSource,
      read: row.read,
      sigma: row.sigma,
      shots: counted ? row.shots : Number.NaN,
    });
  }
  if (points.length === 0 || points.some((p) => !Number.isFinite(p.omega))) return undefined;
  return {
    held: "population",
    blocks: [populationBlock("n_e", points, reference, thermal)],
    own: [],
    lines: (all) => [{ input: "noise of the population", contribution: Math.hypot(...all) }],
    datasets: [...new Set(rows.flatMap((r) => r.datasets))],
  };
}

/** The undriven read: a population without drive, through the same readout. */
export function undrivenEvidence(read: UndrivenRead, reference: number, thermal: boolean): Evidence | undefined {
  if (!(read.sigma > 0)) return undefined;
  const point = { omega: reference, power: 0, read: read.value, sigma: read.sigma, shots: Number.NaN };
  return {
    held: "undriven",
    blocks: [populationBlock("undriven population", [point], reference, thermal)],
    own: [],
    lines: ([row = 0]) => [{ input: "undriven population", contribution: row, shared: read.shared }],
    datasets: read.datasets,
  };
}
