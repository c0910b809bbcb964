/** Powers of ten within 10^-80 .. 10^80 as the sum of two doubles: relative error below 2^-103. */
const SPAN = 80;
const HIGH = Float64Array.from({ length: 2 * SPAN + 1 }, (_, i) => Number(`1e${i - SPAN}`));
const LOW = HIGH.map((high, i) => remainder(i - SPAN, high));

/** Splits a double into halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
/** Over all error bounds of `nearest`, relative to the value; the largest is the tail's (40 digits rounded one by one, below 2^-49 of the value). */
const SLACK = 2 ** -95;
/** Of the tail. */
export const MOST_TAIL_DIGITS = 40;

/**
 * The double nearest to (mantissa 10^tailDigits + tail) 10^exponent, or NaN where that cannot be told this way: close to the middle of two
 * doubles, or far from 1.
 * The product is taken in twice the precision (Dekker, Numer. Math. 18, 224 (1971)): where both ends of its error interval round to the same
 * double, so does everything between them.
 * @param mantissa integer below 2^53; where there is a tail, at least 9e14
 * @param tail the further digits as an integer, rounded as it may be; `tailDigits` of them, at most 40
 */
export function nearest(mantissa: number, tail: number, tailDigits: number, exponent: number): number {
  const power = exponent + tailDigits;
  if (exponent < -SPAN || power > SPAN) return Number.NaN;
  const high = HIGH[power + SPAN]!;
  const product = mantissa * high;
  const a = SPLITTER * mantissa;
  const m1 = a - (a - mantissa);
  const m2 = mantissa - m1;
  const b = SPLITTER * high;
  const h1 = b - (b - high);
  const h2 = high - h1;
  const error = m1 * h1 - product + m1 * h2 + m2 * h1 + m2 * h2;
  const rest = error + (mantissa * LOW[power + SPAN]! + tail * HIGH[exponent + SPAN]!);
  const slack = SLACK * product;
  const value = product + (rest - slack);
  return value === product + (rest + slack) ? value : Number.NaN;
}

/** What is left of 10^power beyond the double nearest to it, from an exact fraction. */
function remainder(power: number, high: number): number {
  if (power >= 0) return Number(10n ** BigInt(power) - BigInt(high));
  let bits = 0;
  for (; !Number.isInteger(high); bits++) high *= 2;
  return (Number(2n ** BigInt(bits) - BigInt(high) * 10n ** BigInt(-power)) / 2 ** bits) * Number(`1e${power}`);
}
