import type { Complex } from "../../physics/complex.ts";

/** Straight lines through ln|S| and the unwrapped phase against x: ln gain, its tilt, phase, delay (per unit of x). */
export function logLinear(points: readonly (Complex & { readonly x: number })[]): readonly [number, number, number, number] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  let previous = Number.NaN;
  const rows = sorted.map((p) => {
    let angle = Math.atan2(p.im, p.re);
    // Neighbouring points turn by less than half a circle.
    if (!Number.isNaN(previous)) angle -= 2 * Math.PI * Math.round((angle - previous) / (2 * Math.PI));
    previous = angle;
    return { x: p.x, gain: Math.log(Math.hypot(p.re, p.im)), angle };
  });
  const gain = line(rows.map((r) => [r.x, r.gain] as const));
  const angle = line(rows.map((r) => [r.x, r.angle] as const));
  return [gain.level, gain.slope, angle.level, angle.slope];
}

function line(rows: readonly (readonly [x: number, y: number])[]) {
  const n = rows.length;
  const mx = rows.reduce((s, [x]) => s + x / n, 0);
  const my = rows.reduce((s, [, y]) => s + y / n, 0);
  const slope = rows.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0) / rows.reduce((s, [x]) => s + (x - mx) ** 2, 0);
  return { level: my - slope * mx, slope };
}
