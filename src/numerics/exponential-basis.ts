/**
 * The exponential between its values at the first and last delay: m(x) = b + (a - b) phi_g(x), x = (t - t_first)/window in [0, 1],
 * phi_g(x) = (e^{-g x} - e^{-g})/(1 - e^{-g}), g = rate * window. It is linear in a and b, well conditioned for every g, passes smoothly through
 * the straight line at g = 0 and into growth at g < 0, and a population's bounds are bounds on a and b.
 */
const NEARLY_STRAIGHT = 1e-4;

/** phi_g at every x. */
export function shape(g: number, x: Float64Array, out: Float64Array): void {
  if (Math.abs(g) < NEARLY_STRAIGHT) {
    for (let i = 0; i < x.length; i++) out[i] = (1 - x[i]!) * (1 - (g * x[i]!) / 2);
    return;
  }
  const end = Math.exp(-g);
  const whole = -Math.expm1(-g);
  if (Math.abs(g) < 0.05) for (let i = 0; i < x.length; i++) out[i] = (Math.expm1(-g * x[i]!) + whole) / whole;
  else for (let i = 0; i < x.length; i++) out[i] = (Math.exp(-g * x[i]!) - end) / whole;
}

/** phi_g and d phi_g / d g at every x. */
export function shapeWithSlope(g: number, x: Float64Array, out: Float64Array, slope: Float64Array): void {
  shape(g, x, out);
  if (Math.abs(g) < NEARLY_STRAIGHT) {
    for (let i = 0; i < x.length; i++) slope[i] = (-x[i]! * (1 - x[i]!)) / 2;
    return;
  }
  const end = Math.exp(-g);
  const whole = -Math.expm1(-g);
  for (let i = 0; i < x.length; i++) {
    const e = out[i]! * whole + end;
    slope[i] = (end - x[i]! * e - out[i]! * end) / whole;
  }
}

/** Amplitude at t = 0, rate (1/s) and offset of `A exp(-rate t) + C`, and their derivatives with respect to a, b and g (row-major 3 x 3). */
export function toAmplitudeRateOffset(a: number, b: number, g: number, first: number, window: number) {
  const rate = g / window;
  const atZero = Math.exp(rate * first);
  const whole = -Math.expm1(-g);
  const end = Math.exp(-g);
  const tail = end / whole;
  const swing = a - b;
  const jacobian = [
    ...[atZero / whole, -atZero / whole, swing * atZero * (-end / whole ** 2 + first / window / whole)],
    ...[0, 0, 1 / window],
    ...[-tail, 1 + tail, (swing * end) / whole ** 2],
  ];
  return { amplitude: (swing / whole) * atZero, rate, offset: b - swing * tail, jacobian };
}
