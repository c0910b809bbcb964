import { describe, expect, it } from "vitest";
import * as messages from "../../src/core/messages/joint.ts";
import { undetermined } from "../../src/core/messages/least-squares.ts";
import { random } from "../../src/core/random.ts";
import { differencedBlock } from "../../src/fit/joint/differenced-block.ts";
import { fitJoint, type JointNumbers } from "../../src/fit/joint/joint-fit.ts";
import type { JointBlock, JointParameter, JointProblem } from "../../src/fit/joint/joint-problem.ts";
import { covarianceOf } from "../../src/numerics/covariance.ts";
import { ENDINGS, leastSquares } from "../../src/numerics/least-squares.ts";

/** Trace k: a_k exp(-rate_k t) + c, with c shared by all. */
function decayBlock(k: number, y: Float64Array, names: readonly string[], sigma = 0.02): JointBlock {
  return {
    name: `trace ${k}`,
    points: y.length,
    parameters: names,
    evaluate(p, r, jacobian) {
      let s = 0;
      for (let i = 0; i < y.length; i++) {
        const e = Math.exp(-p[1]! * i);
        r[i] = (p[0]! * e + p[2]! - y[i]!) / sigma;
        s += r[i]! ** 2;
        jacobian[i] = e / sigma;
        jacobian[y.length + i] = (-p[0]! * i * e) / sigma;
        jacobian[2 * y.length + i] = 1 / sigma;
      }
      return s / 2;
    },
  };
}

function decays(traces: number, shared: readonly JointParameter[], extra: Partial<JointParameter> = {}): JointProblem {
  const source = random(17);
  const blocks: JointBlock[] = [];
  const parameters: JointParameter[] = [...shared];
  for (let k = 0; k < traces; k++) {
    const rate = 0.15 * (1 + 0.3 * source.uniform());
    const y = Float64Array.from({ length: 31 }, (_, i) => 0.9 * Math.exp(-rate * i) + 0.05 + 0.02 * source.normal());
    blocks.push(decayBlock(k, y, [`a${k}`, `rate${k}`, "c"]));
    parameters.push({ name: `a${k}`, unit: "1", start: 0.7 }, { name: `rate${k}`, unit: "1/s", start: 0.1, ...(k === 1 ? extra : {}) });
  }
  return { parameters, blocks };
}
const OFFSET: JointParameter = { name: "c", unit: "1", start: 0, prior: { mean: 0.03, sigma: 0.01 } };

/** The same problem with one dense matrix. */
function dense({ parameters, blocks }: JointProblem) {
  const index = new Map(parameters.map((p, j) => [p.name, j]));
  const known = parameters.filter((p) => p.prior);
  const m = blocks.reduce((s, b) => s + b.points, 0) + known.length;
  const n = parameters.length;
  const minimum = leastSquares(
    {
      points: m,
      parameters: n,
      lower: parameters.map((p) => p.lower ?? Number.NEGATIVE_INFINITY),
      upper: parameters.map((p) => p.upper ?? Number.POSITIVE_INFINITY),
      evaluate(p, residual, jacobian) {
        jacobian?.fill(0);
        let [row, sum] = [0, 0];
        for (const b of blocks) {
          const which = b.parameters.map((name) => index.get(name)!);
          const inner = new Float64Array(b.points * which.length);
          sum += b.evaluate(
            Float64Array.from(which, (j) => p[j]!),
            residual.subarray(row, row + b.points),
            inner,
          );
          which.forEach((j, c) => {
            jacobian?.set(inner.subarray(c * b.points, (c + 1) * b.points), j * m + row);
          });
          row += b.points;
        }
        for (const { name, prior } of known) {
          const j = index.get(name)!;
          residual[row] = (p[j]! - prior!.mean) / prior!.sigma;
          if (jacobian) jacobian[j * m + row] = 1 / prior!.sigma;
          sum += residual[row]! ** 2 / 2;
          row++;
        }
        return sum;
      },
    },
    parameters.map((p) => p.start),
  );
  return { minimum, covariance: covarianceOf(minimum.jacobian, m, n).matrix };
}

function numbers(problem: JointProblem): JointNumbers {
  const fit = fitJoint(problem);
  if (fit.state !== "converged") expect.fail(fit.sentence);
  return fit;
}

describe("joint fits", () => {
  it.each([
    ["priors on shared and local parameters", decays(6, [OFFSET], { prior: { mean: 0.2, sigma: 0.01 } })],
    ["a bound that holds", decays(6, [OFFSET], { lower: 0.22 })],
    ["a single block", decays(1, [OFFSET])],
  ])("%s: the same minimum and covariance as one dense matrix", (_, problem) => {
    const fit = numbers(problem);
    const { minimum, covariance } = dense(problem);
    const n = problem.parameters.length;
    expect(2 * minimum.objective).toBeCloseTo(fit.chi2, 9);
    const names = problem.parameters.map((p) => p.name);
    const { matrix } = fit.covariance(names);
    for (let i = 0; i < n; i++) {
      const sigma = Math.sqrt(covariance[i * n + i]!);
      expect(Math.abs(fit.parameters[i]!.value - minimum.p[i]!) / sigma).toBeLessThan(1e-6);
      expect(fit.parameters[i]!.sigma / sigma).toBeCloseTo(1, 7);
      for (let j = 0; j < n; j++) {
        const size = sigma * Math.sqrt(covariance[j * n + j]!);
        expect(Math.abs(matrix[i]![j]! - covariance[i * n + j]!) / size).toBeLessThan(1e-7);
      }
    }
    expect(fit.parameters.map((p) => p.atBound)).toEqual(problem.parameters.map((_p, j) => minimum.atBound.includes(j)));
    expect(fit.distance).toBeLessThan(1e-5);
  });
  it("the error of a combination is that of the whole covariance, split into local and shared", () => {
    const problem = decays(6, [OFFSET]);
    const fit = numbers(problem);
    const { covariance } = dense(problem);
    const n = problem.parameters.length;
    const g = problem.parameters.map((p) => (p.name.startsWith("rate") ? 1 / 6 : 0));
    let variance = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) variance += g[i]! * g[j]! * covariance[i * n + j]!;
    const mean = fit.combination(Object.fromEntries(problem.parameters.map((p, j) => [p.name, g[j]!])));
    expect(mean.sigma / Math.sqrt(variance)).toBeCloseTo(1, 7);
    expect(Math.hypot(mean.sigmaLocal, mean.sigmaShared)).toBeCloseTo(mean.sigma, 14);
    expect(mean.sigmaShared).toBeGreaterThan(0);
  });
  it("from far away it arrives at the same minimum, by steps inside the trust region", () => {
    const problem = decays(5, [OFFSET]);
    const far = {
      ...problem,
      parameters: problem.parameters.map((p) => ({ ...p, start: p.name === "c" ? -3 : p.name.startsWith("a") ? 20 : 1.5 })),
    };
    const [near, away] = [numbers(problem), numbers(far)];
    expect(away.iterations).toBeGreaterThan(near.iterations);
    near.parameters.forEach((p, j) => {
      expect(Math.abs(away.parameters[j]!.value - p.value) / p.sigma).toBeLessThan(1e-5);
    });
  });
  it("a law without derivatives gives the same fit by finite differences", () => {
    const y = Float64Array.from({ length: 31 }, (_, i) => 0.9 * Math.exp(-0.2 * i) + 0.05 + 0.02 * Math.sin(5 * i * i));
    const parameters = [parameter("a", 0.8), parameter("rate", 0.3), OFFSET];
    const names = ["a", "rate", "c"];
    const law = (p: Float64Array, out: Float64Array) => {
      for (let i = 0; i < 31; i++) out[i] = p[0]! * Math.exp(-p[1]! * i) + p[2]!;
      return p[1]! > 0;
    };
    const analytic = numbers({ parameters, blocks: [decayBlock(0, y, names)] });
    const block = differencedBlock({ name: "trace", parameters: names, y, sigma: new Float64Array(31).fill(0.02), law });
    const differenced = numbers({ parameters, blocks: [block] });
    for (const name of names) {
      const [one, other] = [analytic.parameter(name), differenced.parameter(name)];
      expect(Math.abs(one.value - other.value) / one.sigma).toBeLessThan(1e-6);
      expect(other.sigma / one.sigma).toBeCloseTo(1, 7);
    }
  });
  it("stopped early it says so, with the numbers where it stood", () => {
    const fit = fitJoint(decays(3, [OFFSET]), { maxEvaluations: 2 });
    if (fit.state !== "stopped") expect.fail(fit.state);
    expect(fit.sentence).toBe(messages.jointEnded(ENDINGS.too_many_evaluations.sentence));
    expect(fit.checks[0]!.holds).toBe(false);
    expect(fit.distance).toBeGreaterThan(0.05);
  });
  it("a fixed parameter keeps its value, has sigma 0 and makes the others better known", () => {
    const loose = numbers(decays(4, [{ ...OFFSET, prior: { mean: 0.05, sigma: 1 } }]));
    const held = numbers(decays(4, [{ name: "c", unit: "1", start: 0.05, fixed: true }]));
    expect(held.parameter("c")).toMatchObject({ value: 0.05, sigma: 0, fixed: true });
    expect(held.parameter("rate2").sigma).toBeLessThan(loose.parameter("rate2").sigma);
    expect(held.dof).toBe(4 * 31 - 8);
    expect(loose.dof).toBe(4 * 31 + 1 - 9);
  });
  it("the pull of a prior is standard normal", () => {
    const source = random(3);
    let [sum, square] = [0, 0];
    for (let k = 0; k < 300; k++) {
      const mean = 0.05 + 0.01 * source.normal();
      const y = Float64Array.from({ length: 31 }, (_, i) => 0.9 * Math.exp(-0.2 * i) + 0.05 + 0.02 * source.normal());
      const { pull } = numbers({
        blocks: [decayBlock(0, y, ["a", "rate", "c"])],
        parameters: [
          { name: "a", unit: "1", start: 0.8 },
          { name: "rate", unit: "1/s", start: 0.3 },
          { ...OFFSET, prior: { mean, sigma: 0.01 } },
        ],
      }).parameter("c");
      sum += pull;
      square += pull * pull;
    }
    // 4 s.d. of the mean and of the variance of 300 normal numbers.
    expect(Math.abs(sum / 300)).toBeLessThan(4 / Math.sqrt(300));
    expect(Math.abs(square / 300 - 1)).toBeLessThan(4 * Math.sqrt(2 / 300));
  });
});

/** y = (a + b) x per block, with whatever names. */
const line = (names: readonly [string, string], combine: (a: number, b: number) => readonly [number, number, number]): JointBlock => ({
  name: names.join(),
  points: 5,
  parameters: names,
  evaluate(p, r, jacobian) {
    let s = 0;
    const [slope, da, db] = combine(p[0]!, p[1]!);
    for (let i = 0; i < 5; i++) {
      r[i] = slope * i - 3 * i;
      s += r[i]! ** 2;
      jacobian[i] = da * i;
      jacobian[5 + i] = db * i;
    }
    return s / 2;
  },
});
const parameter = (name: string, start: number, extra: Partial<JointParameter> = {}): JointParameter => ({
  name,
  unit: "1",
  start,
  ...extra,
});
const sum = (a: number, b: number) => [a + b, 1, 1] as const;
const product = (a: number, b: number) => [a * b, b, a] as const;

describe("what a joint fit does not determine", () => {
  it("is named as a sum, with NaN for both errors and a number for the sum itself", () => {
    const fit = numbers({
      parameters: [parameter("amplitude1", 1), parameter("amplitude2", 1)],
      blocks: [line(["amplitude1", "amplitude2"], sum)],
    });
    expect(fit.undetermined).toHaveLength(1);
    expect(fit.undetermined[0]).toContain("can only be determined as a sum");
    expect(fit.parameter("amplitude1").sigma).toBeNaN();
    const both = fit.combination({ amplitude1: 1, amplitude2: 1 });
    expect(both.value).toBeCloseTo(3, 10);
    expect(both.sigma).toBeCloseTo(1 / Math.sqrt(30), 10);
    expect(fit.combination({ amplitude1: 1, amplitude2: -1 }).sigma).toBeNaN();
  });
  it("is found between shared and local parameters: a common gain times an amplitude per trace", () => {
    const problem: JointProblem = {
      parameters: [parameter("gain", 2), parameter("a1", 1), parameter("a2", 1.5)],
      blocks: [line(["a1", "gain"], product), line(["a2", "gain"], product)],
    };
    const fit = numbers(problem);
    const parts = ["gain", "a1", "a2"].map((name, k) => ({ name, unit: "1", value: fit.parameter(name).value, change: k === 0 ? 1 : -1 }));
    expect(fit.undetermined).toHaveLength(1);
    for (const { name } of parts) {
      expect(fit.undetermined[0]).toContain(name);
      expect(fit.parameter(name).sigma).toBeNaN();
    }
    const known = numbers({
      ...problem,
      parameters: [parameter("gain", 2, { prior: { mean: 2, sigma: 0.1 } }), ...problem.parameters.slice(1)],
    });
    expect(known.undetermined).toEqual([]);
    // a1 = 3/gain: 5 % of the gain, and 1/(2 sqrt 30) of the points.
    expect(known.parameter("a1").sigma).toBeCloseTo(Math.hypot(1.5 * 0.05, 1 / Math.sqrt(30) / 2), 8);
  });
  it("a parameter without effect is said so; one without block or prior is an error", () => {
    const idle: JointBlock = { ...line(["a", "b"], (a) => [a, 1, 0]), name: "idle" };
    const fit = numbers({ parameters: [parameter("a", 1), parameter("b", 1)], blocks: [idle] });
    expect(fit.undetermined).toEqual([undetermined([{ name: "b", unit: "1", value: 1, change: 1 }])]);
    expect(fit.parameter("a").sigma).toBeCloseTo(1 / Math.sqrt(30), 10);
    const alone = [parameter("a", 1), parameter("b", 1), parameter("c", 1)];
    expect(() => fitJoint({ parameters: alone, blocks: [idle] })).toThrow(messages.unusedParameter("c"));
  });
  it("two local parameters that are hardly told apart are named with the condition number", () => {
    const near: JointBlock = {
      ...line(["a", "b"], sum),
      evaluate(p, r, jacobian) {
        let s = 0;
        for (let i = 0; i < 5; i++) {
          const other = i + 1e-7 * (i % 2);
          r[i] = p[0]! * i + p[1]! * other - 3 * i;
          s += r[i]! ** 2;
          jacobian[i] = i;
          jacobian[5 + i] = other;
        }
        return s / 2;
      },
    };
    const fit = numbers({ parameters: [parameter("a", 1), parameter("b", 1)], blocks: [near] });
    expect(fit.undetermined).toHaveLength(1);
    expect(fit.undetermined[0]).toContain("a and b can only be determined as a sum, very nearly: the condition number is");
    expect(fit.parameter("a").sigma).toBeGreaterThan(1e5);
  });
  it("unsound problems are refused in words", () => {
    const block = line(["a", "b"], sum);
    const throws = (parameters: JointParameter[], message: string) =>
      expect(() => fitJoint({ parameters, blocks: [block] })).toThrow(message);
    throws([parameter("a", 1)], messages.unknownParameter("a,b", "b", ["a"]));
    throws([parameter("a", 1), parameter("a", 1), parameter("b", 1)], messages.repeatedParameter("a"));
    throws([parameter("a", 1), parameter("b", 1, { prior: { mean: 0, sigma: 0 } })], messages.badPrior("b", 0));
  });
  it("a law that is not finite at the start ends as a value with its sentence", () => {
    const broken: JointBlock = { ...line(["a", "b"], sum), evaluate: () => Number.NaN };
    const fit = fitJoint({ parameters: [parameter("a", 1), parameter("b", 1)], blocks: [broken] });
    expect(fit.state).toBe("refused");
  });
});
