import * as say from "../core/messages/field-checks.ts";
import { fTail } from "../numerics/beta-function.ts";
import { choleskySolve } from "../numerics/cholesky.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import type { FieldMinimum } from "./evaluator.ts";
import type { FieldComparison } from "./outcome.ts";

/** A fitted law of gamma0, and its name in words. */
export interface FittedLaw {
  readonly name: string;
  readonly minimum: FieldMinimum;
}

/** A comparison with the probability that chance gives the richer law its gain; NaN where neither contains the other. */
export interface ComparedLaws extends FieldComparison {
  readonly chance: number;
}

/** Probability below which the richer law is preferred; the smoothness is chosen by the same data, which makes chance about three times as frequent. */
export const LAW_RISK = 0.003;
/** Ahead by this much of Akaike's criterion (Burnham and Anderson 2002, sec. 2.6), where neither law contains the other. */
const AHEAD = 4;

/**
 * The simpler law against the richer one that contains it. If the simpler is true, the gain in chi2 is `e^T (2A - A^2 - S) e` with the hat matrices A, S
 * of both (penalised: Hastie and Tibshirani 1990, sec. 3.9), nearly a multiple of chi2 with the same mean and variance (Satterthwaite 1946); F where the
 * noise was estimated. Both chi2 with the weights of the richer law.
 * @param places independent places that a richer law of spots was searched over: so many times more often does chance give its gain
 * @param dof of estimated noise; infinite where it was stated
 */
export function compareNested(simpler: FittedLaw, richer: FittedLaw, dof: number, places = 1): ComparedLaws {
  const chi2 = [chi2With(simpler.minimum, richer.minimum.weight), richer.minimum.chi2] as const;
  const gain = chi2[0] - chi2[1];
  const [simple, rich] = [hatTraces(simpler.minimum), hatTraces(richer.minimum)];
  // A field that the data made as stiff as can be still has a slope that a constant has not.
  const more = Math.max(rich.explained - simple.explained, 1);
  const spread = Math.max(rich.spread - simple.spread, 1);
  const [scale, freedom] = [spread / more, more ** 2 / spread];
  const tail = Number.isFinite(dof) ? fTail(gain / more, freedom, dof) : chi2Tail(Math.max(0, gain) / scale, freedom);
  const p = Math.min(1, places * tail);
  const preferred = p < LAW_RISK ? richer.name : simpler.name;
  return {
    simpler: simpler.name,
    richer: richer.name,
    chi2,
    parameters: [simple.effective, rich.effective],
    chance: p,
    preferred,
    sentence: say.laws(simpler.name, richer.name, gain, rich.effective - simple.effective, p, preferred),
  };
}

/** Two laws of which neither contains the other: by `chi2 + 2 effective parameters`, the one with fewer of them unless the other is clearly ahead. */
export function compareOther(one: FittedLaw, other: FittedLaw): ComparedLaws {
  const [simpler, richer] = one.minimum.effective <= other.minimum.effective ? [one, other] : [other, one];
  const chi2 = [chi2With(simpler.minimum, richer.minimum.weight), richer.minimum.chi2] as const;
  const parameters = [simpler.minimum.effective, richer.minimum.effective] as const;
  const ahead = chi2[0] - chi2[1] - 2 * (parameters[1] - parameters[0]);
  const preferred = ahead > AHEAD ? richer.name : simpler.name;
  return {
    simpler: simpler.name,
    richer: richer.name,
    chi2,
    parameters,
    chance: Number.NaN,
    preferred,
    sentence: say.lawsByCriterion(simpler.name, richer.name, chi2[0] - chi2[1], parameters[1] - parameters[0], ahead, preferred),
  };
}

function chi2With({ at, evaluator }: FieldMinimum, weight: Float64Array): number {
  return at.model.reduce((s, m, i) => s + weight[i]! * (m - evaluator.data.values[i]!) ** 2, 0);
}

/** Effective number of parameters tr A, and the traces of `2A - A^2` and of its square, by those of powers of `H^-1 J^T W J`. */
function hatTraces({ information, factor, at }: FieldMinimum) {
  const n = at.theta.length;
  const f = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    // Column j of H^-1 I, I symmetric.
    const column = choleskySolve(factor, information.subarray(j * n, (j + 1) * n), n);
    for (let i = 0; i < n; i++) f[i * n + j] = column[i]!;
  }
  const square = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const v = f[i * n + k]!;
      for (let j = 0; j < n; j++) square[i * n + j]! += v * f[k * n + j]!;
    }
  let [trace1, trace2, trace3, trace4] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    trace1 += f[i * n + i]!;
    trace2 += square[i * n + i]!;
    for (let j = 0; j < n; j++) {
      trace3 += square[i * n + j]! * f[j * n + i]!;
      trace4 += square[i * n + j]! * square[j * n + i]!;
    }
  }
  return { effective: trace1, explained: 2 * trace1 - trace2, spread: 4 * trace2 - 4 * trace3 + trace4 };
}
