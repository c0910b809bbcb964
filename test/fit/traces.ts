import type { Check } from "../../src/core/check.ts";
import type { Noise, Role } from "../../src/core/dataset.ts";
import type { Random } from "../../src/core/random.ts";
import type { Unit } from "../../src/core/units.ts";
import { freeFit } from "../../src/fit/free-fit.ts";
import { prepareSignal } from "../../src/fit/signal.ts";
import { type Dataset, type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";

const DRAFT = {
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "", qubit: "q1", trace: "p" },
  started: "",
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [],
} as const satisfies Omit<DatasetDraft, "columns">;

export const column = (role: Role, unit: Unit, values: ArrayLike<number>) => ({
  name: role,
  unit,
  role,
  values: Float64Array.from(values),
});
export const dataset = (columns: DatasetDraft["columns"], extra: Partial<DatasetDraft> = {}): Dataset =>
  makeDataset({ ...DRAFT, ...extra, columns });
export const population = (t: ArrayLike<number>, p: ArrayLike<number>, extra: Partial<DatasetDraft> = {}): Dataset =>
  dataset([column("delay", "s", t), column("population", "1", p)], extra);
export const delays = (n: number, window: number) => Float64Array.from({ length: n }, (_, i) => (i * window) / (n - 1));

/** The checks of a trace, as `fitDecay` finds them; the laws that it compares where one fails only lengthen their sentences. */
export function traceChecks(d: Dataset): readonly Check[] {
  const prepared = prepareSignal(d);
  return "unfit" in prepared ? [prepared.unfit] : freeFit(prepared.signal, prepared.checks).outcome.checks;
}

/** What a simulated trace is made of; sigma is used for Gaussian noise, shots for counts. */
export interface Recipe {
  readonly noise: "unknown" | "sigma" | "binomial" | "iq";
  readonly t: Float64Array;
  readonly law: (t: number) => number;
  readonly sigma?: number;
  readonly shots?: number;
}

/** A trace with noise of the stated type; iq lies on a slanted line, with unequal noise in the quadratures. */
export function simulated(recipe: Recipe, source: Random): Dataset {
  const { t, law, sigma = 0.02, shots = 1000 } = recipe;
  const m = [...t].map(law);
  const noise: Noise = recipe.noise === "binomial" ? { type: "binomial", shots } : { type: recipe.noise === "sigma" ? "sigma" : "unknown" };
  if (recipe.noise === "iq")
    return dataset([
      column("delay", "s", t),
      column(
        "i",
        "V",
        m.map((v) => v + sigma * source.normal()),
      ),
      column(
        "q",
        "V",
        m.map((v) => 0.4 - 0.6 * v + 0.7 * sigma * source.normal()),
      ),
    ]);
  const p = m.map((v) => (recipe.noise === "binomial" ? source.binomial(shots, v) / shots : v + sigma * source.normal()));
  if (recipe.noise !== "sigma") return population(t, p, { noise });
  return dataset(
    [
      column("delay", "s", t),
      column("population", "1", p),
      column(
        "sigma",
        "1",
        p.map(() => sigma),
      ),
    ],
    { noise },
  );
}
