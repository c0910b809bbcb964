import type { Complex } from "../input-output.ts";

/** One frequency of a Touchstone file: amplitudes in the order of the format (1-port: S11; 2-port: S11 S21 S12 S22). */
export interface TouchstonePoint {
  /** Hz. */
  readonly frequency: number;
  readonly s: readonly Complex[];
}

/**
 * A Touchstone 1.x file, real and imaginary parts, 50 ohm.
 * @see Touchstone File Format Specification 1.1 (EIA/IBIS)
 */
export function touchstoneFile(points: readonly TouchstonePoint[], comments: readonly string[]): Uint8Array {
  const lines = [...comments.map((c) => `! ${c}`), "# Hz S RI R 50"];
  for (const { frequency, s } of points) lines.push([String(frequency), ...s.flatMap((a) => [fixed(a.re), fixed(a.im)])].join(" "));
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n`);
}

function fixed(x: number): string {
  return x.toExponential(9);
}
