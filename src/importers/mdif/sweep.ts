import type { Condition, Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-mdif.ts";
import { missing } from "../../core/messages/import-network.ts";
import { fromPairs } from "../network/pair-format.ts";
import { parameterNamed } from "../network/parameter-name.ts";
import { axisNamed, conditionNamed, type Sweep } from "../network/sweep-dataset.ts";
import type { Trace } from "../network/traces.ts";
import { parseNumber } from "../text/numbers.ts";
import { DEFAULTS, type Options } from "../touchstone/options.ts";
import type { Block } from "./blocks.ts";

/** `N21X`; from ten ports on `N2_11X`. */
const SHORTHAND = /^n\d+(?:_\d+)?[xy]$/i;
/** Noise blocks write the optimum reflection as N11. */
const NOISE_BLOCK = /^ndata\b/i;

/** A block as a sweep over its first column. @throws ImportError where N<i><j>X stands without Y */
export function sweepOf(block: Block, swept: boolean, place: string): Sweep {
  const { name, columns, numbers, width, options, gaps } = block;
  const notes: Note[] = [{ code: "block", text: say.blockName(name) }];
  const rows = numbers.length / width;
  const take = (offset: number) => Float64Array.from({ length: rows }, (_, row) => numbers[row * width + offset]!);
  const offsets = columns.map((_, c) => columns.slice(0, c).reduce((sum, { type }) => sum + (type === "complex" ? 2 : 1), 0));
  const shorthand = columns.some(({ name: column }) => SHORTHAND.test(column)) && !NOISE_BLOCK.test(name);
  if (shorthand && options === undefined) notes.push({ code: "option_line", text: say.noOptionLine(name) });
  for (const text of options?.notes ?? []) notes.push({ code: "option_line", text });
  const used = options ?? DEFAULTS;
  const traces: Trace[] = [];
  columns.forEach((column, c) => {
    if (c === 0) return;
    const offset = offsets[c]!;
    if (column.type === "text") notes.push({ code: "text_column", text: say.textColumn(column.name) });
    else if (column.type === "complex") traces.push({ name: column.name, re: take(offset), im: take(offset + 1) });
    else if (shorthand && SHORTHAND.test(column.name)) {
      const partner = columns[c + 1];
      if (/y$/i.test(column.name)) {
        if (columns[c - 1]?.name.toLowerCase() !== column.name.toLowerCase().replace(/y$/, "x"))
          throw new ImportError(say.halfPair(column.name), place);
        return;
      }
      if (partner?.name.toLowerCase() !== column.name.toLowerCase().replace(/x$/, "y"))
        throw new ImportError(say.halfPair(column.name), place);
      traces.push(complexTrace(column.name, take(offset), take(offsets[c + 1]!), used, place));
      // A real number is neither a complex S-parameter nor its modulus.
    } else traces.push({ name: parameterNamed(column.name) === undefined ? column.name : `${column.name} (number)`, re: take(offset) });
  });
  if (gaps.count > 0) notes.push({ code: "missing_values", text: missing(gaps.count, gaps.firstLine) });
  // Without an option line in front of N11X the defaults hold, and with them GHz.
  const first = take(0);
  const scaled = shorthand && options === undefined ? first.map((x) => x * 10 ** DEFAULTS.shift) : first;
  return {
    axis: axisNamed(columns[0]!.name, scaled, undefined, place),
    traces,
    conditions: settings(block.variables, notes, place),
    swept,
    started: "",
    notes,
    normalisation: shorthand ? { references: used.references, normalised: true } : { normalised: false },
  };
}

/** `N21X`, `N21Y` as the option line says: S[2,1] from dB and degrees, ... */
function complexTrace(column: string, x: Float64Array, y: Float64Array, { format, parameter }: Options, place: string): Trace {
  const [, i, j] = /^n(\d)(\d)x$/i.exec(column) ?? /^n(\d+)_(\d+)x$/i.exec(column) ?? [];
  if (i === undefined || j === undefined) throw new ImportError(say.portsOfColumn(column), place);
  return { name: `${parameter}[${i},${j}]`, ...fromPairs(format, x, y) };
}

function settings(variables: Block["variables"], notes: Note[], place: string): Condition[] {
  return [...variables].flatMap(([name, written]) => {
    const value = parseNumber(written);
    if (value !== undefined) return [conditionNamed(name, value, notes, place)];
    notes.push({ code: "text_variable", text: say.textVariable(name, written) });
    return [];
  });
}
