import type { FieldNumber, TwoFieldOutcome } from "./outcome.ts";
import { numberOf } from "./parameters.ts";
import type { LawsOnGrid } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { type JointFit, profileInterval, sigmaAlong, slopeAt, thetaAlongScale } from "./two-fields-fit.ts";
import { lawOfSlope } from "./two-fields-laws.ts";

type Fitted = Extract<TwoFieldOutcome, { state: "fitted" | "stopped" }>;

/** A rate is only quoted with an error where its logarithm is known to this: beyond, its bounds. */
const KNOWN = 1;
/** Relative step of differences. */
const STEP = 1e-5;

/** The numbers of a joint fit with their errors, and what each known source scale does to them. */
export function numbersOf(problem: FieldProblem, laws: LawsOnGrid, fit: JointFit): Pick<Fitted, "numbers" | "inputs"> {
  const { parameters } = fit.evaluator;
  const p = parameters.length;
  const [slope, rate, diffusion] = [p - 3, p - 2, p - 1];
  const volumes = fit.evaluator.resolution.grid.volumes;
  const whole = volumes.reduce((a, b) => a + b, 0);
  const meanGamma0 = (theta: Float64Array) => laws.at(theta.subarray(0, p - 3)).gamma0.reduce((s, g, k) => s + g * volumes[k]!, 0) / whole;
  const changeAt = (theta: Float64Array, largest: number) => lawOfSlope(numberOf(parameters[slope]!, theta[slope]!)).at(largest) - 1;
  const { theta, largest } = fit.at;
  const gradientOf = (value: (theta: Float64Array, moved: number) => number) => {
    const base = value(theta, 0);
    const ofLargest = fit.at.largestGradient();
    return Float64Array.from(
      theta,
      (_, j) =>
        (value(
          theta.map((v, k) => (k === j ? v + STEP : v)),
          STEP * ofLargest[j]!,
        ) -
          base) /
        STEP,
    );
  };

  const gamma0 = { value: meanGamma0(theta), sigma: sigmaAlong(fit, gradientOf(meanGamma0)) };
  const change = {
    value: changeAt(theta, largest),
    sigma: sigmaAlong(
      fit,
      gradientOf((at, moved) => changeAt(at, largest + moved)),
    ),
  };
  const positive = (name: string, unit: FieldNumber["unit"], { value, sigma }: { value: number; sigma: number }): FieldNumber => {
    const factor = Math.exp(sigma / value);
    return { name, unit, value, sigma, low: value / factor, high: value * factor };
  };
  const direct = (j: number) => {
    const unit = Float64Array.from(theta, (_, k) => (k === j ? 1 : 0));
    return { value: numberOf(parameters[j]!, theta[j]!), sigma: Math.abs(slopeAt(fit, j)) * sigmaAlong(fit, unit) };
  };
  const followed = (j: number): FieldNumber => {
    const { name, unit, log } = parameters[j]!;
    const { value, sigma } = direct(j);
    const [below, above] = profileInterval(fit, j);
    const at = (moved: number) => numberOf(parameters[j]!, theta[j]! + moved);
    const known = below > -KNOWN && above < KNOWN;
    return { name, unit, value, sigma: log && !known ? Number.NaN : sigma, low: at(below), high: at(above) };
  };
  const numbers: FieldNumber[] = [
    positive("gamma0_mean", "1/s", gamma0),
    ...[...parameters.keys()].filter((j) => parameters[j]!.kind === "gamma2").map((j) => positive(parameters[j]!.name, "m^2/s", direct(j))),
    followed(rate),
    followed(diffusion),
    { name: "gamma0_change", unit: "1", ...change, low: change.value - change.sigma, high: change.value + change.sigma },
    followed(slope),
  ];

  const known = new Set(problem.experiments.flatMap(({ sources }) => sources.filter((s) => s.scale === "known").map((s) => s.name)));
  const inputs = [...known].map((name) => {
    const moved = thetaAlongScale(fit, name).map((d, j) => theta[j]! + STEP * d);
    const there = fit.evaluator.at(moved).readScaled(name, 1 + STEP);
    const valueThere = (number: FieldNumber): number => {
      if (number.name === "gamma0_mean") return meanGamma0(moved);
      if (number.name === "gamma0_change") return changeAt(moved, there.largest);
      const j = parameters.findIndex((parameter) => parameter.name === number.name);
      return numberOf(parameters[j]!, moved[j]!);
    };
    return { name, by: Object.fromEntries(numbers.map((number) => [number.name, (valueThere(number) / number.value - 1) / STEP])) };
  });
  return { numbers, inputs };
}
