import type { GroupLabels } from "../../core/estimate.ts";
import type { PowerDataset } from "./input.ts";
import { mergeRepeats, type PopulationRow, populationRows } from "./population-rows.ts";

/** Undriven value read with the same readout as the driven ones. */
export interface UndrivenRead {
  readonly value: number;
  readonly sigma: number;
  /** Shared identity: the datasets that hold it, and whose they are. */
  readonly shared: string;
  readonly datasets: readonly string[];
  /** Where it rises with the power of a far-detuned drive; absent where it was not measured so, or does not. */
  readonly heating?: Heating;
  /** Size of that rise in its standard deviations, heated or not; absent where it was not measured. */
  readonly rise?: { readonly value: number; readonly sigma: number };
}

/** The equilibrium read against the power of a drive that is too far off to excite: what heats, heats the driven points too. */
export interface Heating {
  /** By rising source power, W. */
  readonly knots: readonly { readonly power: number; readonly value: number; readonly sigma: number; readonly shared: string }[];
}

const HEATED = 3;

/**
 * Name of an error of some datasets of counts: of one qubit in one cooldown, because a few counts of a few shots are equal by chance.
 * @param part of the datasets
 */
export function countsShared(ids: readonly string[], labels: GroupLabels, part = ""): string {
  return `dataset:${ids.join("+")}${part} @ ${labels.cooldown}/${labels.device}/${labels.qubit}`;
}

/** Rows of kind equilibrium, and of a saturation table those at zero power. */
export function undrivenIn(datasets: readonly PowerDataset[], labels: GroupLabels): UndrivenRead | undefined {
  const kinds = (kind: string) => datasets.filter((d) => d.dataset.kind === kind).flatMap(populationRows);
  const rows = [...kinds("equilibrium"), ...kinds("population").filter((r) => r.pSource === 0)];
  const mean = undrivenRead(rows, labels);
  if (!mean) return undefined;
  // Without a power it is undriven; how far the drive is off is not told apart.
  const powered = rows.map((r) => ({ ...r, frequency: Number.NaN, pSource: r.pSource > 0 ? r.pSource : 0 }));
  const knots = mergeRepeats(powered).toSorted((a, b) => a.pSource - b.pSource);
  const [first, last] = [knots[0], knots.at(-1)];
  if (!first || !last || first === last || knots.some((k) => !(k.sigma > 0))) return mean;
  const rise = { value: last.read - first.read, sigma: Math.hypot(first.sigma, last.sigma) };
  if (!(rise.value > HEATED * rise.sigma)) return { ...mean, rise };
  const named = knots.map((k, i) => ({
    power: k.pSource,
    value: k.read,
    sigma: k.sigma,
    shared: countsShared(mean.datasets, labels, `#${i}`),
  }));
  // What the qubit is without the drive: the weakest.
  return { ...mean, value: first.read, sigma: first.sigma, shared: named[0]!.shared, rise, heating: { knots: named } };
}

/** Weighted mean of the undriven reads, or undefined. Noise not stated: from their scatter. */
function undrivenRead(rows: readonly PopulationRow[], labels: GroupLabels): UndrivenRead | undefined {
  if (rows.length === 0) return undefined;
  const known = rows.every((r) => r.sigma > 0);
  const weights = rows.map((r) => (known ? 1 / (r.sigma * r.sigma) : 1));
  const total = weights.reduce((a, b) => a + b, 0);
  const value = rows.reduce((a, r, i) => a + (weights[i]! * r.read) / total, 0);
  const scatter = Math.sqrt(rows.reduce((a, r) => a + (r.read - value) ** 2, 0) / (rows.length - 1) / rows.length);
  const datasets = [...new Set(rows.flatMap((r) => r.datasets))];
  return {
    value,
    sigma: known ? Math.sqrt(1 / total) : rows.length > 2 ? scatter : Number.NaN,
    shared: countsShared(datasets, labels),
    datasets,
  };
}

/** Shares of the measured values in the one at a power: linear in power between them, the nearest beyond their ends. */
export function sharesAt({ knots }: Heating, power: number): number[] {
  const above = knots.findIndex((k) => k.power >= power);
  if (above <= 0) return knots.map((_, i) => (i === (above === 0 ? 0 : knots.length - 1) ? 1 : 0));
  const [low, high] = [knots[above - 1]!.power, knots[above]!.power];
  const share = (power - low) / (high - low);
  return knots.map((_, i) => (i === above ? share : i === above - 1 ? 1 - share : 0));
}
