import { check } from "../../src/core/check.ts";
import { random } from "../../src/core/random.ts";
import type { FieldFilm, FieldMap, FieldOutcome } from "../../src/field/outcome.ts";
import type { FieldProblem } from "../../src/field/problem.ts";
import type { FieldStudy } from "../../src/routes/field/study.ts";

const NO_FLUX = { type: "no-flux" } as const;
const GAMMA2 = 3e-6;
type Fitted = Exclude<FieldOutcome, { readonly state: "refused" }>;

interface Options {
  readonly cooldown?: string;
  readonly name?: string;
  /** Positions along x, and along y where there are two dimensions. */
  readonly size?: readonly [number, number?];
  readonly times?: number;
  readonly scattered?: boolean;
  readonly seed?: number;
  /** Share of the points that show the prior. */
  readonly prior?: number;
  readonly gamma0?: number;
}

/** A hand-made outcome: a spot of absorbed power at rest switched off half way, its energy spread and lost; noise of 1 % of the largest value. */
export function fieldStudy(options: Options = {}): FieldStudy {
  const { cooldown = "cd07", name = "", size = [12, 10], times = 9, scattered = false, seed = 1, prior = 0.1, gamma0 = 2e4 } = options;
  const r = random(seed);
  const [nx, ny] = size;
  const count = nx * (ny ?? 1);
  const [width, height] = [1.2e-4, ny === undefined ? 0 : (1.2e-4 * ny) / nx];
  const place = (k: number) => [((k % nx) + 0.5) / nx, (Math.floor(k / nx) + 0.5) / (ny ?? 1)] as const;
  const x = Float64Array.from({ length: count }, (_, k) => width * (scattered ? r.uniform() : place(k)[0]));
  const y = Float64Array.from({ length: count }, (_, k) => height * (scattered ? r.uniform() : place(k)[1]));
  const plane = ny === undefined ? { x } : { x, y };
  const distance = (k: number, cx: number, cy: number) => Math.hypot(x[k]! - cx * width, ny === undefined ? 0 : y[k]! - cy * height);
  const field = Float64Array.from(x, (_, k) => gamma0 * (1 + 2.2 * Math.exp(-((distance(k, 0.7, 0.6) / 2e-5) ** 2))));
  const map: FieldMap = {
    ...plane,
    gamma0: field,
    sigma: field.map((g, k) => g * (0.02 + 0.2 * (distance(k, 0.3, 0.4) / width) ** 2)),
    priorShare: Float64Array.from(x, (_, k) => (distance(k, 0.3, 0.4) / width > 1 - prior - 0.2 ? 0.85 : 0.2)),
    diffusionLength: field.map((g) => Math.sqrt(GAMMA2 / g)),
    share: Float64Array.from(x, (_, k) => 1e8 * Math.exp(-((distance(k, 0.3, 0.4) / 3e-5) ** 2))),
    partition: Float64Array.from(x, (_, k) => {
      const share = distance(k, 0.3, 0.4) / 2e-5;
      return share > 3 ? Number.NaN : 0.6 + 0.35 * share;
    }),
  };
  const film = filmOf(plane, field, times, r, (k) => distance(k, 0.3, 0.4));
  const outcome: Fitted = {
    state: "converged",
    law: "field",
    numbers: [
      { name: "gamma2", unit: "m^2/s", value: GAMMA2, sigma: 4e-8, low: 2.955e-6, high: 3.048e-6 },
      { name: "gamma0_mean", unit: "1/s", value: 1.12 * gamma0, sigma: 0.01 * gamma0, low: 1.11 * gamma0, high: 1.13 * gamma0 },
      { name: "scale laser", unit: "1", value: 1.02, sigma: 0.01, low: 1.01, high: 1.03 },
      { name: "background", unit: ny === undefined ? "J/m" : "J/m^2", value: 1e-16, sigma: Number.NaN, low: Number.NaN, high: Number.NaN },
    ],
    map,
    films: [film],
    profile: Array.from({ length: 13 }, (_, i) => {
      const t = (i - 6) / 2;
      return { gamma2: GAMMA2 * Math.exp(0.0133 * t), deltaChi2: t * t + 0.04 * t ** 3 };
    }),
    comparisons: [
      {
        simpler: "constant",
        richer: "field",
        chi2: [2345.6, 1033.2],
        parameters: [3, 41.2],
        preferred: "field",
        sentence: "The field is preferred: χ² falls by 1312 for 38 more parameters.",
      },
    ],
    ...{ chi2: 1033.2, dof: 1039, n: count * times },
    grid: {
      cells: ny === undefined ? [3 * nx] : [3 * nx, 3 * ny],
      steps: 120,
      error: 0.12,
      sentence: "Internal grid 36 x 30 cells, 120 steps; a twice finer one moves γ₂ by 0.12 σ.",
    },
    method: "chord Gauss-Newton, 9 steps",
    checks: [
      check("field_chi2", false, "chi-square per degree of freedom is 1.4, above 1.2.", 1.4, 1.2),
      check("field_energy_balance", true, "The energy balance closes to 1e-9.", 1e-9, 1e-6),
    ],
    nullDirections: [],
    inputs: [],
    correlation: 0.2,
    twoFields: {
      state: "fitted",
      law: "gamma0(U) = gamma0(0) (1 + a U)",
      numbers: [
        { name: "bath_rate", unit: "1/s", value: 4e3, sigma: 300, low: 3.7e3, high: 4.3e3 },
        { name: "bath_slope", unit: ny === undefined ? "m/J" : "m^2/J", value: 2e13, sigma: Number.NaN, low: Number.NaN, high: 5e13 },
      ],
      inputs: [],
      checks: [],
      ...{ chi2: 1001, dof: 1035, n: count * times },
      sentence: "One field does not describe the data.",
    },
  };
  return {
    labels: { cooldown, device: "chipA", qubit: "" },
    name,
    files: [`${cooldown}/film.csv`, `${cooldown}/r_total.csv`],
    facts: [
      { sentence: "Nothing flows through the sides.", assumed: true },
      { sentence: "The source is known to 5 %.", assumed: false },
    ],
    problem: problemOf(width, height),
    outcome,
    status: "doubtful",
  };
}

function problemOf(width: number, height: number): FieldProblem {
  return {
    dimensions: height > 0 ? 2 : 1,
    domain:
      height > 0
        ? [
            [0, width],
            [0, height],
          ]
        : [[0, width]],
    boundary: { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] },
    experiments: [],
    gamma0: { type: "field" },
    gamma2: { type: "scalar" },
    background: true,
  };
}

function filmOf(
  plane: { readonly x: Float64Array; readonly y?: Float64Array },
  gamma0: Float64Array,
  count: number,
  r: ReturnType<typeof random>,
  from: (k: number) => number,
): FieldFilm {
  const n = gamma0.length;
  const [end, off] = [2e-4, 1e-4];
  const times = Float64Array.from({ length: count }, (_, i) => (end * i) / Math.max(1, count - 1));
  const every = (f: (t: number, k: number) => number) =>
    Float64Array.from({ length: count * n }, (_, i) => f(times[Math.floor(i / n)]!, i % n));
  const density = (k: number) => 1e-9 * Math.exp(-((from(k) / 1.5e-5) ** 2));
  const model = every((t, k) => {
    const width = 1.5e-5 ** 2 + 4 * GAMMA2 * t;
    const filled = count === 1 ? 1 : t <= off ? 1 - Math.exp(-t / 3e-5) : (1 - Math.exp(-off / 3e-5)) * Math.exp(-(t - off) * gamma0[k]!);
    return 4e-14 * filled * (1.5e-5 ** 2 / width) * Math.exp(-(from(k) ** 2) / width);
  });
  const sigma = every(() => 2e-16);
  return {
    name: "film",
    ...plane,
    ...(count > 1 ? { times } : {}),
    values: model.map((v, i) => (i % 97 === 5 ? Number.NaN : v + sigma[i]! * r.normal())),
    model,
    sigma,
    source: every((t, k) => (t <= off ? density(k) : 0)),
    partition: every((t, k) => (t <= off ? (gamma0[k]! * model[k]!) / density(k) : Number.NaN)),
  };
}

/** One steady map alone: refused, with the null direction and the bound. */
export function refusedField(): FieldStudy {
  const fitted = fieldStudy({ times: 1, cooldown: "cd09" });
  const { map, films } = fitted.outcome as Fitted;
  return {
    ...fitted,
    status: "refused",
    outcome: {
      state: "refused",
      sentence: "One steady map leaves γ₂ open: any value up to the bound fits.",
      checks: [],
      nullDirections: [
        {
          sentence: "More diffusion and a γ₀ that follows it give the same map.",
          gamma0: map.gamma0.map((_, k) => Math.cos(k / 7)),
          others: [{ name: "ln γ₂", change: 1 }],
        },
      ],
      films: films.map(({ model: _model, partition: _partition, ...data }) => data),
      bound: 4.2e-6,
    },
  };
}

/** The same with another outcome. */
export function withOutcome(study: FieldStudy, change: Partial<Fitted>): FieldStudy {
  return { ...study, outcome: { ...(study.outcome as Fitted), ...change } as Fitted };
}
