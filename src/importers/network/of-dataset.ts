import * as say from "../../core/messages/network-writers.ts";
import { columnOf, columnsOf, type Dataset } from "../../tables/dataset.ts";
import type { Complex } from "./complex.ts";
import type { Network } from "./network.ts";
import { portName } from "./port-pair.ts";

/**
 * The S-parameters of a dataset as the writers take them.
 * @param references resistance of each port, ohm, which a dataset does not hold
 * @throws RangeError where a frequency or an S-parameter of these ports is missing
 */
export function networkOf(dataset: Dataset, references: readonly number[]): Network {
  const ports = references.length;
  const frequency = columnOf(dataset, "frequency")?.values;
  if (frequency === undefined) throw new RangeError(say.noColumn("frequency"));
  const parts = (["s_re", "s_im"] as const).map(
    (role) => new Map(columnsOf(dataset).flatMap((c) => (c.role === role ? [[c.port, c.values]] : []))),
  );
  const cells = Array.from({ length: ports * ports }, (_, cell) => {
    const port = portName(String(Math.floor(cell / ports) + 1), String((cell % ports) + 1), ports);
    const [re, im] = parts.map((part) => part.get(port));
    if (re === undefined || im === undefined) throw new RangeError(say.noColumn(`S${port}`));
    return [re, im] as const;
  });
  const matrices = Array.from(frequency, (_, point) => cells.map(([re, im]): Complex => [re[point]!, im[point]!]));
  return { frequency, matrices, references };
}
