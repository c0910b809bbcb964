import { dataFilm, fieldFilms } from "./films.ts";
import { firstGuess } from "./first-guess.ts";
import { type FitSoFar, minimumOf } from "./fit-phases.ts";
import { coarseGrid } from "./grid-choice.ts";
import { fieldMap } from "./maps.ts";
import type { FieldOutcome } from "./outcome.ts";
import { lawsOn, parametrise } from "./parametrisation.ts";
import type { FieldProblem } from "./problem.ts";
import { mapPoints } from "./sampling.ts";
import { strengthMixture } from "./strength-mixture.ts";
import { type WhatDataDetermine, withKnownScales } from "./what-data-determine.ts";

type Refused = Extract<FieldOutcome, { state: "refused" }>;

/** No numbers: why, and the data as they are. */
export function refusal(problem: FieldProblem, { refused, checks, nullDirections }: WhatDataDetermine): Refused {
  const { grid } = coarseGrid(problem);
  const parametrisation = parametrise({ ...problem, gamma0: { type: "constant" } }, firstGuess(problem, grid).references);
  const { densities } = lawsOn(grid, parametrisation, problem.experiments).at(new Float64Array(parametrisation.parameters.length));
  const films = problem.experiments.map((experiment, e) =>
    dataFilm(problem, experiment, grid, densities[e]!, experiment.sigma ? 1 : Number.NaN),
  );
  return { state: "refused", sentence: refused!.sentence, checks, nullDirections, films, bound: refused!.bound };
}

/** Without the absolute size of the sources: the diffusion length alone, from a fit with any scale. */
export function ratios(problem: FieldProblem, determined: WhatDataDetermine, { parametrisation, fit }: FitSoFar): Refused {
  const known = withKnownScales(problem);
  const minimum = minimumOf(fit);
  const { x, y, diffusionLength } = fieldMap(
    known,
    parametrisation,
    minimum,
    new Map(),
    strengthMixture(minimum, parametrisation, fit.strength, mapPoints(known)),
  );
  return {
    ...refusal(problem, determined),
    films: fieldFilms(known, parametrisation, minimum),
    map: { x, ...(y && { y }), diffusionLength },
  };
}
