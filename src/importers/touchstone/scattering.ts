import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import type { Complex } from "../network/complex.ts";
import { fromPairs } from "../network/pair-format.ts";
import { type PortPair, portName } from "../network/port-pair.ts";
import { normalised, type Parameter, toScattering } from "../network/to-scattering.ts";
import type { Records } from "./records.ts";

/** Receiving port, driven port, real and imaginary part. */
export type ComplexPair = Required<PortPair>;

/**
 * The S-parameters of all pairs of ports, in the order of the file's records. Y, Z, G and H are converted at the reference resistances.
 * @throws ImportError for hybrid parameters of anything but two ports
 */
export function scatteringOf(records: Records, path: string): ComplexPair[] {
  const { options, ports, columns, elements } = records;
  const { parameter, format } = options;
  const n = ports.length;
  if ((parameter === "G" || parameter === "H") && n !== 2) throw new ImportError(say.hybridNeedsTwoPorts(parameter, n), path);
  const found = elements.map(({ row, column, pair }): ComplexPair => {
    const port = portName(ports[row]!, ports[column]!, n);
    return { port, ...fromPairs(format, columns[1 + 2 * pair]!, columns[2 + 2 * pair]!) };
  });
  return parameter === "S" ? found : converted(found, parameter, records);
}

function converted(
  found: readonly ComplexPair[],
  parameter: Parameter,
  { ports, references, elements, ...records }: Records,
): ComplexPair[] {
  const n = ports.length;
  const points = records.columns[0]!.length;
  const cells = elements.map(({ row, column }) => row * n + column);
  const result = found.map(({ port }): ComplexPair => ({ port, re: new Float64Array(points), im: new Float64Array(points) }));
  const matrix: Complex[] = [];
  for (let point = 0; point < points; point++) {
    cells.forEach((cell, k) => {
      matrix[cell] = [found[k]!.re[point]!, found[k]!.im[point]!];
    });
    const s = toScattering(parameter, records.normalised ? matrix : normalised(parameter, matrix, references), n);
    cells.forEach((cell, k) => {
      [result[k]!.re[point], result[k]!.im[point]] = s[cell]!;
    });
  }
  return result;
}
