import { add, type Complex, divide, multiply, ONE, scale, subtract } from "./complex.ts";

export type Parameter = "S" | "Y" | "Z" | "G" | "H";

const ZERO: Complex = [0, 0];

/**
 * S-parameters at real reference resistances from Z, Y (any number of ports), H or G (two ports), normalised to them.
 * With v = a + b and i = a - b at every port, each definition is linear in a and b, `M b = N a`, so that S = M^-1 N:
 * Z: (z+1) b = (z-1) a; Y: (1+y) b = (1-y) a; H and G row by row from v1 = h11 i1 + h12 v2, i2 = h21 i1 + h22 v2 and its dual.
 * The relations of K. Kurokawa, IEEE Trans. MTT 13, 194 (1965), and of Table III of D. A. Frickey, IEEE Trans. MTT 42, 205 (1994).
 * @param matrix normalised parameters, row by row
 * @returns row by row; NaN where M has no inverse
 */
export function toScattering(parameter: Parameter, matrix: readonly Complex[], ports: number): readonly Complex[] {
  if (parameter === "S") return matrix;
  const one = (i: number) => (Math.floor(i / ports) === i % ports ? ONE : ZERO);
  const plus = matrix.map((x, i) => add(x, one(i)));
  const minus = matrix.map((x, i) => subtract(x, one(i)));
  const negative = (x: Complex) => scale(x, -1);
  const [p11, p12, p21, p22] = plus as [Complex, Complex, Complex, Complex];
  switch (parameter) {
    case "Z":
      return solve(plus, minus, ports);
    case "Y":
      return solve(plus, minus.map(negative), ports);
    case "H":
      return solve([p11, negative(p12), p21, negative(p22)], minus, ports);
    default:
      return solve([negative(p11), p12, negative(p21), p22], minus, ports);
  }
}

/**
 * Parameters in ohm and siemens, normalised to the resistance of each port: v = V / sqrt(R), i = I sqrt(R).
 * @param matrix row by row
 * @param ohm one resistance per port
 */
export function normalised(parameter: Parameter, matrix: readonly Complex[], ohm: readonly number[]): readonly Complex[] {
  const ports = ohm.length;
  return matrix.map((x, cell) => {
    const [i, j] = [Math.floor(cell / ports), cell % ports];
    const [receiving, driven] = [ohm[i]!, ohm[j]!];
    // A row gives a voltage or a current, a column takes one.
    const givesVoltage = parameter === "Z" || (parameter === "H" && i === 0) || (parameter === "G" && i === 1);
    const takesVoltage = parameter === "Y" || (parameter === "H" && j === 1) || (parameter === "G" && j === 0);
    if (givesVoltage === takesVoltage) return scale(x, Math.sqrt(givesVoltage ? driven / receiving : receiving / driven));
    const mean = Math.sqrt(receiving * driven);
    return givesVoltage ? ([x[0] / mean, x[1] / mean] as const) : scale(x, mean);
  });
}

/** X of `A X = B` by elimination with row pivoting. */
function solve(a: readonly Complex[], b: readonly Complex[], n: number): Complex[] {
  const [left, right] = [[...a], [...b]];
  const size = (x: Complex) => Math.abs(x[0]) + Math.abs(x[1]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let row = k + 1; row < n; row++) if (size(left[row * n + k]!) > size(left[pivot * n + k]!)) pivot = row;
    for (const side of [left, right])
      for (let j = 0; j < n; j++) [side[k * n + j], side[pivot * n + j]] = [side[pivot * n + j]!, side[k * n + j]!];
    for (let row = 0; row < n; row++) {
      if (row === k) continue;
      const factor = divide(left[row * n + k]!, left[k * n + k]!);
      for (const side of [left, right])
        for (let j = 0; j < n; j++) side[row * n + j] = subtract(side[row * n + j]!, multiply(factor, side[k * n + j]!));
    }
  }
  return right.map((x, cell) => {
    const row = Math.floor(cell / n);
    return divide(x, left[row * n + row]!);
  });
}
