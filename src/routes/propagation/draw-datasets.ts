import type { Random } from "../../core/random.ts";
import { columnsToTable } from "../../tables/arrow.ts";
import { type ColumnData, columnsOf, type Dataset } from "../../tables/dataset.ts";
import type { PowerDataset } from "../power/input.ts";
import { noiseFromScatter } from "../power/noise-from-scatter.ts";
import { populationRows } from "../power/population-rows.ts";
import type { Part } from "./measured-again.ts";

/** A measurement that can be had again. */
export interface Repeatable {
  /** Parts that it has, with a noise that is not known. */
  readonly unknown: readonly Part[];
  /** One more measurement of these parts with the same noise about the numbers that were found. */
  again(parts: ReadonlySet<Part>, random: Random): PowerDataset;
}

export function repeatable(item: PowerDataset): Repeatable {
  const { dataset } = item;
  const columns = columnsOf(dataset);
  const moves = columns.map((c) => movesOf(item, c, columns));
  return {
    unknown: columns.flatMap((c, k) => (moves[k] === "unknown" ? (partOfRole(c.role) ?? []) : [])),
    again: (parts, random) => {
      const drawn = columns.map((c, k) => {
        const [part, move] = [partOfRole(c.role), moves[k]];
        return part && parts.has(part) && typeof move === "function" ? { ...c, values: c.values.map((v, i) => move(v, i, random)) } : c;
      });
      return drawn.some((c, k) => c !== columns[k]) ? { ...item, dataset: withColumns(dataset, drawn) } : item;
    },
  };
}

/** The same identity: the id names the measurement, of which this is another outcome, and hashing it again would cost more than the draw. */
function withColumns(dataset: Dataset, columns: readonly ColumnData[]): Dataset {
  return { ...dataset, table: columnsToTable(columns) };
}

function partOfRole(role: ColumnData["role"]): Part | undefined {
  switch (role) {
    case "s_re":
    case "s_im":
    case "s_mag":
      return "scattering";
    case "population":
      return "populations";
    case "reflected":
    case "reflected_off":
    case "transmitted":
    case "transmitted_off":
      return "powers";
    default:
      return undefined;
  }
}

type Move = ((value: number, i: number, random: Random) => number) | "unknown" | undefined;

function movesOf(item: PowerDataset, column: ColumnData, all: readonly ColumnData[]): Move {
  const { noise } = item.dataset;
  const sigmas = all.find((c) => c.role === "sigma")?.values;
  switch (column.role) {
    case "s_re":
    case "s_im":
    case "s_mag": {
      const partner = all.find((c) => c.port === column.port && c.role === (column.role === "s_re" ? "s_im" : "s_re"));
      const size = (i: number, v: number) => (column.role === "s_mag" ? v : Math.hypot(v, partner?.values[i] ?? 0));
      if (sigmas) return (v, i, r) => v + sigmas[i]! * r.normal();
      if (noise.type === "relative") return (v, i, r) => v + noise.relative * size(i, v) * r.normal();
      const sigma = scatterOf(column, all);
      return Number.isFinite(sigma) ? (v, _, r) => v + sigma * r.normal() : "unknown";
    }
    case "population": {
      const rows = new Map(populationRows(item).map((row) => [row.index, row]));
      if (![...rows.values()].every((row) => row.sigma > 0)) return "unknown";
      return (v, i, r) => {
        const row = rows.get(i);
        if (!row) return v;
        // Counts that were all alike still leave room for another outcome: the same rule as for their error.
        const p = Math.min(1, Math.max(0, v));
        const inside = p * row.shots >= 0.5 && (1 - p) * row.shots >= 0.5;
        return Number.isFinite(row.shots)
          ? r.binomial(row.shots, inside ? p : (p * row.shots + 1) / (row.shots + 2)) / row.shots
          : v + row.sigma * r.normal();
      };
    }
    case "reflected":
    case "reflected_off":
    case "transmitted":
    case "transmitted_off":
      return noise.type === "relative" ? (v, _, r) => v * (1 + noise.relative * r.normal()) : "unknown";
    default:
      return undefined;
  }
}

/** Noise per quadrature of a trace, as the route estimates it where no file states it. */
function scatterOf(column: ColumnData, all: readonly ColumnData[]): number {
  const part = (role: string) => all.find((c) => c.role === role && c.port === column.port)?.values;
  const frequency = part("frequency") ?? all.find((c) => c.role === "frequency")?.values;
  const re = part("s_re") ?? part("s_mag");
  const im = part("s_im");
  if (!frequency || !re) return Number.NaN;
  const points = [...frequency].map((f, i) => ({ frequency: f, re: re[i]!, im: im?.[i] ?? 0 })).sort((a, b) => a.frequency - b.frequency);
  return noiseFromScatter(points, im !== undefined);
}
