import type { Role } from "../../src/core/dataset.ts";
import type { Unit } from "../../src/core/units.ts";
import type { FieldDataset, FieldInput } from "../../src/routes/field/input.ts";
import { makeDataset } from "../../src/tables/dataset.ts";

const UNITS: Partial<Record<Role, Unit>> = {
  ...{ time: "s", x: "m", y: "m", z: "m", u: "J/m^2", r_total: "W/m^2", sigma: "J/m^2", spread: "m", population: "1", shots: "1" },
};

/** A dataset of a map with the given columns, as an importer makes it. */
export function mapDataset(
  columns: Partial<Record<Role, readonly number[]>>,
  more: Partial<Pick<FieldDataset, "path" | "cut">> & {
    readonly entry?: Partial<NonNullable<FieldDataset["entry"]>>;
    readonly unit?: Unit;
  } = {},
): FieldDataset {
  const kind = columns.r_total ? "field-source" : "field";
  const path = more.path ?? (columns.r_total ? "r.csv" : "u.csv");
  const dataset = makeDataset({
    ...{ kind, kindInferred: false, labels: { cooldown: "cd1", device: "chipA", qubit: "q1", trace: "" }, started: "", conditions: [] },
    ...{ axis: "single", noise: columns.sigma ? { type: "sigma" } : { type: "unknown" }, notes: [] },
    columns: Object.entries(columns).map(([role, values]) => ({
      ...{ name: role, role: role as Role, unit: role === "r_total" ? (more.unit ?? "W/m^2") : UNITS[role as Role]! },
      values: Float64Array.from(values),
    })),
  });
  return {
    dataset,
    path,
    cut: more.cut ?? {},
    checks: [],
    ...(more.entry ? { entry: { match: path, place: "gammawatt.yaml:1:1", ...more.entry } } : {}),
  };
}

export const PLAIN_FACTS: FieldInput["facts"] = { regions: [], spots: [], background: false };

export function fieldInput(
  maps: readonly FieldDataset[],
  sources: readonly FieldDataset[] = [],
  facts: Partial<FieldInput["facts"]> = {},
): FieldInput {
  return { labels: { cooldown: "cd1", device: "chipA", qubit: "" }, facts: { ...PLAIN_FACTS, ...facts }, maps, sources };
}

/** Rows of a film on `nx x ny` cells of 1 mm at the given times; without times one steady map. */
export function film(
  [nx, ny]: readonly [number, number],
  times: readonly number[] | undefined,
  u: (x: number, y: number, t: number) => number,
): { x: number[]; y: number[]; u: number[]; time?: number[] } {
  const rows = (times ?? [0]).flatMap((t) =>
    Array.from({ length: nx * ny }, (_, k) => ({ t, x: ((k % nx) + 0.5) * 1e-3, y: (Math.floor(k / nx) + 0.5) * 1e-3 })),
  );
  return {
    ...{ x: rows.map((r) => r.x), y: rows.map((r) => r.y), u: rows.map((r) => u(r.x, r.y, r.t)) },
    ...(times ? { time: rows.map((r) => r.t) } : {}),
  };
}
