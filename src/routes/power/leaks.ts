import type { LineFacts } from "../../lab/lab.ts";
import { unknownPathError } from "../../physics/parasitic-path.ts";
import { type CommonInput, constantInput } from "./common-input.ts";

/**
 * What passes the qubit by (circulator, crosstalk) adds `eps e^{i th}` of unknown phase to S; normalised to the qubit-off value, `1 - S` is divided by
 * `1 + eps e^{i th}`: a relative error of the work and of gamma_r alike, `eps/sqrt 2 = 10^(-dB/20)/sqrt 2` (PHYSICS.md sec. 1, failure sizes).
 */
export function leaksOf(line: LineFacts | undefined): CommonInput[] {
  const inputs: CommonInput[] = [];
  if (line?.isolation)
    inputs.push(constantInput(`circulator of ${line.name}`, line.isolation.entry, unknownPathError(line.isolation.quantity.value)));
  if (line?.leakage)
    inputs.push(constantInput(`leakage of ${line.name}`, line.leakage.entry, unknownPathError(line.leakage.quantity.value)));
  return inputs;
}
