import { columnOf, type Dataset } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";
import { powersOf, samePower } from "./source-power.ts";

/** One read value of the population. */
export interface PopulationRow {
  readonly datasets: readonly string[];
  /** Row of the table. */
  readonly index: number;
  /** W as stated; NaN = not known. 0 = undriven. */
  readonly pSource: number;
  readonly powerAt: "source" | "device" | undefined;
  /** Drive frequency, Hz; NaN = not stated. */
  readonly frequency: number;
  /** Read value p1, before the readout model. */
  readonly read: number;
  /** Population of level 2, as measured; NaN where it was not. */
  readonly leakage: number;
  /** NaN = noise not known. */
  readonly sigma: number;
  /** Counts behind the value; NaN where its noise is stated otherwise, or it is no share of counts. */
  readonly shots: number;
}

/** Rows of a population, equilibrium or power dataset that hold a population; undriven rows have power 0. */
export function populationRows(item: PowerDataset): readonly PopulationRow[] {
  return tableRows(item).filter((r) => Number.isFinite(r.read));
}

/** Every row, with or without a population (NaN). */
export function tableRows(item: PowerDataset): readonly PopulationRow[] {
  const { dataset, entry } = item;
  const read = columnOf(dataset, "population")?.values ?? new Float64Array(dataset.table.numRows).fill(Number.NaN);
  const powers = powersOf(item, read.length);
  const frequency = columnOf(dataset, "frequency")?.values;
  const constant = dataset.conditions.find((c) => c.name === "frequency" && c.unit === "Hz")?.value ?? Number.NaN;
  const leakage = columnOf(dataset, "leakage")?.values;
  const noise = readNoise(dataset, read, entry?.shots);
  return Array.from(read, (value, i) => ({
    datasets: [dataset.id],
    index: i,
    pSource: powers[i]!,
    powerAt: entry?.power_at,
    frequency: frequency?.[i] ?? constant,
    read: value,
    leakage: leakage?.[i] ?? Number.NaN,
    ...noise(i),
  }));
}

/** Rows of one power and frequency as their mean, weighted where their noise is known: repeats are one operating point. */
export function mergeRepeats(rows: readonly PopulationRow[]): readonly PopulationRow[] {
  const groups: PopulationRow[][] = [];
  for (const row of rows) {
    const same = groups.find(
      ([r]) => r && samePower(r.pSource, row.pSource) && r.powerAt === row.powerAt && Object.is(r.frequency, row.frequency),
    );
    if (same) same.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => {
    const [first] = group;
    if (group.length === 1 || !first) return group[0]!;
    const known = group.every((r) => r.sigma > 0);
    const weights = group.map((r) => (known ? r.sigma ** -2 : 1));
    const total = weights.reduce((a, b) => a + b, 0);
    return {
      ...first,
      datasets: [...new Set(group.flatMap((r) => r.datasets))],
      read: group.reduce((a, r, i) => a + (weights[i]! * r.read) / total, 0),
      leakage: group.reduce((a, r, i) => a + (weights[i]! * r.leakage) / total, 0),
      sigma: known ? Math.sqrt(1 / total) : Number.NaN,
      shots: group.reduce((a, r) => a + r.shots, 0),
    };
  });
}

/** Standard deviation of row i: stated, or binomial from the shots. */
function readNoise(
  dataset: Dataset,
  read: Float64Array,
  entryShots: number | string | undefined,
): (i: number) => Pick<PopulationRow, "sigma" | "shots"> {
  const own = columnOf(dataset, "sigma");
  // Beside powers it may be theirs.
  if (own?.unit === "1") return (i) => ({ sigma: own.values[i]!, shots: Number.NaN });
  const shots = columnOf(dataset, "shots")?.values;
  const { noise } = dataset;
  // In a table of powers a relative noise is that of the powers.
  const ofPowers = dataset.kind === "power" || dataset.kind === "total-power" || dataset.kind === "emission";
  if (noise.type === "relative" && !shots && !ofPowers) return (i) => ({ sigma: noise.relative * Math.abs(read[i]!), shots: Number.NaN });
  const stated =
    noise.type === "binomial" && typeof noise.shots === "number" ? noise.shots : typeof entryShots === "number" ? entryShots : Number.NaN;
  return (i) => {
    const n = shots?.[i] ?? stated;
    return { sigma: binomialSigma(read[i]!, n), shots: n };
  };
}

/** sqrt(p(1-p)/N); where no or all shots counted, with one count added to each side, because zero counts are not certainty. */
function binomialSigma(p: number, shots: number): number {
  if (!(shots > 0)) return Number.NaN;
  const inside = p * shots >= 0.5 && (1 - p) * shots >= 0.5;
  const q = inside ? p : (Math.min(Math.max(p, 0), 1) * shots + 1) / (shots + 2);
  return Math.sqrt((q * (1 - q)) / shots);
}
