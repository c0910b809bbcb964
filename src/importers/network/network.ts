import * as say from "../../core/messages/network-writers.ts";
import type { Complex } from "./complex.ts";
import type { Parameter } from "./to-scattering.ts";

/** Network parameters against frequency, as the writers take them. */
export interface Network {
  /** `S` where absent. */
  readonly parameter?: Parameter;
  /** Hz, not falling. */
  readonly frequency: readonly number[] | Float64Array;
  /** For each frequency the matrix, row by row, as `[re, im]`: S without unit, Z in ohm, Y in siemens. NaN = not known. */
  readonly matrices: readonly (readonly Complex[])[];
  /** Reference resistance of each port, ohm; 50 where absent. */
  readonly references?: readonly number[];
  /** Noise parameters of a two-port. */
  readonly noise?: readonly NoisePoint[];
}

export interface NoisePoint {
  /** Hz. */
  readonly frequency: number;
  /** dB. */
  readonly minimumFigure: number;
  /** Source reflection at which the figure is least. */
  readonly optimum: Complex;
  /** Effective noise resistance, ohm. */
  readonly resistance: number;
}

/** Reference resistances of a network whose numbers fit together. @throws RangeError where they do not */
export function referencesOf({ parameter = "S", frequency, matrices, references, noise }: Network): readonly number[] {
  if (frequency.length === 0) throw new RangeError(say.noPoints());
  if (matrices.length !== frequency.length) throw new RangeError(say.pointCount(frequency.length, matrices.length));
  const ports = references?.length ?? Math.round(Math.sqrt(matrices[0]!.length));
  const odd = matrices.findIndex((matrix) => ports === 0 || matrix.length !== ports * ports);
  if (odd >= 0) throw new RangeError(say.matrixSize(odd, matrices[odd]!.length, ports * ports));
  const unsorted = frequency.findIndex((f, i) => !Number.isFinite(f) || (i > 0 && f < frequency[i - 1]!));
  if (unsorted >= 0) throw new RangeError(say.frequencyOrder(unsorted));
  if ((parameter === "H" || parameter === "G") && ports !== 2) throw new RangeError(say.hybridPorts(parameter));
  if (references?.some((ohm) => !(ohm > 0 && ohm < Number.POSITIVE_INFINITY))) throw new RangeError(say.badReferences());
  if (noise !== undefined && ports !== 2) throw new RangeError(say.noiseNeedsTwoPorts());
  return references ?? Array.from({ length: ports }, () => 50);
}
