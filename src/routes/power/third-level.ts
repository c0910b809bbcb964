import type { GroupLabels } from "../../core/estimate.ts";
import { thirdLevel } from "../../core/messages/validity.ts";
import { type AssignmentErrors, populationOf } from "../../physics/readout.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { Excesses } from "./excess.ts";
import type { PowerDataset, PowerInput } from "./input.ts";
import { type PopulationRow, populationRows } from "./population-rows.ts";
import { countsShared } from "./undriven.ts";

/** Whether the population of level 2 was measured at every point. */
export function hasThirdLevel(rows: readonly Pick<PopulationRow, "leakage">[]): boolean {
  return rows.length > 0 && rows.every((r) => Number.isFinite(r.leakage));
}

/** What level 2 holds over what level 1 holds without drive. */
interface RestRatio {
  readonly value: number;
  readonly sigma: number;
  readonly shared: string;
}

/** From undriven reads with counts; undefined where level 2 was not measured there. */
function restRatio(datasets: readonly PowerDataset[], readout: AssignmentErrors, labels: GroupLabels): RestRatio | undefined {
  const undriven = datasets.flatMap((d) =>
    populationRows(d).filter((r) => r.pSource === 0 || (d.dataset.kind === "equilibrium" && Number.isNaN(r.pSource))),
  );
  const rows = undriven.filter((r) => r.shots > 0 && Number.isFinite(r.leakage));
  const counts = rows.reduce((n, r) => n + r.shots, 0);
  const mean = (of: (r: PopulationRow) => number) => rows.reduce((sum, r) => sum + (r.shots * of(r)) / counts, 0);
  const [p1, p2] = [
    populationOf(
      readout,
      mean((r) => r.read),
    ),
    mean((r) => r.leakage),
  ];
  if (rows.length === 0 || !(p1 > 0)) return undefined;
  // One count more where there are none: zero counts are not certainty.
  const sigma = Math.sqrt(Math.max(p2, 1 / counts) / counts) / p1;
  return { value: p2 / p1, sigma, shared: countsShared([...new Set(rows.flatMap((r) => r.datasets))], labels, "#leakage") };
}

/**
 * Excess of three levels (PHYSICS.md sec. 1, Multi-level): `W/(hbar w_d) = (G10 p1 - G01 p0) + (G21 p2 - G12 p1)`, in a transmon `G21 = 2 G10`, is
 * `G1tot [n_e - n_eq + n_eq p2 + 2 (1 - n_eq)(p2 - r p1)]`, `r = G12/G21`: the ratio of both levels without drive, measured, else that of a bath of one
 * occupation, `n_eq/(1 - n_eq)`. Rows without a population of level 2 stay as they are.
 */
export function withThirdLevel(
  excesses: Excesses,
  rows: readonly PopulationRow[],
  equilibrium: Equilibrium,
  readout: AssignmentErrors,
  { datasets, labels }: Pick<PowerInput, "datasets" | "labels">,
): Excesses {
  if (!hasThirdLevel(rows)) return excesses;
  const n = equilibrium.value;
  const rest = restRatio(datasets, readout, labels);
  const r = rest?.value ?? n / (1 - n);
  const p1 = excesses.population;
  const excess = excesses.excess.map((e, i) => e + n * rows[i]!.leakage + 2 * (1 - n) * (rows[i]!.leakage - r * p1[i]!));
  // Errors of the first level act through its part of the whole.
  const through = (w: readonly number[]) => w.map((v, i) => (v === 0 ? 0 : (v * (1 - 2 * (1 - n) * r) * excesses.excess[i]!) / excess[i]!));
  const common: CommonInput[] = excesses.common.map((c) => ({
    ...c,
    effect: (w) => c.effect(through(w)),
    ...(c.variance ? { variance: (w: readonly number[]) => c.variance!(through(w)) } : {}),
  }));
  if (rest) common.push(pointwiseInput("level 2 at rest", rest.shared, (i) => (2 * (1 - n) * p1[i]! * rest.sigma) / excess[i]!));
  else
    for (const l of equilibrium.budget)
      common.push(pointwiseInput(l.input, l.shared ?? l.input, (i) => ((2 * p1[i]! + rows[i]!.leakage) * l.contribution) / excess[i]!));
  return {
    ...excesses,
    excess,
    sigma: rows.map((row, i) => noise(row, excesses.sigma[i]! * (1 - 2 * (1 - n) * r), 2 - n)),
    common,
    remarks: [...excesses.remarks, thirdLevel(Math.max(...rows.map((row) => row.leakage)), rest !== undefined)],
  };
}

/** Counts of one trinomial: what level 2 has, level 1 has not. @param slope of the excess by level 2 */
function noise({ leakage: p2, read, shots }: PopulationRow, first: number, slope: number): number {
  if (!(shots > 0)) return first;
  return Math.sqrt(Math.max(first ** 2 + (slope ** 2 * p2 * (1 - p2) - 2 * slope * read * p2) / shots, 0));
}
