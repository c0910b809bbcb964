import { type Complex, fromPolar } from "./complex.ts";

/** How a file writes a complex number: real and imaginary part, magnitude and degrees, 20 log10 of the magnitude and degrees. */
export type PairFormat = "RI" | "MA" | "DB";

/** The complex number that a pair stands for. */
export function fromPair(format: PairFormat, first: number, second: number): Complex {
  if (format === "RI") return [first, second];
  return fromPolar(format === "DB" ? fromDecibel(first) : first, second);
}

/** All pairs `first[i]`, `second[i]`, as real and imaginary parts. */
export function fromPairs(format: PairFormat, first: Float64Array, second: Float64Array): { re: Float64Array; im: Float64Array } {
  if (format === "RI") return { re: first, im: second };
  const [re, im] = [new Float64Array(first.length), new Float64Array(first.length)];
  for (let i = 0; i < first.length; i++) [re[i], im[i]] = fromPair(format, first[i]!, second[i]!) as [number, number];
  return { re, im };
}

/** The pair that stands for a complex number; in decibels 0 is minus infinity. */
export function toPair(format: PairFormat, [re, im]: Complex): Complex {
  if (format === "RI") return [re, im];
  const magnitude = Math.hypot(re, im);
  return [format === "DB" ? 20 * Math.log10(magnitude) : magnitude, (Math.atan2(im, re) * 180) / Math.PI];
}

/** The magnitude whose 20 log10 this is. */
export const fromDecibel = (db: number) => 10 ** (db / 20);
