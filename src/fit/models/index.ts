import { UserError } from "../../core/errors.ts";
import { unknownLaw } from "../../core/messages/fit.ts";
import type { DecayModel } from "../model.ts";
import { biexponential } from "./biexponential.ts";
import { coupledDefect } from "./coupled-defect.ts";
import { exponential } from "./exponential.ts";
import { exponentialDrift } from "./exponential-drift.ts";
import { quasiparticle } from "./quasiparticle.ts";
import { stretched } from "./stretched.ts";
import { thermal } from "./thermal.ts";
import { threeLevelCascade } from "./three-level-cascade.ts";

/** Every decay law, by name. A new law is a file in this folder and a line here. */
export const DECAY_LAWS = {
  exponential,
  biexponential,
  stretched,
  quasiparticle,
  thermal,
  three_level_cascade: threeLevelCascade,
  coupled_defect: coupledDefect,
  exponential_drift: exponentialDrift,
} as const satisfies Record<string, DecayModel>;

export type DecayLawName = keyof typeof DECAY_LAWS;

/** @throws UserError naming the known laws. */
export function decayLaw(name: string): DecayModel {
  if (!Object.hasOwn(DECAY_LAWS, name)) throw new UserError(unknownLaw(name, Object.keys(DECAY_LAWS)));
  return DECAY_LAWS[name as DecayLawName];
}
