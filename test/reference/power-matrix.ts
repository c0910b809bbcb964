import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import type { Geometry } from "../../src/lab/lab.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import type { Equilibrium, LabSpec, QubitSpec, TableExperiment } from "../../src/simulate/lab-spec.ts";
import { halfWidth, powerExperiments, powersFor } from "../../src/simulate/power-experiments.ts";
import { type PullGroup, pullSeeds } from "../../src/simulate/pull-seeds.ts";
import { type PullStatistics, pullOfRate, statisticsOf } from "../routes/pull-statistics.ts";

/** One way to set up the power route: what the qubit is like, what its surroundings are, what leads the error budget. */
export interface Cell {
  readonly geometry: Geometry;
  readonly mismatch?: number;
  readonly temperature: keyof typeof TEMPERATURES;
  /** Pure dephasing over G1 = gammaR + gammaNr. */
  readonly dephasing: number;
  /** gammaR and gammaNr, 1/s. */
  readonly rates: keyof typeof RATES;
  /** Drives at which populations are read: on resonance, or also half a width below it. */
  readonly drive: "resonant" | "detuned";
  /** Isolation of the circulator, dB. */
  readonly leakage?: number;
  /** Standard deviation of the attenuation, dB. */
  readonly attenuation: number;
  /** What is measured besides, or is different from what is usual. */
  readonly also?: "meters" | "thermal levels" | "heating" | "emission" | "Rabi alone";
  /** Share of the time that the drive is on. */
  readonly duty?: number;
  /** From the end of the drive to the readout, s; default 40 ns. */
  readonly gap?: number;
}

/** What the analyst is told of n_eq. */
const TEMPERATURES = {
  cold: { equilibrium: { from: "stated", population: { value: 0.002, sigma: 0.0002 } }, near: 0.002 },
  warm: { equilibrium: { from: "measured", population: { value: 0.02, sigma: 0.003 } }, near: 0.02 },
  hot: { equilibrium: { from: "temperature", kelvin: { value: 0.109, sigma: 0.001 } }, near: 0.1 },
  stated: { equilibrium: { from: "stated", population: { value: 0.03, sigma: 0.002 } }, near: 0.03 },
  "two baths": { equilibrium: { from: "measured", population: { value: 0.04, sigma: 0.003 } }, near: 0.04, lineHeat: 5 },
} as const satisfies Record<string, { readonly equilibrium: Equilibrium; readonly near: number; readonly lineHeat?: number }>;

const RATES = { "under-coupled": [8e3, 20e3], "over-coupled": [20e3, 4e3], weak: [1.5e3, 20e3] } as const;
const ATTENUATION = 80;
const SATURATIONS = [0.05, 0.25, 1, 4, 20];
/** Noise of S against the depth of the line. */
const NOISE = 0.012;
/** Relative errors of the T1 and the T2 beside it. */
const [DECAY, COHERENCE] = [0.01, 0.02];

const SURROUNDINGS: readonly Pick<Cell, "geometry" | "mismatch">[] = [
  { geometry: "reflection" },
  { geometry: "two-sided" },
  { geometry: "hanger" },
  { geometry: "hanger", mismatch: 0.35 },
  { geometry: "multiport" },
  { geometry: "separate-ports" },
];

/** Every surrounding at every temperature; dephasing, drives, leak, coupling and attenuation go round with periods that differ, so that all pairs meet. */
export const CELLS: readonly Cell[] = SURROUNDINGS.flatMap((surrounding, g) =>
  (["cold", "warm", "hot", "two baths"] as const).map((temperature, t): Cell => {
    const attenuation = [0.04, 0.2, 0.5][(2 * g + t) % 3]!;
    const passed = surrounding.geometry !== "multiport" && surrounding.geometry !== "separate-ports";
    return {
      ...surrounding,
      temperature,
      dephasing: [0, 0.3, 1.5][(g + t) % 3]!,
      rates: (["under-coupled", "over-coupled", "weak"] as const)[(g + 2 * t) % 3]!,
      drive: (g + t + (t >> 1)) % 2 === 0 ? "resonant" : "detuned",
      ...(passed && t % 2 === 1 ? { leakage: attenuation < 0.1 ? 40 : 30 } : {}),
      attenuation,
    };
  }),
);

/** What goes beyond scattering and populations. */
export const MORE_CELLS: readonly Cell[] = (
  [
    { geometry: "reflection", also: "meters" },
    { geometry: "hanger", also: "meters" },
    { geometry: "reflection", also: "meters", leakage: 30 },
    { geometry: "reflection", also: "meters", duty: 0.25 },
    { geometry: "reflection", also: "thermal levels", temperature: "stated" },
    { geometry: "reflection", also: "heating" },
    { geometry: "two-sided", also: "emission" },
    { geometry: "reflection", also: "Rabi alone", gap: 2e-6 },
  ] as const
).map((cell) => ({ temperature: "warm", dephasing: 0.3, rates: "under-coupled", drive: "resonant", attenuation: 0.1, ...cell }));

const MORE: Readonly<Record<NonNullable<Cell["also"]>, (powers: readonly number[]) => readonly TableExperiment[]>> = {
  meters: (powers) => [
    // The meter's noise is not stated: what is learnt of it from the scatter needs more than a handful of powers.
    { what: "total-power", qubit: "q1", powers: between(powers, 25), noise: 0.002, background: 1e-17, shots: 20_000 },
    { what: "rabi", qubit: "q1", power: Math.max(...powers) + 6, delays: { start: 0, stop: 60e-6, points: 61 }, shots: 2000 },
    { what: "emission", qubit: "q1", delays: { start: 0, stop: 150e-6, points: 31 }, noise: 4e-22 },
  ],
  "thermal levels": () => [],
  emission: () => [{ what: "emission", qubit: "q1", delays: { start: 0, stop: 150e-6, points: 31 }, noise: 2e-22, shots: 5000 }],
  "Rabi alone": (powers) => [
    { what: "rabi", qubit: "q1", power: Math.max(...powers) + 6, delays: { start: 0, stop: 60e-6, points: 61 }, shots: 4000 },
  ],
  heating: (powers) => [{ what: "heating", qubit: "q1", powers, detuning: 5e7, shots: 40_000 }],
};

function between(powers: readonly number[], points: number): number[] {
  const [low, high] = [Math.min(...powers), Math.max(...powers)];
  return Array.from({ length: points }, (_, i) => Number((low + ((high - low) * i) / (points - 1)).toFixed(2)));
}

/** A lab of one qubit with everything that the cell says. */
export function labOf(cell: Cell): LabSpec {
  const { equilibrium, near, ...heat } = { ...TEMPERATURES[cell.temperature] };
  const [gammaR, gammaNr] = RATES[cell.rates];
  const coupling = { value: gammaR / 2, sigma: 0.01 * gammaR };
  const cold: QubitSpec = {
    frequency: 5.0123e9,
    anharmonicity: -220e6,
    geometry: cell.geometry,
    ...(cell.mismatch === undefined ? {} : { mismatch: cell.mismatch }),
    ...(cell.geometry === "separate-ports" ? { couplings: { drive: coupling, detect: coupling } } : {}),
    position: [0, 0],
    gammaR,
    gammaNr,
    gammaPhi: (gammaR + gammaNr) * cell.dephasing,
    equilibrium,
    ...heat,
    fluctuation: 0,
  };
  const loss = ATTENUATION + 10 * Math.log10(cell.duty ?? 1);
  const powers = powersFor(cold, SATURATIONS, near, loss);
  const strongest = 1e-3 * 10 ** ((Math.max(...powers) - loss) / 10);
  // A hundredth of a quantum at the strongest drive, so that G1tot itself moves less than its error.
  const q1: QubitSpec = cell.also === "heating" ? { ...cold, heating: 0.01 / strongest } : cold;
  const sweep = powerExperiments("q1", q1, near, {
    powers,
    shots: 20_000,
    points: 13,
    noise: NOISE,
    stated: true,
    ...(cell.drive === "detuned" ? { detunings: [0, -halfWidth(q1, near)] } : {}),
  });
  const usual = cell.also === "Rabi alone" ? sweep.filter((e) => e.what !== "scattering") : sweep;
  const experiments = [...usual, ...(cell.also === undefined ? [] : MORE[cell.also](powers))];
  const thermal = cell.also === "thermal levels";
  return {
    device: "chipA",
    readout: {
      prepared: thermal ? "thermal" : "heralded",
      p1Given0: { value: thermal ? 0.04 : 0.015, sigma: 0.002 },
      p0Given1: { value: thermal ? 0.07 : 0.045, sigma: 0.003 },
      driveToReadout: cell.gap ?? 40e-9,
      ...(cell.duty === undefined ? {} : { dutyCycle: cell.duty }),
      driveDuration: 400e-6,
      ifBandwidth: 100,
    },
    qubits: { q1 },
    lines: {
      drive1: {
        qubits: ["q1"],
        attenuation: { value: ATTENUATION, sigma: cell.attenuation },
        origin: "cold-through",
        ...(cell.leakage === undefined ? {} : { isolation: cell.leakage }),
        ...(cell.geometry === "separate-ports" ? { gain: { value: 60, sigma: cell.attenuation } } : {}),
      },
    },
    cooldowns: [{ name: "cd07", started: "2026-09-03", note: "", lines: {}, qubits: {}, experiments }],
    exclude: [],
  };
}

/** The estimator of the power route that is quoted. */
export function quotedOf(cell: Cell): string {
  if (cell.also === "Rabi alone") return "rabi";
  return cell.geometry === "separate-ports" ? "separate_ports" : "complex_s";
}

export interface Pulls extends PullStatistics {
  /** `quantity estimator` of every combined number that has a truth. */
  readonly name: string;
  readonly pulls: readonly number[];
}

/** (estimate - truth)/sigma of everything the routes give, over seeds; all common inputs drawn anew for each. */
export function pullsOf(cell: Cell, seeds: number): Pulls[] {
  // No two cells share a draw.
  const first = 1 + 100_000 * [...CELLS, ...MORE_CELLS].indexOf(cell);
  const all = new Map<string, number[]>();
  for (const { seed, groups } of pullSeeds(seeds, labOf(cell), first))
    for (const e of estimatesOf(groups[0]!, seed)) {
      const truth = truthOf(e, groups[0]!.truth);
      const name = `${e.quantity} ${e.estimator}${e.condition === "combined" ? "" : ` ${e.condition}`}`;
      // An extrapolation that is refused where S does not span its range says nothing false, nor does one that its data do not allow.
      if (truth === undefined || (e.status === "refused" && (e.condition === "weak_drive" || e.estimator !== quotedOf(cell)))) continue;
      const list = all.get(name) ?? [];
      list.push(pullOf(e, truth));
      all.set(name, list);
    }
  return [...all].map(([name, pulls]) => ({ name, pulls, ...statisticsOf(pulls) }));
}

/** Emitted power is stated at the device, with an error that nobody knows: here it has none. */
function sigmaKnown(e: Estimate): number {
  return Math.hypot(...e.budget.map((l) => l.contribution).filter((c) => !Number.isNaN(c)));
}

/** Products and ratios whose error is above 0.3 dB are quoted in their logarithm (PHYSICS.md sec. 1); gamma_nr and gamma_phi are differences. */
function pullOf(e: Estimate, truth: number): number {
  const ratio = e.quantity === "ratio_power_over_decay" || e.quantity === "f_route";
  const product = ratio || (e.unit === "1/s" && e.quantity !== "gamma_nr" && e.quantity !== "gamma_phi");
  const sigma = e.estimator.startsWith("emission") && e.route === "partition" ? sigmaKnown(e) : sigmaOf(e);
  return product ? pullOfRate(e.value, sigma, truth) : (e.value - truth) / sigma;
}

export function estimatesOf({ labels, facts, datasets, truth }: PullGroup, seed: number): readonly Estimate[] {
  const draw = random(seed);
  const given = (quantity: "gamma1_total" | "gamma2", estimator: string, relative: number): Estimate => {
    const value = truth[quantity] * (1 + relative * draw.normal());
    const budget = [{ input: "shots", contribution: relative * value }];
    return estimateOf({ route: "decay", quantity, estimator, labels, value, unit: "1/s", budget, datasets: [estimator] });
  };
  const decay = given("gamma1_total", "exponential", DECAY);
  const power = powerRoute({ labels, facts, datasets, decay, coherence: given("gamma2", "echo", COHERENCE) });
  const compared = compareRoutes(labels, decay, power.estimates).estimates;
  return [...power.estimates, ...compared, ...partitionRoute(labels, decay, power).estimates];
}

/** What should have been found; undefined for the scalar difference, whose bias is stated and not corrected, and for single operating points. */
function truthOf(e: Estimate, truth: PullGroup["truth"]): number | undefined {
  if (e.estimator === "scalar_difference" || (e.condition !== "combined" && e.condition !== "weak_drive")) return undefined;
  if (e.quantity === "ratio_power_over_decay" || e.quantity === "f_route") return 1;
  return (truth as unknown as Record<string, number>)[e.quantity];
}

export function nameOf(cell: Cell): string {
  const parts = [
    cell.mismatch === undefined ? cell.geometry : `${cell.geometry}, mismatch ${cell.mismatch}`,
    cell.temperature,
    cell.rates,
    `Gphi ${cell.dephasing} G1`,
    cell.drive,
    ...(cell.leakage === undefined ? [] : [`leak ${cell.leakage} dB`]),
    `attenuation ${cell.attenuation} dB`,
    ...(cell.also === undefined ? [] : [cell.also]),
    ...(cell.duty === undefined ? [] : [`driven ${cell.duty} of the time`]),
    ...(cell.gap === undefined ? [] : [`gap ${cell.gap} s`]),
  ];
  return parts.join(", ");
}
