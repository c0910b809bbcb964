/**
 * The shortest decimal that reads back to the same bits; NaN as `NaN`.
 * @param shift moves the decimal point to the left: 9 writes a number of Hz in GHz, digit by digit the same
 */
export function numberText(x: number, shift = 0): string {
  if (Object.is(x, -0)) return "-0";
  if (shift === 0 || x === 0 || !Number.isFinite(x)) return String(x);
  const [, sign, first, rest = "", written] = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(x.toExponential())!;
  const exponent = Number(written) - shift;
  const digits = first + rest;
  if (exponent < -7 || exponent > 20) return `${sign}${first}${rest === "" ? "" : `.${rest}`}e${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return digits.length > exponent + 1 ? `${sign}${whole}.${digits.slice(exponent + 1)}` : sign + whole;
}
