import { type ColumnData, columnOf, columnsOf, type Dataset } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";
import type { Rest } from "./off-value.ts";
import { type PortLayout, referencePorts } from "./port-layout.ts";
import { powersOf } from "./source-power.ts";

/** One measured S. Magnitude-only data have im = 0 and `complex` false in their trace. */
export interface ScatteringPoint {
  /** Hz; NaN where the file does not say. */
  readonly frequency: number;
  readonly re: number;
  readonly im: number;
  /** Standard deviation per quadrature of this point alone; NaN = not known. */
  readonly sigma: number;
  /** Standard deviation per quadrature that the reference puts on it relative to |S|: common to all powers at this frequency. */
  readonly eta: number;
  /** The reference points that make it; absent: one of this frequency. */
  readonly rests?: readonly Rest[] | undefined;
}

/** Scattering at one source power. */
export interface ScatteringTrace {
  readonly dataset: string;
  /** W; NaN = not known. */
  readonly pSource: number;
  readonly powerAt: "source" | "device" | undefined;
  readonly complex: boolean;
  readonly points: readonly ScatteringPoint[];
  /** The other ports that the geometry needs, row by row beside `points`, in the order in which they were asked for. */
  readonly others: readonly (readonly ScatteringPoint[])[];
}

/**
 * The traces of a scattering or reference dataset: one per power (rows of one power belong together); rows without a number are left out. Empty where
 * the dataset lacks the port or, of `others`, one.
 */
export function tracesOf(item: PowerDataset, port: string, others: readonly string[] = []): readonly ScatteringTrace[] {
  const { dataset, entry } = item;
  const columns = [port, ...others].map((p) => partsOf(dataset, p));
  const [main] = columns;
  if (!main || columns.some((c) => c === undefined)) return [];
  const frequency = columnOf(dataset, "frequency")?.values;
  const powers = powersOf(item, main.re.length);
  const groups = new Map<number, ScatteringPoint[][]>();
  for (let i = 0; i < main.re.length; i++) {
    const points = columns.map((c) => ({
      frequency: frequency?.[i] ?? Number.NaN,
      re: c!.re[i]!,
      im: c!.im?.[i] ?? 0,
      sigma: c!.sigma[i]!,
      eta: 0,
    }));
    if (points.some((p) => !Number.isFinite(p.re) || !Number.isFinite(p.im))) continue;
    const rows = groups.get(powers[i]!);
    if (rows) rows.push(points);
    else groups.set(powers[i]!, [points]);
  }
  return [...groups].map(([pSource, rows]) => {
    rows.sort(([a], [b]) => a!.frequency - b!.frequency);
    const [points, ...rest] = columns.map((_, j) => rows.map((r) => r[j]!));
    return {
      dataset: dataset.id,
      pSource,
      powerAt: entry?.power_at,
      complex: columns.every((c) => c!.im !== undefined),
      points: points!,
      others: rest,
    };
  });
}

/** The traces of a reference under the first of the names that its file may have for the layout's port. */
export function referenceTraces(item: PowerDataset, layout: PortLayout): readonly ScatteringTrace[] {
  for (const port of referencePorts(layout)) {
    const traces = tracesOf(item, port, layout.others);
    if (traces.length > 0) return traces;
  }
  return [];
}

/** The same done to every port of a trace. */
export function everyPort(trace: ScatteringTrace, of: (points: readonly ScatteringPoint[]) => readonly ScatteringPoint[]): ScatteringTrace {
  return { ...trace, points: of(trace.points), others: trace.others.map(of) };
}

/** Complex S of a port, or its magnitude where that is all there is. */
function partsOf(dataset: Dataset, port: string) {
  const re = withPort(dataset, "s_re", port);
  const im = withPort(dataset, "s_im", port);
  const main = re && im ? re : withPort(dataset, "s_mag", port);
  if (!main) return undefined;
  const imaginary = re && im ? im.values : undefined;
  return { re: main.values, im: imaginary, sigma: sigmasOf(dataset, main.values, imaginary) };
}

function withPort(dataset: Dataset, role: "s_re" | "s_im" | "s_mag", port: string): ColumnData | undefined {
  return columnsOf(dataset).find((c) => c.role === role && (c.port ?? "") === port);
}

function sigmasOf(dataset: Dataset, re: Float64Array, im: Float64Array | undefined): Float64Array {
  const column = columnOf(dataset, "sigma")?.values;
  if (column) return column;
  const { noise } = dataset;
  return re.map((x, i) => (noise.type === "relative" ? noise.relative * Math.hypot(x, im?.[i] ?? 0) : Number.NaN));
}
