import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { type Complex, fromPolar } from "../network/complex.ts";
import { type PortPair, portName } from "../network/port-pair.ts";
import { normalised, toScattering } from "../network/to-scattering.ts";
import type { Format } from "./options.ts";
import type { Records } from "./records.ts";

/** Receiving port, driven port, real and imaginary part. */
export type ComplexPair = Required<PortPair>;

/**
 * The S-parameters of all pairs of ports, in the order of the file's records. Y, Z, G and H are converted at the reference resistances.
 * @throws ImportError for hybrid parameters of anything but two ports
 */
export function scatteringOf(records: Records, path: string): ComplexPair[] {
  const { options, ports, references, frequencies, pairs, columnsFirst } = records;
  const { parameter, format } = options;
  const n = ports.length;
  if ((parameter === "G" || parameter === "H") && n !== 2) throw new ImportError(say.hybridNeedsTwoPorts(parameter, n), path);
  const cells = n * n;
  const result = Array.from({ length: cells }, (_, cell): ComplexPair => {
    const [a, b] = [ports[Math.floor(cell / n)]!, ports[cell % n]!];
    const port = columnsFirst ? portName(b, a, n) : portName(a, b, n);
    return { port, re: new Float64Array(frequencies.length), im: new Float64Array(frequencies.length) };
  });
  if (parameter === "S") {
    result.forEach((into, cell) => {
      fill(into, format, pairs, cell, cells);
    });
    return result;
  }
  const place = (cell: number) => (columnsFirst ? (cell % n) * n + Math.floor(cell / n) : cell);
  for (let point = 0; point < frequencies.length; point++) {
    const matrix = Array.from({ length: cells }, (_, cell) => {
      const at = 2 * (point * cells + place(cell));
      return pair(format, pairs[at]!, pairs[at + 1]!);
    });
    toScattering(parameter, records.normalised ? matrix : normalised(parameter, matrix, references), n).forEach((s, cell) => {
      const into = result[place(cell)]!;
      into.re[point] = s[0];
      into.im[point] = s[1];
    });
  }
  return result;
}

/** One of the `cells` pairs of every record. */
function fill(into: ComplexPair, format: Format, pairs: Float64Array, cell: number, cells: number): void {
  for (let point = 0; point < into.re.length; point++) {
    const at = 2 * (point * cells + cell);
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
