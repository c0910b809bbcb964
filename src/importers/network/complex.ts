/** Complex arithmetic on `[re, im]`, as far as network parameters need it. */
export type Complex = readonly [number, number];

export const ONE: Complex = [1, 0];
export const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
export const multiply = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
export const scale = (a: Complex, factor: number): Complex => [a[0] * factor, a[1] * factor];

/** Smith's method: no overflow where the quotient has none. */
export function divide(a: Complex, b: Complex): Complex {
  if (Math.abs(b[0]) >= Math.abs(b[1])) {
    const r = b[1] / b[0];
    const d = b[0] + b[1] * r;
    return [(a[0] + a[1] * r) / d, (a[1] - a[0] * r) / d];
  }
  const r = b[0] / b[1];
  const d = b[0] * r + b[1];
  return [(a[0] * r + a[1]) / d, (a[1] * r - a[0]) / d];
}

/** r e^{i angle} for an angle in degrees; exact at multiples of 90. */
export function fromPolar(r: number, degrees: number): Complex {
  const quarter = Math.round(degrees / 90);
  const rest = ((degrees - 90 * quarter) * Math.PI) / 180;
  const [c, s] = [r * Math.cos(rest), r * Math.sin(rest)];
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return [c, s];
    case 1:
      return [0 - s, c];
    case 2:
      return [0 - c, 0 - s];
    default:
      return [s, 0 - c];
  }
}
