/** One element of the matrix of network parameters; everything counts from 0. */
export interface MatrixElement {
  /** Receiving port. */
  readonly row: number;
  /** Driven port. */
  readonly column: number;
  /** Which pair of a record it is. */
  readonly pair: number;
}

/** A full matrix in the order of its records: row by row, or for two ports also N11 N21 N12 N22. */
export function fullMatrix(ports: number, columnsFirst: boolean): readonly MatrixElement[] {
  return Array.from({ length: ports * ports }, (_, pair) => {
    const [slow, fast] = [Math.floor(pair / ports), pair % ports];
    return columnsFirst ? { row: fast, column: slow, pair } : { row: slow, column: fast, pair };
  });
}

/** A symmetric matrix of which the records hold one triangle, row by row. */
export function triangle(ports: number, half: "Lower" | "Upper"): readonly MatrixElement[] {
  return fullMatrix(ports, false).map(({ row, column }) => {
    const [low, high] = [Math.min(row, column), Math.max(row, column)];
    return { row, column, pair: half === "Lower" ? (high * (high + 1)) / 2 + low : low * ports - (low * (low - 1)) / 2 + (high - low) };
  });
}
