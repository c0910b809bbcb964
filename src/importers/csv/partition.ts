import type { Condition } from "../../core/dataset.ts";
import * as say from "../../core/messages/csv.ts";
import type { Body } from "./body.ts";
import { isClock } from "./clock.ts";
import { isoOf } from "./date.ts";
import { outerColumns } from "./outer-columns.ts";
import type { Quantity } from "./quantities.ts";
import { settingsIn } from "./setting.ts";

/** Rows that belong together: one trace, or one setting of a swept axis. */
export interface Part {
  /** Row numbers in file order; undefined for all rows. */
  readonly rows: readonly number[] | undefined;
  readonly conditions: readonly Condition[];
  /** The qubit that these rows name; empty when they name none. */
  readonly qubit: string;
  /** One of equal repeats. */
  readonly repeated: boolean;
  /** ISO time that these rows name; empty when they name none. */
  readonly started?: string;
}

export interface Partition {
  readonly parts: readonly Part[];
  /** Quantities that became conditions or counted the repeats. */
  readonly consumed: ReadonlySet<Quantity>;
  /** Quantities that were read out while a trace was measured: they vary, and tell no traces apart. */
  readonly monitors: readonly Quantity[];
  readonly blocks: "none" | "repeats" | "passes" | "sweep";
  /** Name of what differs between blocks. */
  readonly blockName: string;
}

type Split = Omit<Partition, "monitors">;

/** Which outer columns split the rows. */
export interface SplitRule {
  readonly axis: Quantity | undefined;
  /** Columns that an outer axis may be. */
  readonly outer: (quantity: Quantity) => boolean;
  /** Whether blocks between blank lines are traces of their own. */
  readonly blocks: boolean;
  /** Whether an axis that runs through the same values again and again means repeats. */
  readonly passes: boolean;
}

/**
 * Splits a long table into traces. A counter (repeat, index, trace) or a clock makes repeats; any other outer column that tells traces apart is a
 * swept setting and becomes a condition, never averaged over; what varies within a trace was only logged; blank-line blocks in which the axis starts again are repeats unless comments tell them apart, and so are passes
 * through one and the same axis.
 */
export function partition(quantities: readonly Quantity[], body: Body, rule: SplitRule): Partition {
  const consumed = new Set<Quantity>();
  const fixed: Condition[] = [];
  const varying: Quantity[] = [];
  const clocks: Quantity[] = [];
  for (const quantity of quantities) {
    if (quantity === rule.axis) continue;
    if (quantity.role !== "repeat" && !rule.outer(quantity)) continue;
    const constant = quantity.values.every((value) => Object.is(value, quantity.values[0]));
    const tellsDate = isClock(quantity) && isoOf(quantity.values[0]!, quantity.stamp) !== "";
    if (tellsDate) clocks.push(quantity);
    if (!constant) varying.push(quantity);
    else if (tellsDate) consumed.add(quantity);
    else if (quantity.role !== "repeat" && !quantity.unitless && body.rows > 1 && !Number.isNaN(quantity.values[0]!)) {
      fixed.push({ name: quantity.name, value: quantity.values[0]!, unit: quantity.unit });
      consumed.add(quantity);
    }
  }
  const { keys, sweeps } = outerColumns(varying, rule.axis?.values);
  for (const quantity of varying) if (keys.some((key) => key.name === quantity.name)) consumed.add(quantity);
  const monitors = varying.filter((quantity) => !consumed.has(quantity) && quantity.role !== "repeat" && !isClock(quantity));
  // Of a day and a time, the time says more.
  const startedAt = (row: number) =>
    clocks.map((clock) => isoOf(clock.values[row]!, clock.stamp)).reduce((most, text) => (text.length > most.length ? text : most), "");
  const { qubits } = body;
  if (keys.length === 0 && qubits === undefined && sweeps === undefined)
    return { ...dated(byBlocks(body, rule, fixed, consumed), startedAt), monitors };
  const groups = new Map<string, number[]>();
  for (let row = 0, sweep = 0; row < body.rows; row++) {
    if (row === sweeps?.[sweep + 1]) sweep++;
    const key = [qubits?.[row] ?? "", sweep, ...keys.map((quantity) => quantity.values[row])].join("\n");
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  }
  const repeated = sweeps !== undefined || keys.some((quantity) => quantity.role === "repeat" || isClock(quantity));
  const swept = keys.filter((quantity) => quantity.role !== "repeat" && !isClock(quantity));
  const parts = [...groups.values()].map((rows): Part => {
    const settings = swept.map(({ name, values, unit, inferred }): Condition => {
      const mean = inferred === say.meanOfReadings(name) ? { inferred } : {};
      return { name, value: values[rows[0]!]!, unit, ...mean };
    });
    return { rows, repeated, qubit: qubits?.[rows[0]!] ?? "", conditions: [...fixed, ...settings], started: startedAt(rows[0]!) };
  });
  return { parts, consumed, monitors, blocks: sweeps === undefined ? "none" : "passes", blockName: "" };
}

/** Every part with the time of its first row. */
function dated(split: Split, startedAt: (row: number) => string): Split {
  return { ...split, parts: split.parts.map((part) => ({ ...part, started: startedAt(part.rows?.[0] ?? 0) })) };
}

/** Points after which a rising or falling axis starts again, with the same values to the end; 0 where it does not. */
function passLength(axis: Float64Array): number {
  const direction = Math.sign(axis[1]! - axis[0]!);
  let length = 1;
  while (length < axis.length && Math.sign(axis[length]! - axis[length - 1]!) === direction) length++;
  if (direction === 0 || length < 3 || length === axis.length || axis.length % length !== 0) return 0;
  for (let i = length; i < axis.length; i++) if (axis[i] !== axis[i - length]) return 0;
  return length;
}

function byBlocks(body: Body, rule: SplitRule, fixed: readonly Condition[], consumed: ReadonlySet<Quantity>): Split {
  const whole: Split = {
    parts: [{ rows: undefined, conditions: fixed, qubit: "", repeated: false }],
    consumed,
    blocks: "none",
    blockName: "",
  };
  const ends = [...body.blocks.slice(1), body.rows];
  const axis = rule.axis?.values;
  const restarts =
    axis !== undefined &&
    body.blocks.every((start, b) => b === 0 || axis[start]! <= axis[body.blocks[b - 1]!]! || axis[start]! < axis[start - 1]!);
  const length = rule.passes && body.blocks.length < 2 && axis !== undefined ? passLength(axis) : 0;
  if (length > 0) {
    const count = body.rows / length;
    const parts = Array.from({ length: count }, (_, k): Part => {
      return { rows: Array.from({ length }, (_, i) => k * length + i), repeated: true, qubit: "", conditions: fixed };
    });
    return { parts, consumed, blocks: "passes", blockName: "" };
  }
  if (!rule.blocks || body.blocks.length < 2 || !restarts || body.blocks.some((start, b) => ends[b]! - start < 3)) return whole;
  const settings = differing(body.blockComments.map((comments) => comments.flatMap(settingsIn)));
  const told = settings[0]!.length > 0;
  const parts = body.blocks.map((start, b): Part => {
    const rows = Array.from({ length: ends[b]! - start }, (_, i) => start + i);
    return { rows, repeated: !told, qubit: "", conditions: told ? [...fixed, ...settings[b]!] : fixed };
  });
  return { parts, consumed, blocks: told ? "sweep" : "repeats", blockName: settings[0]?.map((c) => c.name).join(", ") ?? "" };
}

/** Of the settings stated in front of each block, those that all blocks state and that are not the same everywhere. */
function differing(settings: readonly (readonly Condition[])[]): Condition[][] {
  const values = (name: string) => settings.map((list) => list.findLast((c) => c.name === name)?.value);
  const names = [...new Set(settings[0]!.map((c) => c.name))].filter(
    (name) => !values(name).includes(undefined) && new Set(values(name)).size > 1,
  );
  return settings.map((list) => names.map((name) => list.findLast((c) => c.name === name)!));
}
