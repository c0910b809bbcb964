import type { PortGeometry } from "../../physics/ports.ts";
import { type ColumnData, columnOf, columnsOf, type Dataset } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";
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
}

/** Scattering at one source power. */
export interface ScatteringTrace {
  readonly dataset: string;
  /** W; NaN = not known. */
  readonly pSource: number;
  readonly powerAt: "source" | "device" | undefined;
  readonly complex: boolean;
  readonly points: readonly ScatteringPoint[];
}

/** Receiving and driven port that carries the qubit in this geometry, best first; "" = a file that names no port. */
const PORTS: Readonly<Record<PortGeometry, readonly string[]>> = {
  // A circulator turns a reflection into a transmission between the instrument's ports: 21 stands behind 11, not out of the question.
  "one-port": ["11", "", "22", "21", "12"],
  "two-sided": ["21", "", "12"],
};

/** The ports that the datasets hold. */
export function portsIn(datasets: readonly PowerDataset[]): ReadonlySet<string> {
  const ports = new Set<string>();
  for (const { dataset } of datasets)
    for (const c of columnsOf(dataset)) if (c.role === "s_re" || c.role === "s_mag") ports.add(c.port ?? "");
  return ports;
}

/** The first of the geometry's ports that the data hold; undefined where none is. */
export function portFor(geometry: PortGeometry, ports: ReadonlySet<string>): string | undefined {
  return PORTS[geometry].find((p) => ports.has(p));
}

/** The traces of a scattering or reference dataset: one per power (rows of one power belong together); rows without a number are left out. */
export function tracesOf(item: PowerDataset, port: string): readonly ScatteringTrace[] {
  const { dataset, entry } = item;
  const re = withPort(dataset, "s_re", port);
  const im = withPort(dataset, "s_im", port);
  const magnitude = withPort(dataset, "s_mag", port);
  const complex = re !== undefined && im !== undefined;
  const main = complex ? re.values : magnitude?.values;
  if (!main) return [];
  const frequency = columnOf(dataset, "frequency")?.values;
  const powers = powersOf(item, main.length);
  const sigma = sigmasOf(dataset, main, complex ? im.values : undefined);
  const groups = new Map<number, ScatteringPoint[]>();
  for (let i = 0; i < main.length; i++) {
    const point = { frequency: frequency?.[i] ?? Number.NaN, re: main[i]!, im: complex ? im.values[i]! : 0, sigma: sigma[i]!, eta: 0 };
    if (!Number.isFinite(point.re) || !Number.isFinite(point.im)) continue;
    const rows = groups.get(powers[i]!);
    if (rows) rows.push(point);
    else groups.set(powers[i]!, [point]);
  }
  return [...groups].map(([pSource, points]) => ({
    dataset: dataset.id,
    pSource,
    powerAt: entry?.power_at,
    complex,
    points: points.sort((a, b) => a.frequency - b.frequency),
  }));
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
