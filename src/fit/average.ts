import type { Noise, Note, Role } from "../core/dataset.ts";
import { averageDropped, averagedNote } from "../core/messages/fit.ts";
import { type ColumnData, columnsOf, type Dataset, makeDataset } from "../tables/dataset.ts";

/** Columns whose mean is the mean of what was measured. */
const AVERAGED: readonly Role[] = ["population", "voltage", "i", "q"];

/**
 * The point-by-point average of equal repeats: complex signals before any rotation, counts summed, stated sigmas combined; unknown noise stays unknown.
 * A row without a number in one of the repeats has none in the average, so that all its rows carry equal noise; repeats with fewer than half of
 * their rows are left out and noted. A swept axis is never averaged over.
 * @returns undefined for fewer than two repeats, unequal delays, calibration rows or columns, or a swept axis.
 */
export function averageTraces(datasets: readonly Dataset[]): Dataset | undefined {
  const complete = datasets.filter((d) => rowsWithNumbers(d) * 2 >= d.table.numRows).map(inOrderOfDelay);
  const first = complete[0];
  if (!first || complete.length < 2 || complete.some((d) => d.axis === "swept" || !alike(first, d))) return undefined;
  const columns = complete.map(columnsOf);
  const averaged = columns[0]!.flatMap((column, k) =>
    averageColumn(
      column,
      columns.map((c) => c[k]!),
      first.noise,
      columns,
      complete,
    ),
  );
  const notes: Note[] = [{ code: "averaged", text: averagedNote(complete.length) }];
  if (complete.length < datasets.length) notes.push({ code: "average_dropped", text: averageDropped(datasets.length - complete.length) });
  const { id: _id, table: _table, ...rest } = first;
  return makeDataset({
    ...rest,
    columns: averaged,
    labels: { ...first.labels, trace: `${signalName(first.labels.trace)}[mean]` },
    kindInferred: complete.some((d) => d.kindInferred),
    noise: averagedNoise(first.noise, complete),
    axis: "single",
    sources: [...new Map(complete.flatMap((d) => d.sources).map((s) => [s.path, s])).values()],
    notes,
  });
}

/** `MQ PulseGen - Voltage, QB5[7]` -> `MQ PulseGen - Voltage, QB5`. */
export const signalName = (trace: string): string => trace.replace(/\[(\d+|mean)\]$/, "");

/** Rows in the order of their delays, so that repeats measured in shuffled orders can be averaged; rows that calibration counts stay where they are. */
function inOrderOfDelay(d: Dataset): Dataset {
  const columns = columnsOf(d);
  const delay = columns.find((c) => c.role === "delay")?.values;
  const rising = delay?.every((v, i) => i === 0 || !(v < delay[i - 1]!)) ?? true;
  if (!delay || rising || (d.calibration?.zero.length ?? 0) + (d.calibration?.one.length ?? 0) > 0) return d;
  // Numbers first; equal delays keep their order.
  const order = [...delay.keys()].sort(
    (i, j) => (Number.isNaN(delay[i]!) ? 1 : 0) - (Number.isNaN(delay[j]!) ? 1 : 0) || delay[i]! - delay[j]! || i - j,
  );
  const { id: _id, table: _table, ...rest } = d;
  return makeDataset({ ...rest, columns: columns.map((c) => ({ ...c, values: Float64Array.from(order, (i) => c.values[i]!) })) });
}

function rowsWithNumbers(d: Dataset): number {
  const columns = columnsOf(d).filter((c) => c.role === "delay" || AVERAGED.includes(c.role));
  let count = 0;
  for (let i = 0; i < d.table.numRows; i++) if (columns.every((c) => !Number.isNaN(c.values[i]!))) count++;
  return count;
}

function alike(a: Dataset, b: Dataset): boolean {
  if (a.table.numRows !== b.table.numRows || a.noise.type !== b.noise.type || a.kind !== b.kind) return false;
  if (a.noise.type === "binomial" && b.noise.type === "binomial" && (a.noise.shots === "column") !== (b.noise.shots === "column"))
    return false;
  const [ca, cb] = [columnsOf(a), columnsOf(b)];
  if (ca.length !== cb.length || ca.some((c, k) => c.role !== cb[k]!.role || c.unit !== cb[k]!.unit)) return false;
  const same = (x: readonly number[] | undefined, y: readonly number[] | undefined) => (x ?? []).join() === (y ?? []).join();
  if (!same(a.calibration?.zero, b.calibration?.zero) || !same(a.calibration?.one, b.calibration?.one)) return false;
  const [ta, tb] = [ca, cb].map((c) => c.find((x) => x.role === "delay")?.values);
  if (!ta || !tb) return false;
  // Delays are written with rounding: equal means equal to a millionth of the window.
  const span = Math.max(...ta.map((v) => (Number.isNaN(v) ? 0 : Math.abs(v))));
  return ta.every((v, i) => Math.abs(v - tb[i]!) <= 1e-6 * span || (Number.isNaN(v) && Number.isNaN(tb[i]!)));
}

function averageColumn(
  column: ColumnData,
  repeats: readonly ColumnData[],
  noise: Noise,
  all: readonly (readonly ColumnData[])[],
  datasets: readonly Dataset[],
): ColumnData[] {
  const values = (f: (i: number) => number): ColumnData[] => [{ ...column, values: Float64Array.from(column.values, (_, i) => f(i)) }];
  const n = repeats.length;
  const sum = (f: (c: ColumnData) => number) => repeats.reduce((s, c) => s + f(c), 0);
  const shots = datasets.map((d, k) => {
    if (d.noise.type !== "binomial") return () => 1;
    if (d.noise.shots !== "column") return () => (d.noise as { shots: number }).shots;
    const found = all[k]!.find((c) => c.role === "shots");
    return (i: number) => found?.values[i] ?? Number.NaN;
  });
  const counted = noise.type === "binomial";
  switch (column.role) {
    case "delay":
      return [column];
    case "shots":
      return values((i) => sum((c) => c.values[i]!));
    case "sigma":
      return values((i) => Math.sqrt(sum((c) => c.values[i]! ** 2)) / n);
    case "population":
      if (!counted) return values((i) => sum((c) => c.values[i]!) / n);
      return values((i) => {
        const total = shots.reduce((s, f) => s + f(i), 0);
        return repeats.reduce((s, c, k) => s + c.values[i]! * shots[k]!(i), 0) / total;
      });
    default:
      return AVERAGED.includes(column.role) ? values((i) => sum((c) => c.values[i]!) / n) : [];
  }
}

function averagedNoise(noise: Noise, datasets: readonly Dataset[]): Noise {
  if (noise.type === "binomial" && noise.shots !== "column") {
    return { type: "binomial", shots: datasets.reduce((s, d) => s + (d.noise as { readonly shots: number }).shots, 0) };
  }
  if (noise.type === "relative") return { type: "relative", relative: noise.relative / Math.sqrt(datasets.length) };
  return noise;
}
