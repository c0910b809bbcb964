import { UserError } from "../../core/errors.ts";
import { unknownLaw } from "../../core/messages/fit.ts";
import type { DecayModel } from "../model.ts";
import { biexponential } from "./biexponential.ts";
import { exponential } from "./exponential.ts";

/** Every decay law, by name. A new law is a file in this folder and a line here. */
export const DECAY_LAWS = {
  exponential,
  biexponential,
} as const satisfies Record<string, DecayModel>;

export type DecayLawName = keyof typeof DECAY_LAWS;

/** @throws UserError naming the known laws. */
export function decayLaw(name: string): DecayModel {
  if (!Object.hasOwn(DECAY_LAWS, name)) throw new UserError(unknownLaw(name, Object.keys(DECAY_LAWS)));
  return DECAY_LAWS[name as DecayLawName];
}
