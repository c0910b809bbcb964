import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { unitConversion } from "../../core/units.ts";
import type { Body } from "./body.ts";
import type { FileColumn } from "./columns.ts";
import { phaseUnitOf } from "./phase-unit.ts";

/** Frequencies at which such devices are measured, in each unit that a file without header may be in: the ranges do not touch. */
const FREQUENCIES = [
  { unit: "Hz", from: 1e7, to: 1e12 },
  { unit: "MHz", from: 500, to: 1e5 },
  { unit: "GHz", from: 0.5, to: 100 },
] as const;

/**
 * Three columns without header that can only be a network analyser's trace: a frequency that runs one way, a magnitude in dB, a phase. Blocks are
 * looked at one by one.
 * @returns undefined when the numbers do not look like one
 * @throws ImportError when they do but the phase may be in degrees or radians
 */
export function analyserTrace(
  columns: readonly FileColumn[],
  body: Pick<Body, "columns" | "blocks" | "rows">,
  place: string,
): FileColumn[] | undefined {
  const [frequency, magnitude, phase] = body.columns as readonly [Float64Array, Float64Array, Float64Array];
  if (body.columns.length !== 3 || body.rows < 10) return undefined;
  const db = range(magnitude);
  const angle = range(phase);
  const unit = frequencyUnit(frequency, body);
  // A linear |S| is positive; anything below -1 can only be dB.
  if (unit === undefined || db.min > -1 || db.min < -200 || db.max > 60) return undefined;
  if (angle.min < -100_000 || angle.max > 100_000) return undefined;
  const turn = phaseUnitOf(phase);
  if (turn === undefined) throw new ImportError(say.phaseUnit(unit), place);
  const inferred = say.vnaInferred(unit, turn.unit, turn.why);
  const as = (index: number, name: string, meaning: FileColumn["meaning"], written: string): FileColumn => ({
    ...columns[index]!,
    name,
    meaning,
    conversion: unitConversion(written)!,
    unitless: false,
    inferred,
  });
  return [as(0, "frequency", "frequency", unit), as(1, "magnitude", "s_db", "dB"), as(2, "phase", "s_deg", turn.unit)];
}

/** The unit in which these are a sweep over microwave frequencies; undefined when they are none. Whole numbers below 100 only count rows. */
export function frequencyUnit(values: Float64Array, { blocks, rows }: Pick<Body, "blocks" | "rows">): string | undefined {
  const { min, max } = range(values);
  const ends = [...blocks.slice(1), rows];
  const oneWay = blocks.every((start, b) => {
    const block = values.subarray(start, ends[b]!);
    const sign = Math.sign(block.at(-1)! - block[0]!);
    return sign !== 0 && block.every((x, i) => i === 0 || sign * (x - block[i - 1]!) >= 0);
  });
  if (max <= 100 && values.every(Number.isInteger)) return undefined;
  return oneWay ? FREQUENCIES.find(({ from, to }) => min >= from && max <= to)?.unit : undefined;
}

function range(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const x of values) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { min, max };
}
