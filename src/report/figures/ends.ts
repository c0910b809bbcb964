/** Least and largest of the finite numbers, however many; NaN where there is none. */
export function endsOf(values: ArrayLike<number>): readonly [low: number, high: number] {
  let [low, high] = [Number.NaN, Number.NaN];
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!Number.isFinite(v)) continue;
    if (!(v >= low)) low = v;
    if (!(v <= high)) high = v;
  }
  return [low, high];
}
