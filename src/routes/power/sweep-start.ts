import type { SaturationLaw } from "../../physics/saturation.ts";
import type { SweepPoint } from "./sweep-point.ts";

/** Starting values of the sweep fit from the data alone: the best Lorentzian on a grid in the trace of lowest power, then k from depth against power. */
export function sweepStart(points: readonly SweepPoint[], manyFrequencies: boolean, manyPowers: boolean): SaturationLaw {
  const powers = [...new Set(points.map((p) => p.power))].sort((a, b) => a - b);
  const weakest = points.filter((p) => p.power === powers[0]);
  const { width, resonance } = manyFrequencies
    ? lorentzianOnGrid(weakest.length >= 5 ? weakest : points)
    : { width: 1, resonance: points[0]!.omega };
  const depths = powers.map((power) => ({
    power,
    depth: depthAt(
      points.filter((p) => p.power === power),
      resonance,
      width,
    ),
  }));
  const { intercept, slope } = manyPowers ? inverseDepthLine(depths) : { intercept: 1 / (depths[0]!.depth || 1e-3), slope: 0 };
  const k = Math.max(slope / intercept, 0);
  const gamma2 = manyFrequencies ? width / Math.sqrt(1 + k * powers[0]!) : 1;
  return { amplitude: gamma2 / intercept, gamma2, k, resonance };
}

/** Depth of a Lorentzian of given centre and width in Re(1 - S). */
function depthAt(points: readonly SweepPoint[], resonance: number, width: number): number {
  let top = 0;
  let bottom = 0;
  for (const p of points) {
    const shape = 1 / (1 + ((p.omega - resonance) / width) ** 2);
    top += shape * (1 - p.re);
    bottom += shape * shape;
  }
  return top / bottom;
}

function lorentzianOnGrid(points: readonly SweepPoint[]): { width: number; resonance: number } {
  const omegas = [...new Set(points.map((p) => p.omega))].sort((a, b) => a - b);
  const span = omegas.at(-1)! - omegas[0]!;
  let best = { width: span / 8, resonance: omegas[omegas.length >> 1]!, gain: 0 };
  for (let width = span / 2; width > span / omegas.length / 2; width /= 1.7)
    for (const resonance of omegas) {
      let top = 0;
      let bottom = 0;
      for (const p of points) {
        const shape = 1 / (1 + ((p.omega - resonance) / width) ** 2);
        top += shape * (1 - p.re);
        bottom += shape * shape;
      }
      const gain = top > 0 ? (top * top) / bottom : 0;
      if (gain > best.gain) best = { width, resonance, gain };
    }
  return best;
}

/** 1/depth = intercept + slope P, weighted by depth^2 so that saturated, shallow lines do not lead. */
function inverseDepthLine(depths: readonly { readonly power: number; readonly depth: number }[]) {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { power, depth } of depths) {
    if (!(depth > 0)) continue;
    const weight = depth ** 4 * power;
    w += weight;
    wx += weight * power;
    wy += weight / depth;
    wxx += weight * power * power;
    wxy += (weight * power) / depth;
  }
  const slope = Math.max((w * wxy - wx * wy) / (w * wxx - wx * wx), 0) || 0;
  const intercept = (wy - slope * wx) / w;
  return intercept > 0 ? { intercept, slope } : { intercept: wy / w || 1, slope: 0 };
}
