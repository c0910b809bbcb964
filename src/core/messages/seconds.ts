/** A time with a unit that suits it, four digits. */
export const seconds = (t: number) => {
  if (t === 0) return "0 s";
  for (const [unit, size] of [
    ["s", 1],
    ["ms", 1e-3],
    ["us", 1e-6],
  ] as const)
    if (Math.abs(t) >= size) return `${(t / size).toPrecision(4)} ${unit}`;
  return `${(t / 1e-9).toPrecision(4)} ns`;
};
