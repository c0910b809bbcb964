import type { JointBlock } from "../../fit/joint/joint-problem.ts";
import { lossBlock } from "../../fit/joint/saturation-blocks.ts";
import type { DrivePower } from "../power/drive-power.ts";
import type { PowerDataset } from "../power/input.ts";
import { meterChecks } from "../power/meter-checks.ts";
import { isMeter, powerTable } from "../power/power-table.ts";
import { rabiLine } from "../power/rabi-line.ts";
import { rabiPoints } from "../power/rabi-points.ts";
import type { Sweep } from "../power/sweep.ts";
import type { SweepFit } from "../power/sweep-fit.ts";
import type { Evidence } from "./evidence.ts";
import { shiftedBlock } from "./shifted.ts";

/** Powers on the scale of the sweep: at the device where that is known of both, else as stated where both are stated at the same place. */
type Scale = (
  points: readonly { readonly pSource: number; readonly device: number; readonly place: string }[],
) => readonly number[] | undefined;

function scaleOf(sweep: Sweep, place: string): Scale {
  const calibrated = sweep.traces.every((t) => Number.isFinite(t.pDevice));
  return (points) => {
    if (calibrated) return points.every((p) => Number.isFinite(p.device)) ? points.map((p) => p.device) : undefined;
    return points.every((p) => p.place === place) ? points.map((p) => p.pSource) : undefined;
  };
}

/** Omega^2 per watt from Rabi oscillations. Damping moves them, by the sweep's gamma2, which is the fit's own. */
export function rabiEvidence(
  datasets: readonly PowerDataset[],
  sweep: Sweep,
  fit: SweepFit,
  power: DrivePower,
  usual: string,
): Evidence | undefined {
  const { gamma2, resonance } = fit.law;
  const { points } = rabiPoints(datasets, gamma2, resonance);
  if (points.length === 0) return undefined;
  const powers = scaleOf(
    sweep,
    placeOf(datasets, "scattering", usual),
  )(points.map((p) => ({ pSource: p.pSource, device: power.toDevice(p.pSource, p.powerAt, p.frequency), place: p.powerAt ?? usual })));
  const line = powers && rabiLine(points, powers);
  if (!line || !(line.sigma > 0)) return undefined;
  const { slope, sigma, byGamma2 } = line;
  const block: JointBlock = {
    name: "Rabi oscillations",
    points: 1,
    parameters: ["rabi2", "gamma2"],
    evaluate(p, residual, jacobian) {
      residual[0] = (p[0]! - byGamma2 * (p[1]! - gamma2) - slope) / sigma;
      jacobian[0] = 1 / sigma;
      jacobian[1] = -byGamma2 / sigma;
      return residual[0] ** 2 / 2;
    },
  };
  return {
    held: "rabi",
    blocks: [block],
    own: [],
    lines: ([row = 0]) => [{ input: "Rabi oscillations", contribution: row }],
    datasets: [...new Set(points.map((p) => p.dataset))],
  };
}

/**
 * Total output power against an off measurement, in every direction that the line has. A background that is stated with an error is an input that all
 * powers share; one that is not stated is taken as 0, and the check says so.
 */
export function lossEvidence(
  datasets: readonly PowerDataset[],
  sweep: Sweep,
  fit: SweepFit,
  power: DrivePower,
  usual: string,
): Evidence | undefined {
  const reference = fit.law.resonance;
  const scale = scaleOf(sweep, placeOf(datasets, "scattering", usual));
  const found = datasets.filter(isMeter).flatMap((item) => {
    const table = powerTable(item, power, reference);
    if ("refused" in table) return [];
    if (sweep.geometry === "two-sided" && !table.bothDirections) return [];
    const { points, common } = table.absorbed;
    const powers = scale(points.map((p) => ({ pSource: p.row.pSource, device: p.pDevice, place: item.entry?.power_at ?? usual })));
    const usable = points.every((p) => p.relative > 0 && p.share !== 0);
    if (!powers || !usable || points.length === 0) return [];
    const block = lossBlock(
      "total output power",
      points.map((p, i) => ({ omega: p.omega, power: powers[i]!, loss: p.share, sigma: Math.abs(p.relative * p.share) })),
      reference,
    );
    // The input's relative effect on point i alone, in that point's standard deviations.
    const shifts = common.map((c) => ({
      shared: c.shared,
      rows: points.map((p, i) => (c.effect(points.map((_, j) => (i === j ? 1 : 0))) * Math.sign(p.share)) / p.relative),
    }));
    return [{ dataset: table.dataset, block: shiftedBlock(block, shifts), common, checks: meterChecks(item, table, sweep) }];
  });
  if (found.length === 0 || !sweep.radiative) return undefined;
  return {
    held: "loss",
    blocks: found.map((f) => f.block),
    own: [],
    lines: (rows) => [{ input: "noise of the output power", contribution: Math.hypot(...rows) }],
    datasets: found.map((f) => f.dataset),
    inputs: found.flatMap((f) => f.common),
    checks: found.flatMap((f) => f.checks),
  };
}

function placeOf(datasets: readonly PowerDataset[], kind: string, usual: string): string {
  return datasets.find((d) => d.dataset.kind === kind)?.entry?.power_at ?? usual;
}
