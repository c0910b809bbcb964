import { batchEndings } from "../../core/messages/batch.ts";

/** Codes in the column `ending`. Only 0 has numbers. */
export const CONVERGED = 0;
export const NO_DECAY = 1;
export const GROWING = 2;
export const TOO_FAST = 3;
export const TOO_FEW_POINTS = 4;
export const NOT_FINITE = 5;
export const NOT_A_POPULATION = 6;
export const WRONG_LENGTH = 7;
export const MISSING = 8;
export const NOT_CONVERGED = 9;

/** Name and sentence of every ending, by its code. */
export const BATCH_ENDINGS = [
  { code: "converged", sentence: batchEndings.converged() },
  { code: "no_decay", sentence: batchEndings.noDecay() },
  { code: "growing", sentence: batchEndings.growing() },
  { code: "rate_at_limit", sentence: batchEndings.tooFast() },
  { code: "too_few_points", sentence: batchEndings.tooFewPoints() },
  { code: "not_finite", sentence: batchEndings.notFinite() },
  { code: "not_a_population", sentence: batchEndings.notAPopulation() },
  { code: "wrong_length", sentence: batchEndings.wrongLength() },
  { code: "missing", sentence: batchEndings.missing() },
  { code: "not_converged", sentence: batchEndings.notConverged() },
] as const satisfies readonly { readonly code: string; readonly sentence: string }[];
