import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { unitConversion } from "../../core/units.ts";
import type { FileColumn } from "./columns.ts";

/**
 * Three columns without header that can only be a network analyser's trace: a frequency that rises through 1 MHz..1 THz, a magnitude in dB, a phase.
 * @returns undefined when the numbers do not look like one
 * @throws ImportError when they do but the phase may be in degrees or radians
 */
export function analyserTrace(columns: readonly FileColumn[], numbers: readonly Float64Array[], place: string): FileColumn[] | undefined {
  const [frequency, magnitude, phase] = numbers;
  if (numbers.length !== 3 || frequency!.length < 10) return undefined;
  const f = range(frequency!);
  const db = range(magnitude!);
  const angle = range(phase!);
  const rising = frequency!.every((x, i) => i === 0 || x >= frequency![i - 1]!);
  // A linear |S| is positive; anything below -1 can only be dB.
  if (!rising || f.min < 1e6 || f.max > 1e12 || db.min > -1 || db.min < -200 || db.max > 60) return undefined;
  if (angle.min < -100_000 || angle.max > 100_000) return undefined;
  if (Math.max(-angle.min, angle.max) <= Math.PI * 1.001) throw new ImportError(say.phaseUnit(), place);
  const inferred = say.vnaInferred("deg");
  const as = (index: number, name: string, meaning: FileColumn["meaning"], unit: string): FileColumn => ({
    ...columns[index]!,
    name,
    meaning,
    conversion: unitConversion(unit)!,
    unitless: false,
    inferred,
  });
  return [as(0, "frequency", "frequency", "Hz"), as(1, "magnitude", "s_db", "dB"), as(2, "phase", "s_deg", "deg")];
}

function range(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const x of values) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { min, max };
}
