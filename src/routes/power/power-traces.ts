import type { DrivePower } from "./drive-power.ts";
import type { ScatteringPoint, ScatteringTrace } from "./scattering-traces.ts";
import { samePower } from "./source-power.ts";
import type { SweepPoint } from "./sweep-point.ts";

/** Normalised scattering at one power, all traces of that power together, sorted by frequency. */
export interface PowerTrace {
  readonly pSource: number;
  /** W; NaN where the line's attenuation is not known. */
  readonly pDevice: number;
  /** Power in the sweep fit: at the device, or, where that is not known, as stated (k then stays inside the route). */
  readonly pFit: number;
  readonly points: readonly ScatteringPoint[];
}

/** Traces of one power at the device together, weakest first. */
export function groupByPower(traces: readonly ScatteringTrace[], power: DrivePower): PowerTrace[] {
  const groups: { pSource: number; pDevice: number; pFit: number; points: ScatteringPoint[] }[] = [];
  const placed = traces.map((t) => {
    const pDevice = power.toDevice(t.pSource, t.powerAt);
    return { pSource: t.pSource, pDevice, pFit: Number.isFinite(pDevice) ? pDevice : t.pSource, points: t.points };
  });
  for (const t of placed.sort((a, b) => a.pFit - b.pFit)) {
    const last = groups.at(-1);
    if (last && samePower(last.pFit, t.pFit)) last.points.push(...t.points);
    else groups.push({ ...t, points: [...t.points] });
  }
  for (const g of groups) g.points.sort((a, b) => a.frequency - b.frequency);
  return groups;
}

/** The points of all powers, as the fit takes them. */
export function sweepPoints(traces: readonly PowerTrace[]): SweepPoint[] {
  return traces.flatMap((t) => t.points.map(({ frequency, ...p }) => ({ ...p, omega: 2 * Math.PI * frequency, power: t.pFit })));
}
