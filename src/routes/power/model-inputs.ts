import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/validity.ts";
import type { Facts } from "../../lab/lab.ts";
import { solveSquare } from "../../numerics/solve-square.ts";
import { counterRotatingError } from "../../physics/beyond-rwa.ts";
import { type DrivenLadder, ladderEquations, ladderState } from "../../physics/driven-ladder.ts";
import { ladderRates, quantaFlow, thermalLadder } from "../../physics/multilevel.ts";
import { occupationFromPopulation } from "../../physics/thermal.ts";
import { type CommonInput, constantInput, pointwiseInput } from "./common-input.ts";
import type { DriveStrength } from "./drive-strength.ts";

/** Of the anharmonicity: detunings nearer than this are one. */
const DETUNING_STEP = 1e-3;
/** Excess of the first level that the ladder's solution resolves to a part in a thousand. */
const RESOLVED = 1e-6;
/** Levels of the transmon that the bias is computed with: the fourth takes part at a tenth of the third's weight at most. */
const LEVELS = 4;
const LEVELS_ABOVE = "model:levels-above";
/** A bias below this share of the whole error is left in the error bar without a check; one above 2 % never. */
const SHARE = 0.3;
const ALWAYS = 0.02;
/** Nothing in the route is known better than this. */
const NEVER = 1e-3;

/**
 * What the formulas of a two-level system in the rotating wave leave out, as relative errors of the rate, each with its sign and known size: they are
 * of the model and thus the same for every qubit and cooldown. Without a Rabi rate or an anharmonicity a line is not there, and validity says so.
 * `gamma` is G1tot, 1/s; `thirdLevel`: level 2 was measured and stands in the value.
 */
export function modelInputs(
  facts: Facts,
  drive: DriveStrength,
  points: readonly { readonly omega: number }[],
  { gamma, nEq, thirdLevel }: { readonly gamma: number; readonly nEq: number; readonly thirdLevel: boolean },
): CommonInput[] {
  const inputs: CommonInput[] = [];
  const { gamma2, rabi, detuning } = drive;
  if (rabi.some(Number.isFinite)) {
    const rotating = points.map((p, i) =>
      counterRotatingError({ gamma2 }, { omega: rabi[i]!, delta: detuning[i]! }, p.omega - detuning[i]!),
    );
    inputs.push(pointwiseInput("beyond RWA", "model:beyond-rwa", (i) => rotating[i]!));
    const anharmonicity = facts.qubit.anharmonicity?.quantity.value;
    if (anharmonicity !== undefined && gamma > 0 && !thirdLevel) {
      const nTh = Math.max(0, occupationFromPopulation(nEq));
      const ladder = { levels: LEVELS, anharmonicity: 2 * Math.PI * anharmonicity, gamma10: gamma / (1 + 2 * nTh), nTh };
      const gammaPhi = Math.max(0, gamma2 - gamma / 2);
      const bias = rounded((at) => leakageBias({ ...ladder, gammaPhi, ...at }), DETUNING_STEP * Math.abs(ladder.anharmonicity));
      const levels = points.map((_, i) => bias(rabi[i]!, detuning[i]!));
      inputs.push(pointwiseInput("levels above", LEVELS_ABOVE, (i) => levels[i]!));
    }
  }
  return [...inputs, ...frequencyInput(facts, points)];
}

/** A map of thousands of points has few drives that differ to two digits; as the size of an error that is enough. */
function rounded(
  of: (at: { readonly rabi: number; readonly delta: number }) => number,
  step: number,
): (rabi: number, delta: number) => number {
  const known = new Map<string, number>();
  return (rabi, delta) => {
    const at = { rabi: Number(rabi.toPrecision(2)), delta: step * Math.round(delta / step) };
    const key = `${at.rabi} ${at.delta}`;
    const value = known.get(key) ?? of(at);
    known.set(key, value);
    return value;
  };
}

/** The drive's frequency where it is the lab file's: `G ~ 1/w_d`. */
export function frequencyInput(facts: Facts, points: readonly { readonly omega: number }[]): CommonInput[] {
  const stated = facts.qubit.frequency;
  if (!stated || !(stated.quantity.sigma > 0)) return [];
  const { value, sigma } = stated.quantity;
  if (!points.some((p) => p.omega === 2 * Math.PI * value)) return [];
  return [constantInput("frequency", stated.entry, -sigma / value)];
}

/** What the two-level rate reads over the true one where the first level's population stands for the number of quanta, less 1: about `(Omega/alpha)^2`. */
export function leakageBias(ladder: DrivenLadder): number {
  const { n, matrix, right } = ladderEquations(ladder);
  const solution = Number.isFinite(ladder.rabi) ? solveSquare(matrix, right, n) : undefined;
  if (!solution) return Number.NaN;
  const { populations } = ladderState(ladder.levels, solution);
  const rate = ladder.gamma10 * (1 + 2 * ladder.nTh);
  const excess = populations[1]! - thermalLadder(ladder.levels, ladder.nTh)[1]!;
  // The solution keeps 1e-10: below, the limit of weak drive.
  if (!(excess > RESOLVED)) return (ladder.rabi / ladder.anharmonicity) ** 2;
  return quantaFlow(ladderRates(ladder.levels, ladder.gamma10, ladder.nTh), populations) / (rate * excess) - 1;
}

/** Whether the levels above matter beside the whole error. @param sigma relative error of the rate; NaN = not known */
export function levelsCheck(inputs: readonly CommonInput[], weights: readonly number[], sigma: number): Check[] {
  const input = inputs.find((i) => i.shared === LEVELS_ABOVE);
  const bias = input?.effect(weights) ?? Number.NaN;
  if (!Number.isFinite(bias)) return [];
  const limit = sigma > 0 ? Math.min(ALWAYS, Math.max(SHARE * sigma, NEVER)) : ALWAYS;
  return [check("levels_above", Math.abs(bias) < limit, say.levelsAbove(bias), Math.abs(bias), limit)];
}
