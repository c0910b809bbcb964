import { UserError } from "../../core/errors.ts";
import { badCounts, badSigma } from "../../core/messages/joint.ts";
import { likelihoodOf } from "../likelihood.ts";
import type { Level } from "../signal-type.ts";
import type { JointBlock, JointParameter } from "./joint-problem.ts";

/** How an assignment error is known: wrong reads of a prepared state, or a value with one standard deviation. */
export type LevelKnowledge = { readonly wrong: number; readonly shots: number } | { readonly value: number; readonly sigma: number };

/** A population that all traces share: exact, with one standard deviation, or unknown (`free`, from a start). */
export type SharedPopulation =
  | { readonly exactly: number }
  | { readonly value: number; readonly sigma: number }
  | { readonly free: number };

/** The readout `p = p1_given_0 + Fid n`, `Fid = 1 - p1_given_0 - p0_given_1`, shared by all traces: nuisance parameters with their calibration. */
export interface SharedReadout {
  readonly oneGivenZero: LevelKnowledge;
  readonly zeroGivenOne: LevelKnowledge;
  /**
   * Populations between which the traces decay, in the sense of the levels above. Default exactly 1 and 0: the levels were prepared by the same pulse as
   * the traces (PHYSICS.md sec. 1, thermal levels). With heralded levels state n_eq, and the population after the pulse.
   */
  readonly excited?: SharedPopulation;
  readonly equilibrium?: SharedPopulation;
}

/**
 * The readout behind calibration points that all traces of a file share (`PreparedSignal.zero` and `one`).
 * @param scatter standard deviation of one point, used where the noise of the points is not stated (`Level.sigma` is NaN).
 */
export function readoutOfLevels(zero: Level, one: Level, scatter = Number.NaN): Pick<SharedReadout, "oneGivenZero" | "zeroGivenOne"> {
  const sigma = (level: Level) => (Number.isNaN(level.sigma) ? scatter / Math.sqrt(level.points) : level.sigma);
  return {
    oneGivenZero: { value: zero.value, sigma: sigma(zero) },
    zeroGivenOne: { value: 1 - one.value, sigma: sigma(one) },
  };
}

/** Names of the shared parameters in the order in which `tiedBlock` has them. */
export const READOUT_NAMES = ["p1_given_0", "p0_given_1", "n_excited", "n_eq"] as const;

/** The shared parameters, and blocks for levels that were counted. */
export function readoutParameters(readout: SharedReadout): { readonly parameters: JointParameter[]; readonly blocks: JointBlock[] } {
  const blocks: JointBlock[] = [];
  const level = (name: string, known: LevelKnowledge): JointParameter => {
    if ("wrong" in known) {
      const { wrong, shots } = known;
      if (!(wrong >= 0 && wrong <= shots && shots > 0)) throw new UserError(badCounts(wrong, shots));
      blocks.push(countedLevel(name, wrong, shots));
      return { name, unit: "1", start: Math.min(Math.max(wrong / shots, 0.5 / shots), 1 - 0.5 / shots), lower: 0, upper: 1 };
    }
    if (!(known.sigma > 0)) throw new UserError(badSigma(name, known.sigma));
    return { name, unit: "1", start: known.value, prior: { mean: known.value, sigma: known.sigma } };
  };
  const population = (name: string, known: SharedPopulation): JointParameter => {
    if ("exactly" in known) return { name, unit: "1", start: known.exactly, fixed: true };
    if ("free" in known) return { name, unit: "1", start: known.free };
    if (!(known.sigma > 0)) throw new UserError(badSigma(name, known.sigma));
    return { name, unit: "1", start: known.value, prior: { mean: known.value, sigma: known.sigma } };
  };
  const parameters = [
    level(READOUT_NAMES[0], readout.oneGivenZero),
    level(READOUT_NAMES[1], readout.zeroGivenOne),
    population(READOUT_NAMES[2], readout.excited ?? { exactly: 1 }),
    population(READOUT_NAMES[3], readout.equilibrium ?? { exactly: 0 }),
  ];
  return { parameters, blocks };
}

/** Binomial likelihood of the wrong reads of one prepared state. */
function countedLevel(name: string, wrong: number, shots: number): JointBlock {
  const likelihood = likelihoodOf({
    t: new Float64Array(1),
    y: Float64Array.of(wrong / shots),
    noise: { type: "binomial", shots: Float64Array.of(shots) },
    unit: "1",
  });
  return {
    name: `calibration of ${name}`,
    points: 1,
    parameters: [name],
    evaluate: (p, residual, jacobian) => likelihood.whiten(p, residual, jacobian),
  };
}

/** Value and standard deviation of a level by its calibration alone, at the fitted value where it was counted. */
export function calibrationOf(known: LevelKnowledge, fitted: number): { readonly value: number; readonly sigma: number } {
  if (!("wrong" in known)) return known;
  const p = Math.min(Math.max(fitted, 0.5 / known.shots), 1 - 0.5 / known.shots);
  return { value: known.wrong / known.shots, sigma: Math.sqrt((p * (1 - p)) / known.shots) };
}
