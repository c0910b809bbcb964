import { type Check, check } from "../../core/check.ts";
import { noDetector, noFrequency, noReference } from "../../core/messages/power.ts";
import { columnOf } from "../../tables/dataset.ts";
import type { Absorbed, AbsorbedPoint } from "./absorbed.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PowerDataset } from "./input.ts";
import { populationRows } from "./population-rows.ts";

/** A table of incident and reflected power, as the detector that made it says. */
export interface PowerTable {
  readonly absorbed: Absorbed;
  /** A VNA sees the coherent part (estimator 2); a power meter all that comes back (estimator 3: the non-radiative part). */
  readonly estimator: "scalar_difference" | "total_power";
  readonly dataset: string;
}

/**
 * `share = 1 - on/off` from incident, reflected and reflected_off, so that the gain of the return line cancels. Without an off value the table shows
 * cable loss; without a detector nobody knows what it shows: both are refused.
 * @param omega drive frequency where the table has none, rad/s.
 */
export function powerTable(item: PowerDataset, power: DrivePower, omega: number): PowerTable | { readonly refused: Check } {
  const { dataset, entry } = item;
  const incident = columnOf(dataset, "incident")?.values;
  const on = columnOf(dataset, "reflected")?.values;
  const off = columnOf(dataset, "reflected_off")?.values;
  const detector = dataset.kind === "total-power" ? "power-meter" : entry?.detector;
  if (!detector) return { refused: check("no_detector", false, noDetector()) };
  if (!incident || !on || !off) return { refused: check("no_reference", false, noReference()) };
  const relative = dataset.noise.type === "relative" ? dataset.noise.relative : Number.NaN;
  const points: AbsorbedPoint[] = populationRows(item).flatMap((row) => {
    const i = row.index;
    const frequency = Number.isFinite(row.frequency) ? 2 * Math.PI * row.frequency : omega;
    const ratio = on[i]! / off[i]!;
    const pDevice = power.toDevice(incident[i]!, entry?.power_at, frequency / (2 * Math.PI));
    if (!Number.isFinite(ratio) || !(incident[i]! > 0)) return [];
    const share = 1 - ratio;
    return [
      {
        row: { ...row, pSource: incident[i]! },
        pDevice,
        omega: frequency,
        s: { re: Number.NaN, im: Number.NaN },
        sigmaS: Number.NaN,
        share,
        relative: Math.abs((Math.SQRT2 * ratio * relative) / share),
        expectedShare: Number.NaN,
        saturation: Number.NaN,
      },
    ];
  });
  if (points.some((p) => !Number.isFinite(p.omega))) return { refused: check("no_frequency", false, noFrequency()) };
  points.sort((a, b) => a.pDevice - b.pDevice);
  return { absorbed: { points, common: [] }, estimator: detector === "vna" ? "scalar_difference" : "total_power", dataset: dataset.id };
}
