import type { FieldOutcome } from "../../src/field/outcome.ts";
import type { Bump, Drive, Film } from "../../src/simulate/film.ts";
import { bumpsAt } from "../../src/simulate/film.ts";
import { type FilmExperiment, scatteredSensors, sensorGrid, spotOfPower } from "../../src/simulate/film-recording.ts";
import { type Analysis, meanGamma0 } from "./simulated-films.ts";

const ms = 1e-3;
const SIZE = [5e-3, 4e-3];
const GRID = sensorGrid(SIZE, [12, 12]);
const OFF = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2].map((t) => t * ms);
const film = (spots: readonly Bump[]): Film => ({ size: SIZE, gamma2: 1e-3, ground: 2000, spots });
const drive = (x: number, y: number): Drive => ({ bumps: [spotOfPower([x, y], 0.6e-3, 2e-3)], on: [0, ms] });
/** Four films of every kind: lossy places and driven spots in turn. */
const SPOTS: readonly (readonly Bump[])[] = [
  [{ centre: [3.2e-3, 1.4e-3], width: 0.5e-3, height: 6000 }],
  [{ centre: [2.2e-3, 2.9e-3], width: 0.7e-3, height: 3000 }],
  [
    { centre: [1.2e-3, 1.2e-3], width: 0.6e-3, height: 4000 },
    { centre: [3.8e-3, 2.8e-3], width: 0.8e-3, height: 2000 },
  ],
  [{ centre: [2.5e-3, 2e-3], width: 1.2e-3, height: 2500 }],
];
/** Films of every kind. */
export const FILMS = SPOTS.length;
const DRIVES = [drive(1.6e-3, 2.4e-3), drive(3e-3, 1.5e-3), drive(2e-3, 1.2e-3), drive(3.4e-3, 2.6e-3)];
const driven = (i: number, more: Partial<FilmExperiment> = {}): FilmExperiment => ({
  film: film(SPOTS[i]!),
  course: { drives: [DRIVES[i]!] },
  sensors: GRID,
  times: OFF,
  noise: 0.01,
  ...more,
});
const pulse = (i: number, times: readonly number[]): FilmExperiment =>
  driven(i, { course: { drives: [], start: [{ centre: DRIVES[i]!.bumps[0]!.centre, width: 0.8e-3, height: 1 }] }, times });
const strip = (i: number): FilmExperiment => ({
  film: { size: [5e-3], gamma2: 1e-3, ground: 2000, spots: [{ centre: [1e-3 + 0.9e-3 * i], width: 0.5e-3, height: 3000 }] },
  course: { drives: [{ bumps: [spotOfPower([3.4e-3 - 0.6e-3 * i], 0.5e-3, 2)], on: [0, ms] }] },
  sensors: sensorGrid([5e-3], [40]),
  times: OFF,
  noise: 0.01,
});

/** One kind of simulated films. */
export interface Case {
  readonly name: string;
  readonly of: (i: number) => FilmExperiment;
  readonly analysis?: Analysis;
  /** Seeds without GAMMAWATT_SEEDS. */
  readonly usual: number;
}

export const CASES: readonly Case[] = [
  { name: "gamma0 constant", of: (i) => driven(i, { film: film([]) }), analysis: { gamma0: { type: "constant" } }, usual: 6 },
  { name: "gamma0 constant, fitted as a field", of: (i) => driven(i, { film: film([]) }), usual: 6 },
  { name: "gamma0 with smooth spots", of: driven, usual: 24 },
  { name: "unknown noise", of: driven, analysis: { unknownNoise: true }, usual: 6 },
  { name: "scale of the source unknown", of: driven, analysis: { scale: "relative" }, usual: 6 },
  { name: "a fifth of the values missing", of: (i) => driven(i, { missing: 0.2 }), usual: 6 },
  { name: "free decay, 3 snapshots", of: (i) => pulse(i, [0, 0.15 * ms, 0.4 * ms]), analysis: { start: "unknown" }, usual: 6 },
  {
    name: "free decay, 8 snapshots",
    of: (i) =>
      pulse(
        i,
        [0, 1, 2, 3, 4, 6, 8, 10].map((t) => 0.1 * ms * t),
      ),
    analysis: { start: "unknown" },
    usual: 6,
  },
  { name: "a strip", of: strip, usual: 6 },
  {
    name: "scattered sensors that average",
    of: (i) => driven(i, { sensors: scatteredSensors(SIZE, 100, 0.5e-3, 0.15e-3, 5 + i) }),
    usual: 6,
  },
];

/** Pulls of one fit; z of the map where it shows the data. */
export interface Pulls {
  readonly covered: boolean;
  readonly gamma2: number;
  readonly gamma0: number;
  readonly map: readonly number[];
}

export function pullsOf(outcome: FieldOutcome, { film }: FilmExperiment): Pulls {
  if (outcome.state !== "converged") throw new RangeError(`${outcome.state}: ${outcome.sentence}`);
  const number = (name: string) => outcome.numbers.find((n) => n.name === name)!;
  const [gamma2, gamma0] = [number("gamma2"), number("gamma0_mean")];
  const { map } = outcome;
  const shown = [...map.gamma0.keys()].filter((k) => !(map.priorShare[k]! > 0.7));
  const ofLog = (value: number, sigma: number, truth: number) => Math.log(value / truth) / (sigma / value);
  const truth = (k: number) => film.ground + bumpsAt(film.spots, map.y ? [map.x[k]!, map.y[k]!] : [map.x[k]!]);
  return {
    covered: gamma2.low <= film.gamma2 && film.gamma2 <= gamma2.high,
    gamma2: ofLog(gamma2.value, gamma2.sigma, film.gamma2),
    gamma0: ofLog(gamma0.value, gamma0.sigma, meanGamma0(film)),
    map: shown.map((k) => ofLog(map.gamma0[k]!, map.sigma[k]!, truth(k))),
  };
}
