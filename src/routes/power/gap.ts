import type { Estimate } from "../../core/estimate.ts";
import type { Facts } from "../../lab/lab.ts";
import { withDecayNoise } from "../decay-noise.ts";
import { type CommonInput, constantInput } from "./common-input.ts";

/** Decay of the excited population between the end of the drive and the readout: `n_e - n_eq` was larger by `exp(G1tot t)`. */
export interface Gap {
  /** @param own rate that the power route itself gives, used where there is no decay. */
  factor(own: number): number;
  /** @param own as for `factor`. */
  common(own: number): readonly CommonInput[];
  /** Relative error of the corrected rate over that of the others' product: 1 with a decay, 1/(1 + G t) where the rate corrects itself. */
  damping(own: number): number;
}

/** Read where the drive ends. */
export const NO_GAP: Gap = { factor: () => 1, common: () => [], damping: () => 1 };

/** The rate comes from the decay route, whose errors the power route then shares; without it from the power route itself (second order). */
export function gapOf(facts: Facts, decay: Estimate | undefined): Gap {
  const stated = facts.readout.drive_to_readout;
  const time = stated?.quantity.value ?? 0;
  if (!stated || time === 0) return NO_GAP;
  const known = decay !== undefined && Number.isFinite(decay.value);
  const common: CommonInput[] = [];
  if (known)
    for (const line of withDecayNoise(decay).budget)
      common.push(constantInput(`decay during the gap (${line.input})`, line.shared ?? line.input, -time * line.contribution));
  const rateOf = (own: number) => (known ? decay.value : selfConsistent(own, time));
  return {
    factor: (own) => Math.exp(time * rateOf(own)),
    common: (own) => [
      ...common,
      ...(stated.quantity.sigma > 0 ? [constantInput("drive_to_readout", stated.entry, -rateOf(own) * stated.quantity.sigma)] : []),
    ],
    damping: (own) => (known ? 1 : 1 / (1 + rateOf(own) * time)),
  };
}

/** G = G_raw exp(-G t), the rate that the corrected points give again: `x e^x = G_raw t` for x = G t by Newton's steps. */
function selfConsistent(raw: number, time: number): number {
  const y = raw * time;
  // What is not above zero is no rate, and nothing to correct with.
  if (!(y > 0)) return 0;
  let x = Math.log1p(y);
  for (let k = 0; k < 20; k++) x -= (x - y * Math.exp(-x)) / (1 + x);
  return x / time;
}
