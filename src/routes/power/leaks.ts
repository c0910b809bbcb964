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

/**
 * The same where a power meter says what is lost: out of the whole work the leak takes `eps W`, out of what comes out coherently and what the qubit sends
 * out besides `2 eps (W - lost)`, so that the loss errs by `2 - W/lost` of the work's relative error: not at all where half is lost, by more than the work
 * where less than a third is.
 * @param common the inputs of a work. @param share lost of it; NaN = not known: as the work
 */
export function leaksOfMeter(common: readonly CommonInput[], line: LineFacts | undefined, share: number): CommonInput[] {
  const leaks = leaksOf(line).map((c) => c.shared);
  const scale = Number.isFinite(share) ? 2 - 1 / share : 1;
  return common.map((c) => (leaks.includes(c.shared) ? { ...c, effect: (weights) => scale * c.effect(weights) } : c));
}
