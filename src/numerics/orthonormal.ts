/**
 * Orthonormal basis of the span of k columns (column-major, m each), by Gram-Schmidt done twice; dependent columns are left out.
 * @returns the basis vectors.
 */
export function orthonormalBasis(columns: Float64Array, m: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let j = 0; j * m < columns.length; j++) {
    const v = columns.slice(j * m, (j + 1) * m);
    const before = length(v);
    removeSpan(v, basis);
    removeSpan(v, basis);
    const after = length(v);
    if (!(after > 1e-12 * before)) continue;
    for (let i = 0; i < m; i++) v[i]! /= after;
    basis.push(v);
  }
  return basis;
}

/** Subtracts from v its projection on each vector of an orthonormal basis. */
export function removeSpan(v: Float64Array, basis: readonly Float64Array[]): void {
  for (const q of basis) {
    let s = 0;
    for (let i = 0; i < v.length; i++) s += v[i]! * q[i]!;
    for (let i = 0; i < v.length; i++) v[i]! -= s * q[i]!;
  }
}

export function length(v: Float64Array): number {
  let s = 0;
  for (let i = 0; i < v.length; i++) s += v[i]! * v[i]!;
  return Math.sqrt(s);
}
