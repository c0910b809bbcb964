import { describe, expect, it } from "vitest";
import { fitField } from "../../src/field/fit-field.ts";
import { bandsOf, seedsOr, statisticsOf } from "../routes/pull-statistics.ts";
import { CASES, FILMS, type Pulls, pullsOf } from "./coverage-cases.ts";
import { SimulatedFilm } from "./simulated-films.ts";

/** Pull of gamma2 that smoothing leaves in data without noise, averaged over the four films (measured: -0.1 to 0.2). */
const SMOOTHED = 0.2;

describe.each(CASES)("$name", ({ of, analysis, usual }) => {
  const count = seedsOr(usual);
  it(`intervals of ${count} simulated films hold the truth as often as they say`, { timeout: 1_800_000 }, async () => {
    const films = Array.from({ length: FILMS }, (_, i) => new SimulatedFilm(of(i)));
    const pulls: Pulls[] = [];
    for (let seed = 1; seed <= count; seed++) {
      const simulated = films[seed % films.length]!;
      pulls.push(pullsOf(await fitField(simulated.problem(seed, analysis)), simulated.experiment));
    }
    const covered = pulls.filter((p) => p.covered).length / count;
    const [gamma2, gamma0, map] = [pulls.map((p) => p.gamma2), pulls.map((p) => p.gamma0), pulls.flatMap((p) => p.map)].map(statisticsOf);
    const say = (s = gamma2) =>
      `mean ${s!.mean.toFixed(2)}, width ${s!.width.toFixed(2)}, within one s.d. ${(100 * s!.coverage).toFixed(1)} %`;
    console.log(`gamma2 interval ${(100 * covered).toFixed(1)} %; gamma2 ${say()}; mean gamma0 ${say(gamma0)}; map ${say(map)}`);
    const bands = bandsOf(count);
    expect(Math.abs(covered - 0.6827)).toBeLessThan(bands.coverage);
    expect(Math.abs(gamma2!.mean)).toBeLessThan(bands.mean + SMOOTHED);
    expect(Math.abs(gamma2!.width - 1)).toBeLessThan(bands.width);
    // Where the film is dark its mean is the prior's, which is skew: high by half of its error for the same four films again and again.
    expect(Math.hypot(gamma0!.mean, gamma0!.width)).toBeLessThan(1.25 + bands.width);
    // Neighbours of a smooth map err together, and a smoothed peak is low: its share is not that of independent numbers.
    if (pulls.some((p) => p.map.length > 0)) expect(map!.coverage).toBeGreaterThan(0.53);
  });
});
