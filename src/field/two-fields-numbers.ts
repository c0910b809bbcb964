import { choleskySolve } from "../numerics/cholesky.ts";
import type { FieldNumber, TwoFieldOutcome } from "./outcome.ts";
import { numberOf, slopeOf } from "./parameters.ts";
import type { LawsOnGrid } from "./parametrisation.ts";
import { type JointFit, profileInterval } from "./two-fields-fit.ts";
import { lawOfSlope } from "./two-fields-laws.ts";
import type { UncertainScale } from "./two-fields-model.ts";

type Fitted = Extract<TwoFieldOutcome, { state: "fitted" | "stopped" }>;

/** A rate is only quoted with an error where its logarithm is known to this: beyond, its bounds. */
const KNOWN = 1;
/** Step of differences in theta. */
const STEP = 1e-5;

/** Value of a number and its derivative by theta. */
interface Linear {
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * The numbers of a joint fit, each sigma with everything that is fitted, and `inputs`: how they follow what is stated of a source,
 * `d ln(number)/d ln(stated scale) = H^-1 e_s / sigma^2` (`scaleSensitivities`).
 */
export function numbersOf(laws: LawsOnGrid, fit: JointFit, scales: readonly UncertainScale[]): Pick<Fitted, "numbers" | "inputs"> {
  const { parameters, resolution } = fit.evaluator;
  const { theta, largest } = fit.at;
  const p = parameters.length;
  const [slope, rate, diffusion, firstScale] = [0, 1, 2, 3];
  const { volumes } = resolution.grid;
  const whole = volumes.reduce((a, b) => a + b, 0);
  const meanGamma0 = (at: Float64Array) =>
    laws.at(at.subarray(firstScale + scales.length)).gamma0.reduce((s, g, k) => s + g * volumes[k]!, 0) / whole;
  const changeAt = (at: Float64Array, bath: number) => lawOfSlope(numberOf(parameters[slope]!, at[slope]!)).at(bath) - 1;
  const linear = (value: (at: Float64Array, moved: number) => number): Linear => {
    const base = value(theta, 0);
    const ofLargest = fit.at.largestGradient();
    const moved = (j: number) => theta.map((v, k) => (k === j ? v + STEP : v));
    return { value: base, gradient: Float64Array.from(theta, (_, j) => (value(moved(j), STEP * ofLargest[j]!) - base) / STEP) };
  };
  const direct = (j: number): Linear => {
    const gradient = new Float64Array(p);
    gradient[j] = slopeOf(parameters[j]!, theta[j]!);
    return { value: numberOf(parameters[j]!, theta[j]!), gradient };
  };

  const stated = parameters.flatMap(({ stated }, at) => (stated ? [{ ...stated, at }] : []));
  const by = stated.map((): Record<string, number> => ({}));
  const sigmaOf = (name: string, { value, gradient }: Linear): number => {
    const solved = choleskySolve(fit.factor, gradient, p);
    for (const [i, { sigma, at }] of stated.entries()) by[i]![name] = solved[at]! / sigma ** 2 / value;
    return Math.sqrt(
      Math.max(
        0,
        solved.reduce((s, v, j) => s + v * gradient[j]!, 0),
      ),
    );
  };
  const positive = (name: string, unit: FieldNumber["unit"], number: Linear): FieldNumber => {
    const sigma = sigmaOf(name, number);
    const factor = Math.exp(sigma / number.value);
    return { name, unit, value: number.value, sigma, low: number.value / factor, high: number.value * factor };
  };
  const followed = (j: number): FieldNumber => {
    const { name, unit, log } = parameters[j]!;
    const number = direct(j);
    const [below, above] = profileInterval(fit, j);
    const at = (change: number) => numberOf(parameters[j]!, theta[j]! + change);
    const sigma = sigmaOf(name, number);
    const known = below > -KNOWN && above < KNOWN;
    return { name, unit, value: number.value, sigma: log && !known ? Number.NaN : sigma, low: at(below), high: at(above) };
  };
  const change = linear((at, moved) => changeAt(at, largest + moved));
  const changeSigma = sigmaOf("gamma0_change", change);
  const gamma2 = [...parameters.keys()].filter((j) => parameters[j]!.kind === "gamma2");
  const numbers: FieldNumber[] = [
    positive("gamma0_mean", "1/s", linear(meanGamma0)),
    ...gamma2.map((j) => positive(parameters[j]!.name, "m^2/s", direct(j))),
    followed(rate),
    followed(diffusion),
    {
      name: "gamma0_change",
      unit: "1",
      value: change.value,
      sigma: changeSigma,
      low: change.value - changeSigma,
      high: change.value + changeSigma,
    },
    followed(slope),
  ];
  return { numbers, inputs: stated.map(({ source }, i) => ({ name: source, by: by[i]! })) };
}
