import type { Facts } from "../../lab/lab.ts";
import { saturationAt } from "../../physics/saturation.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PopulationRow } from "./population-rows.ts";
import { type Reading, readLaw, readTrace } from "./reading.ts";
import { samePower } from "./source-power.ts";
import type { Sweep } from "./sweep.ts";

/** Scattering and population at one drive power and frequency. */
export interface OperatingPoint {
  readonly row: PopulationRow;
  /** W. */
  readonly pDevice: number;
  /** Drive frequency, rad/s; NaN = not known. */
  readonly omega: number;
  readonly reading: Reading;
  /** What the sweep's law expects here; undefined without a law in power. */
  readonly expected: Pick<Reading, "extinction" | "loss"> | undefined;
  /** S from the sweep fit; NaN without one. */
  readonly saturation: number;
}

export interface OperatingPoints {
  readonly points: readonly OperatingPoint[];
  /** Populations whose frequency was not stated. */
  readonly assumedResonance: boolean;
  readonly interpolated: number;
  /** Populations without any scattering to pair with. */
  readonly unpaired: number;
}

/**
 * Pairs every driven population with S at the same power at the device (as stated, where the line is not known) and frequency. A frequency that is not stated is the sweep's own where it has one, else
 * resonance: the fitted one, else the lab file's. Powers between the swept ones are read from the saturation law.
 */
export function operatingPoints(rows: readonly PopulationRow[], sweep: Sweep, power: DrivePower, facts: Facts): OperatingPoints {
  const single = new Set(sweep.traces.flatMap((t) => t.points.map((p) => p.frequency)));
  const fitted = sweep.fit?.free.includes("resonance") ? sweep.fit.law.resonance : Number.NaN;
  const lab = 2 * Math.PI * (facts.qubit.frequency?.quantity.value ?? Number.NaN);
  const own = single.size === 1 ? 2 * Math.PI * [...single][0]! : Number.NaN;
  const resonance = [own, fitted, lab].find(Number.isFinite) ?? Number.NaN;
  const powers = sweep.traces.map((t) => t.pFit);
  const points: OperatingPoint[] = [];
  let assumedResonance = false;
  let interpolated = 0;
  let unpaired = 0;
  for (const row of rows) {
    const stated = Number.isFinite(row.frequency);
    const omega = stated ? 2 * Math.PI * row.frequency : resonance;
    // Paired at the qubit's frequency, where the sweep's powers are; absorbed at the point's own.
    const atQubit = power.toDevice(row.pSource, row.powerAt);
    const pDevice = power.toDevice(row.pSource, row.powerAt, omega / (2 * Math.PI));
    const pFit = Number.isFinite(atQubit) ? atQubit : row.pSource;
    const trace = sweep.traces.find((t) => samePower(t.pFit, pFit));
    const inside = pFit > Math.min(...powers) && pFit < Math.max(...powers);
    let reading: Reading | undefined;
    if (trace) reading = readTrace(sweep, trace, omega);
    else if (inside && sweep.fit?.free.includes("k")) {
      reading = readLaw(sweep, sweep.fit, pFit, omega);
      interpolated++;
    }
    if (!reading) {
      unpaired++;
      continue;
    }
    if (!stated && single.size > 1) assumedResonance = true;
    const law = sweep.fit?.free.includes("k") ? sweep.fit : undefined;
    const saturation = law ? saturationAt(law.law, omega, pFit) : Number.NaN;
    const expected = law ? readLaw(sweep, law, pFit, omega) : undefined;
    points.push({ row, pDevice, omega, reading, expected, saturation });
  }
  points.sort((a, b) => a.pDevice - b.pDevice || a.row.pSource - b.row.pSource || a.omega - b.omega);
  return { points, assumedResonance, interpolated, unpaired };
}
