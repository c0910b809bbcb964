import { extent } from "./d3-array.ts";

/**
 * A domain that shows every value, and error bars as far as they are not more than three times the spread of the values: one point with a
 * huge error must not flatten all the others. Bars that leave the plot are cut at its edge.
 * @param always further numbers that must lie inside.
 */
export function robustDomain(
  points: readonly { readonly value: number; readonly sigma: number }[],
  always: readonly number[] = [],
): readonly [number, number] {
  const values = [...points.map((p) => p.value), ...always].filter(Number.isFinite);
  const [low = 0, high = 1] = extent(values);
  const sigmas = points
    .map((p) => p.sigma)
    .filter((s) => s > 0 && Number.isFinite(s))
    .sort((a, b) => a - b);
  const typical = sigmas[Math.floor(sigmas.length * 0.75)] ?? 0;
  const reach = Math.max(high - low, 3 * typical);
  let [bottom, top] = [low, high];
  for (const p of points) {
    if (!Number.isFinite(p.value)) continue;
    const bar = Math.min(p.sigma > 0 ? p.sigma : 0, reach);
    bottom = Math.min(bottom, p.value - bar);
    top = Math.max(top, p.value + bar);
  }
  const margin = 0.06 * (top - bottom || Math.abs(top) || 1);
  return [bottom - margin, top + margin];
}
