import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import type { Complex } from "../network/complex.ts";
import { fromPair, type PairFormat } from "../network/pair-format.ts";
import { type PortPair, portName } from "../network/port-pair.ts";
import { normalised, toScattering } from "../network/to-scattering.ts";
import type { Records } from "./records.ts";

/** Receiving port, driven port, real and imaginary part. */
export type ComplexPair = Required<PortPair>;

/**
 * The S-parameters of all pairs of ports, in the order of the file's records. Y, Z, G and H are converted at the reference resistances.
 * @throws ImportError for hybrid parameters of anything but two ports
 */
export function scatteringOf(records: Records, path: string): ComplexPair[] {
  const { options, ports, references, numbers, width, elements } = records;
  const { parameter, format } = options;
  const n = ports.length;
  if ((parameter === "G" || parameter === "H") && n !== 2) throw new ImportError(say.hybridNeedsTwoPorts(parameter, n), path);
  const points = numbers.length / width;
  const result = elements.map(({ row, column, pair }): ComplexPair => {
    const port = portName(ports[row]!, ports[column]!, n);
    return { port, ...complexColumns(format, numbers, 1 + 2 * pair, width) };
  });
  if (parameter === "S") return result;
  const cells = elements.map(({ row, column }) => row * n + column);
  const matrix: Complex[] = [];
  for (let point = 0; point < points; point++) {
    cells.forEach((cell, k) => {
      matrix[cell] = [result[k]!.re[point]!, result[k]!.im[point]!];
    });
    const s = toScattering(parameter, records.normalised ? matrix : normalised(parameter, matrix, references), n);
    cells.forEach((cell, k) => {
      [result[k]!.re[point], result[k]!.im[point]] = s[cell]!;
    });
  }
  return result;
}

/** The pairs that stand at `offset` in every record. */
function complexColumns(format: PairFormat, numbers: Float64Array, offset: number, width: number): { re: Float64Array; im: Float64Array } {
  const points = numbers.length / width;
  const [re, im] = [new Float64Array(points), new Float64Array(points)];
  for (let point = 0, at = offset; point < points; point++, at += width) {
    const s = fromPair(format, numbers[at]!, numbers[at + 1]!);
    re[point] = s[0];
    im[point] = s[1];
  }
  return { re, im };
}
