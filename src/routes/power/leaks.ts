import type { GroupLabels } from "../../core/estimate.ts";
import type { LineFacts } from "../../lab/lab.ts";
import { unknownPathError } from "../../physics/parasitic-path.ts";
import { type CommonInput, constantInput } from "./common-input.ts";

/**
 * What passes the qubit by (circulator, crosstalk) adds `eps e^{i th}` of unknown phase to S; normalised to the qubit-off value, `1 - S` is divided by
 * `1 + eps e^{i th}`: a relative error of the work and of gamma_r alike, `eps/sqrt 2 = 10^(-dB/20)/sqrt 2` (PHYSICS.md sec. 1, failure sizes). Metres of
 * cable turn th from qubit to qubit: it is one error per qubit of the line, the same in every cooldown.
 */
export function leaksOf(line: LineFacts | undefined, { device, qubit }: GroupLabels): CommonInput[] {
  const inputs: CommonInput[] = [];
  const leak = (what: string, { entry, quantity }: NonNullable<LineFacts["isolation"]>) =>
    inputs.push(constantInput(`${what} of ${line?.name}`, `${entry}${OF_QUBIT}${device}/${qubit}`, unknownPathError(quantity.value)));
  if (line?.isolation) leak("circulator", line.isolation);
  if (line?.leakage) leak("leakage", line.leakage);
  return inputs;
}

const OF_QUBIT = " @ ";

/** Whether a shared name is that of a leak of the line. */
export function isLeak(shared: string | undefined, line: LineFacts | undefined): boolean {
  return [line?.isolation, line?.leakage].some((leak) => leak && shared?.startsWith(`${leak.entry}${OF_QUBIT}`));
}

/**
 * The same where a power meter says what is lost: out of the whole work the leak takes `eps W`, out of what comes out coherently and what the qubit sends
 * out besides `2 eps (W - lost)`, so that the loss errs by `2 - W/lost` of the work's relative error: not at all where half is lost, by more than the work
 * where less than a third is.
 * @param common the inputs of a work. @param share lost of it; NaN = not known: as the work
 */
export function leaksOfMeter(common: readonly CommonInput[], line: LineFacts | undefined, share: number): CommonInput[] {
  const scale = Number.isFinite(share) ? 2 - 1 / share : 1;
  return common.map((c) => (isLeak(c.shared, line) ? { ...c, effect: (weights) => scale * c.effect(weights) } : c));
}
