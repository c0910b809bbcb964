import type { Bump, Drive, Film } from "./film.ts";
import type { FilmSpec } from "./film-files.ts";
import { scatteredSensors, sensorGrid, spotOfPower } from "./film-recording.ts";
import type { CooldownSpec, LabSpec, QubitSpec } from "./lab-spec.ts";
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

const FILMS: readonly (readonly [note: string, films: readonly FilmSpec[]])[] = [
  ["driven for 1 ms, then off", [drivenFilm([3.2e-3, 1.4e-3])]],
  ["the same film, lossy at another place", [drivenFilm([2.2e-3, 2.9e-3])]],
  ["free decay of a strip after a pulse", [decayingStrip]],
  ["60 sensors that average over 0.15 mm", [scattered]],
  ["two steady maps under two sources", [steady("left", 1.6e-3, 2.4e-3), steady("right", 3.5e-3, 1.2e-3)]],
  ["one steady map alone", [steady("alone", 1.6e-3, 2.4e-3)]],
];

/** Maps of u on films in every way that the field model takes, one per cooldown, and last three qubits with positions, each under a steady drive. */
export function fieldLab(): LabSpec {
  const qubits = { q1: at(0.8, 1, 0), q2: at(2.2, 2.1, 1), q3: at(4, 3.2, 2) };
  const lab = labWith({ qubits });
  const [first] = lab.cooldowns;
  // The middle one of the swept powers: neither at rest nor saturated.
  const powers = Object.fromEntries(
    first!.experiments.flatMap((e) => (e.what === "saturation" ? [[e.qubit, e.powers[Math.floor(e.powers.length / 2)]!]] : [])),
  );
  const measured = [
    ...FILMS.map(([note, films]) => ({ note, films, experiments: [] })),
    { note: "qubits as places", experiments: first!.experiments, sites: { powers, shots: 40_000, powerError: 0.02 } },
  ];
  const cooldowns = measured.map((own, i): CooldownSpec => {
    const started = new Date(Date.UTC(2026, 2 * i, 5)).toISOString().slice(0, 10);
    return { name: `cd${String(7 + i).padStart(2, "0")}`, started, lines: {}, qubits: {}, ...own };
  });
  return { ...lab, cooldowns };
}

/** The qubit number `i` at a place in mm. */
function at(x: number, y: number, i: number): Partial<QubitSpec> {
  return { position: [x * 1e-3, y * 1e-3], frequency: 4.8e9 + 0.11e9 * i, gammaNr: 20e3 + 8e3 * i };
}
