import type { Bump, Drive, Film } from "./film.ts";
import type { FilmSpec } from "./film-files.ts";
import { scatteredSensors, sensorGrid, spotOfPower } from "./film-recording.ts";
import type { CooldownSpec, LabSpec } from "./lab-spec.ts";
import { labWith } from "./swept-lab.ts";

const ms = 1e-3;
const SIZE = [5e-3, 4e-3] as const;
const lossy = (x: number, y: number): Bump => ({ centre: [x, y], width: 0.5e-3, height: 6000 });
/** A film of 5 x 4 mm with a diffusion length of 0.7 mm and one lossy spot. */
const film = (...spots: readonly Bump[]): Film => ({ size: SIZE, gamma2: 1e-3, ground: 2000, spots });
const drive = (x: number, y: number, on: Drive["on"]): Drive => ({ bumps: [spotOfPower([x, y], 0.6e-3, 2e-3)], on });
const ALWAYS = [-Infinity, Infinity] as const;
const GRID = sensorGrid(SIZE, [12, 12]);
const SOURCE = [25, 20] as const;

/** Driven for 1 ms from rest, then left alone: what alone determines gamma0, gamma2 and the scale of the source. */
export function drivenFilm(spot: readonly [number, number]): FilmSpec {
  return {
    name: "map",
    film: film(lossy(...spot)),
    course: { drives: [drive(1.6e-3, 2.4e-3, [0, 1 * ms])] },
    sensors: GRID,
    times: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75].map((t) => t * ms),
    sourceGrid: SOURCE,
    sourceError: 0.01,
    noise: 0.01,
  };
}

const decayingStrip: FilmSpec = {
  name: "decay",
  film: { size: [5e-3], gamma2: 1e-3, ground: 2000, spots: [{ centre: [3.4e-3], width: 0.5e-3, height: 4000 }] },
  course: { drives: [], start: [{ centre: [1.7e-3], width: 0.7e-3, height: 1 }] },
  sensors: sensorGrid([5e-3], [40]),
  times: [0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1].map((t) => t * ms),
  noise: 0.01,
};

const scattered: FilmSpec = {
  ...drivenFilm([3.2e-3, 1.4e-3]),
  name: "sensors",
  sensors: scatteredSensors(SIZE, 60, 0.5e-3, 0.15e-3, 11),
  endsStated: true,
};

/** One picture of the steady state under a drive at a place. */
const steady = (run: string, x: number, y: number): FilmSpec => ({
  name: "steady",
  run,
  film: film(lossy(3.2e-3, 1.4e-3)),
  course: { drives: [drive(x, y, ALWAYS)] },
  sensors: GRID,
  sourceGrid: SOURCE,
  sourceError: 0.01,
  noise: 0.01,
});

const COOLDOWNS: readonly (readonly [note: string, films: readonly FilmSpec[]])[] = [
  ["driven for 1 ms, then off", [drivenFilm([3.2e-3, 1.4e-3])]],
  ["the same film, lossy at another place", [drivenFilm([2.2e-3, 2.9e-3])]],
  ["free decay of a strip after a pulse", [decayingStrip]],
  ["60 sensors that average over 0.15 mm", [scattered]],
  ["two steady maps under two sources", [steady("left", 1.6e-3, 2.4e-3), steady("right", 3.5e-3, 1.2e-3)]],
  ["one steady map alone", [steady("alone", 1.6e-3, 2.4e-3)]],
];

/** Three qubits with positions on the film (power route of each), and maps of u on films in every way that the field model takes, one per cooldown. */
export function fieldLab(): LabSpec {
  const places = [
    [0.8e-3, 1e-3],
    [2.2e-3, 2.1e-3],
    [4e-3, 3.2e-3],
  ] as const;
  const lab = labWith({
    qubits: Object.fromEntries(
      places.map((position, i) => [`q${i + 1}`, { position, frequency: 4.8e9 + 0.11e9 * i, gammaNr: 20e3 + 8e3 * i }]),
    ),
  });
  const first = lab.cooldowns[0]!;
  const cooldowns = COOLDOWNS.map(
    ([note, films], i): CooldownSpec => ({
      ...{
        name: `cd${String(7 + i).padStart(2, "0")}`,
        started: `2026-${String(1 + 2 * i).padStart(2, "0")}-05`,
        note,
        films,
        lines: {},
        qubits: {},
      },
      experiments: i === 0 ? first.experiments : [],
    }),
  );
  return { ...lab, cooldowns };
}
