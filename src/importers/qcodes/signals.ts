import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { readNpy } from "../numpy/npy.ts";
import { type Cell, type OpenDatabase, quoted } from "../sqlite/database.ts";
import type { MeasuredParameter, Parameter, SweptSignal } from "../sweep/parameter.ts";
import type { Description } from "./description.ts";

/**
 * The numbers of one dependent parameter and its setpoints. QCoDeS writes a row per point and dependent, the others empty; arrays lie in the cells as
 * npy blobs, and a setpoint that is one number holds for the whole array beside it.
 * @param table name of the results table; @param place of the run; @param limit numbers that the file can hold at most
 * @throws ImportError naming table and row where a cell is no number or lengths differ
 */
export function readSignal(
  database: OpenDatabase,
  description: Description,
  dependent: string,
  { table, place, limit }: { readonly table: string; readonly place: string; readonly limit: number },
): SweptSignal {
  const names = [dependent, ...description.dependencies.get(dependent)!];
  const buffers = names.map(() => new Growing());
  const imaginary = new Growing();
  let complex = description.parameters.get(dependent)!.type === "complex";
  const columns = names.map((name, k) => `${quoted(name)} AS c${k}`).join(", ");
  const order = `SELECT rowid AS r, ${columns} FROM ${quoted(table)} WHERE ${quoted(dependent)} IS NOT NULL ORDER BY rowid`;
  database.each(order, (row) => {
    const at = `${place}:${table}:row ${row.r}`;
    const cells = names.map((name, k) => numbersOf(row[`c${k}`]!, name, at));
    const length = cells[0]!.re.length;
    if (imaginary.length + buffers[0]!.length + length > limit) throw new ImportError(qcodesMessages.tooManyNumbers(limit), at);
    cells.forEach((cell, k) => {
      if (cell.array && cell.re.length !== length)
        throw new ImportError(qcodesMessages.arrayLengths(names[k]!, cell.re.length, length), at);
      if (k > 0 && cell.im !== undefined) throw new ImportError(qcodesMessages.complexAxis(names[k]!), at);
      buffers[k]!.append(cell.re, length);
    });
    const im = cells[0]!.im;
    if (im !== undefined && !complex) {
      complex = true;
      imaginary.append(Float64Array.of(0), buffers[0]!.length - length);
    }
    if (complex) imaginary.append(im ?? Float64Array.of(0), length);
  });
  const measured = names.map((name, k): MeasuredParameter => ({ ...parameterOf(description, name), values: buffers[k]!.taken() }));
  const [signal, ...setpoints] = measured;
  return { ...signal!, setpoints, ...(complex ? { imaginary: imaginary.taken() } : {}) };
}

const parameterOf = (description: Description, name: string): Parameter => description.parameters.get(name)!;

interface CellNumbers {
  readonly re: Float64Array;
  readonly im?: Float64Array;
  /** False for a single number, which holds for all points of its row. */
  readonly array: boolean;
}

function numbersOf(cell: Cell, name: string, place: string): CellNumbers {
  if (typeof cell === "number" || typeof cell === "bigint") return single(Number(cell));
  // A setpoint that was not given.
  if (cell === null) return single(Number.NaN);
  if (typeof cell === "string") {
    const text = cell.trim().toLowerCase();
    if (text === "nan") return single(Number.NaN);
    if (/^[+-]?inf(inity)?$/.test(text)) return single(text.startsWith("-") ? -Infinity : Infinity);
    const value = text === "" ? Number.NaN : Number(text);
    if (Number.isNaN(value)) throw new ImportError(qcodesMessages.notNumeric(name, cell), place);
    return single(value);
  }
  const array = readNpy(cell, name, `${place}:${name}`)[0];
  if (array?.values === undefined) throw new ImportError(qcodesMessages.textArray(name), place);
  const { values: re, imaginary: im } = array;
  // A complex number is stored as an array of one.
  return { re, array: re.length !== 1, ...(im === undefined ? {} : { im }) };
}

const single = (value: number): CellNumbers => ({ re: Float64Array.of(value), array: false });

/** Numbers in a buffer that doubles when it is full. */
class Growing {
  #values = new Float64Array(64);
  length = 0;

  /** Appends an array, or one number `count` times. */
  append(values: Float64Array, count: number): void {
    const end = this.length + count;
    if (end > this.#values.length) {
      const larger = new Float64Array(Math.max(end, 2 * this.#values.length));
      larger.set(this.#values.subarray(0, this.length));
      this.#values = larger;
    }
    if (values.length === count) this.#values.set(values, this.length);
    else this.#values.fill(values[0]!, this.length, end);
    this.length = end;
  }

  taken(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}
