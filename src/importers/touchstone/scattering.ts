import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { add, type Complex, divide, fromPolar, multiply, ONE, scale, subtract } from "./complex.ts";
import type { Format, Parameter } from "./options.ts";
import type { Records } from "./records.ts";

/** S-parameters of one pair of ports against frequency. */
export interface PortPair {
  /** Receiving port, driven port. */
  readonly port: string;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The S-parameters of all pairs of ports. Two-port records stand as N11 N21 N12 N22, larger ones row by row.
 * Version 1 normalises Y, Z, G and H to the reference resistance, so that S at that resistance follows without it:
 * S = (z-1)/(z+1), (1-y)/(1+y), and the hybrid relations of D. A. Frickey, IEEE Trans. MTT 42, 205 (1994), Table III with Z0 = 1.
 * @throws ImportError for parameters that have no S-matrix here
 */
export function toScattering({ options, ports, frequencies, pairs }: Records, path: string): PortPair[] {
  const { parameter, format } = options;
  if ((parameter === "G" || parameter === "H") && ports !== 2) throw new ImportError(say.hybridNeedsTwoPorts(parameter, ports), path);
  if (parameter !== "S" && ports > 2) throw new ImportError(say.matrixTooLarge(parameter, ports), path);
  const n = frequencies.length;
  const cells = ports * ports;
  const result = Array.from(
    { length: cells },
    (_, i): PortPair => ({ port: portName(i, ports), re: new Float64Array(n), im: new Float64Array(n) }),
  );
  if (parameter === "S") {
    result.forEach((into, i) => {
      fill(into, format, pairs, i, cells);
    });
    return result;
  }
  for (let point = 0; point < n; point++) {
    const matrix = Array.from({ length: cells }, (_, i) =>
      pair(format, pairs[2 * (point * cells + i)]!, pairs[2 * (point * cells + i) + 1]!),
    );
    const scattering = ports === 1 ? [reflection(parameter, matrix[0]!)] : twoPort(parameter, matrix);
    scattering.forEach((s, i) => {
      result[i]!.re[point] = s[0];
      result[i]!.im[point] = s[1];
    });
  }
  return result;
}

/** Name of the i-th pair of a record. */
function portName(i: number, ports: number): string {
  let [row, column] = [Math.floor(i / ports) + 1, (i % ports) + 1];
  if (ports === 2) [row, column] = [column, row];
  return ports < 10 ? `${row}${column}` : `${row},${column}`;
}

/** The i-th of `cells` pairs of every record. */
function fill(into: PortPair, format: Format, pairs: Float64Array, i: number, cells: number): void {
  for (let point = 0; point < into.re.length; point++) {
    const at = 2 * (point * cells + i);
    if (format === "RI") {
      into.re[point] = pairs[at]!;
      into.im[point] = pairs[at + 1]!;
    } else {
      const s = pair(format, pairs[at]!, pairs[at + 1]!);
      into.re[point] = s[0];
      into.im[point] = s[1];
    }
  }
}

function pair(format: Format, first: number, second: number): Complex {
  if (format === "RI") return [first, second];
  return fromPolar(format === "DB" ? 10 ** (first / 20) : first, second);
}

function reflection(parameter: Parameter, x: Complex): Complex {
  return parameter === "Z" ? divide(subtract(x, ONE), add(x, ONE)) : divide(subtract(ONE, x), add(ONE, x));
}

/** @param p N11, N21, N12, N22, normalised */
function twoPort(parameter: Parameter, p: readonly Complex[]): Complex[] {
  const [p11, p21, p12, p22] = p as [Complex, Complex, Complex, Complex];
  const cross = multiply(p12, p21);
  const determinant = subtract(multiply(add(p11, ONE), add(p22, ONE)), cross);
  const over = (x: Complex) => divide(x, determinant);
  const [plus1, plus2] = [add(p11, ONE), add(p22, ONE)];
  switch (parameter) {
    case "Z":
      return [
        over(subtract(multiply(subtract(p11, ONE), plus2), cross)),
        over(scale(p21, 2)),
        over(scale(p12, 2)),
        over(subtract(multiply(plus1, subtract(p22, ONE)), cross)),
      ];
    case "Y":
      return [
        over(add(multiply(subtract(ONE, p11), plus2), cross)),
        over(scale(p21, -2)),
        over(scale(p12, -2)),
        over(add(multiply(plus1, subtract(ONE, p22)), cross)),
      ];
    case "H":
      return [
        over(subtract(multiply(subtract(p11, ONE), plus2), cross)),
        over(scale(p21, -2)),
        over(scale(p12, 2)),
        over(add(multiply(plus1, subtract(ONE, p22)), cross)),
      ];
    default:
      return [
        over(add(multiply(subtract(ONE, p11), plus2), cross)),
        over(scale(p21, 2)),
        over(scale(p12, -2)),
        over(subtract(multiply(plus1, subtract(p22, ONE)), cross)),
      ];
  }
}
