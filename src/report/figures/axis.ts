import type { Unit } from "../../core/units.ts";
import { plain, superscript, type Written, writtenFor } from "../number.ts";
import { flat } from "../prose.ts";
import { scaleLinear, scaleLog } from "./d3-scale.ts";

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** One axis of a figure: from SI numbers to places in the plot, with ticks written in engineering units. */
export interface Axis {
  readonly kind: "linear" | "log";
  /** Name and unit: `delay (µs)`. */
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Unlabelled ticks. */
  readonly minor: readonly number[];
  /** Place of an SI number; NaN where it has none (not finite, or not above zero on a log axis). */
  at(si: number): number;
  /** What the page's script needs to turn a place into a number: kind, first and last shown value, name, unit. */
  readonly readout: readonly [kind: string, first: number, last: number, name: string, unit: string];
}

export interface AxisInput {
  readonly name: string;
  readonly unit: Unit;
  /** SI; for a log axis both above zero. */
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly kind?: "linear" | "log";
  /** About how many labels. */
  readonly count?: number;
  /** Overrides the unit that is written, for counts and ratios in sigma. */
  readonly suffix?: string;
}

/** @throws RangeError for a log axis that does not lie above zero: the caller chooses the kind. */
export function makeAxis(input: AxisInput): Axis {
  const [low, high] = widened(input.domain, input.kind ?? "linear");
  return input.kind === "log" ? logAxis(input, low, high) : linearAxis(input, low, high);
}

/** A domain of no width would map everything to one place. */
function widened([low, high]: readonly [number, number], kind: "linear" | "log"): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return kind === "log" ? [0.1, 10] : [0, 1];
  if (low !== high) return [low, high];
  if (kind === "log") return [low / 2, high * 2];
  const half = low === 0 ? 1 : Math.abs(low) / 2;
  return [low - half, high + half];
}

function linearAxis(input: AxisInput, low: number, high: number): Axis {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const w = input.suffix === undefined ? linearUnit(largest, input.unit) : { factor: 1, unit: input.suffix };
  const scale = scaleLinear([low * w.factor, high * w.factor], [...input.range]);
  const values = scale.ticks(input.count ?? 5);
  const step = values.length > 1 ? Math.abs(values[1]! - values[0]!) : 1;
  const decimals = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  const write = (v: number) => v.toFixed(decimals).replace("-", "−");
  return {
    kind: "linear",
    label: labelled(input.name, w.unit),
    domain: [low, high],
    range: input.range,
    ticks: values.map((v) => ({ at: scale(v), text: write(v) })),
    minor: [],
    at: (si) => scale(si * w.factor),
    readout: ["linear", low * w.factor, high * w.factor, flat(input.name), w.unit],
  };
}

/** As elsewhere, but pure numbers below a hundredth are written with a power of ten: `0.0035` at every tick is long and hard to read. */
function linearUnit(largest: number, unit: Unit): Written {
  if (unit !== "1" || !(largest > 0 && largest < 0.05)) return writtenFor(largest, unit);
  const decade = Math.floor(Math.log10(largest));
  return { factor: 10 ** -decade, unit: `×10${superscript(decade)}` };
}

function logAxis(input: AxisInput, low: number, high: number): Axis {
  if (!(low > 0 && high > 0)) throw new RangeError(`a log axis from ${low} to ${high}`);
  const decades = Math.log10(high / low);
  const tall = decades > 2.5;
  // Many decades: the prefix stands at each tick; few: once, in the label.
  const w = tall ? { factor: 1, unit: "" } : input.suffix === undefined ? writtenFor(high, input.unit) : { factor: 1, unit: input.suffix };
  const scale = scaleLog([low * w.factor, high * w.factor], [...input.range]);
  const [a, b] = scale.domain() as [number, number];
  const stride = Math.max(1, Math.ceil(decades / (input.count ?? 5)));
  const all: { v: number; m: number; d: number }[] = [];
  for (let d = Math.floor(Math.log10(a)) - 1; d <= Math.ceil(Math.log10(b)); d++)
    for (let m = 1; m < 10; m++) {
      const v = Number(`${m}e${d}`);
      if (v >= a * (1 - 1e-9) && v <= b * (1 + 1e-9)) all.push({ v, m, d });
    }
  // The densest of these that still reads; within a factor of about two, round decimal steps serve better.
  const choices = tall
    ? [all.filter(({ m, d }) => m === 1 && d % stride === 0)]
    : ["123456789", "1235", "125", "13", "1"].map((set) => all.filter(({ m }) => set.includes(String(m))));
  const chosen = choices.find((c) => c.length <= (tall ? Number.POSITIVE_INFINITY : 7)) ?? [];
  const values = chosen.length >= 2 ? chosen.map(({ v }) => v) : scaleLinear([a, b], [0, 1]).ticks(4);
  const minor = all.map(({ v }) => v).filter((v) => !values.includes(v));
  const write = (v: number) => (tall ? decadeText(v, input.unit) : plain(v, 6));
  return {
    kind: "log",
    label: labelled(input.name, tall ? (input.suffix ?? "") : w.unit),
    domain: [low, high],
    range: input.range,
    ticks: thinned(
      values.map((v) => ({ at: scale(v), text: write(v) })),
      input.range,
    ),
    minor: minor.map((v) => scale(v)),
    at: (si) => (si > 0 ? scale(si * w.factor) : Number.NaN),
    readout: ["log", low * w.factor, high * w.factor, flat(input.name), tall ? (input.unit === "1" ? "" : input.unit) : w.unit],
  };
}

/** Drops labels that would touch: wide ones on a horizontal axis, tall ones on a vertical one. */
function thinned(ticks: readonly Tick[], range: readonly [number, number]): Tick[] {
  const horizontal = range[1] > range[0];
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const previous = kept.at(-1);
    const room = horizontal ? 4 * (tick.text.length + (previous?.text.length ?? 0)) + 4 : 14;
    if (previous === undefined || Math.abs(tick.at - previous.at) >= room) kept.push(tick);
  }
  return kept;
}

function decadeText(v: number, unit: Unit): string {
  if (unit === "1") return v >= 1e-3 && v < 1e5 ? plain(v) : `10${superscript(Math.round(Math.log10(v)))}`;
  const w = writtenFor(v, unit);
  return `${plain(v * w.factor, 3)} ${w.unit}`;
}

function labelled(name: string, unit: string): string {
  return unit === "" ? name : `${name} (${unit})`;
}
