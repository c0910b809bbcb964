import type { Random } from "../../src/core/random.ts";
import { DecimalScanner } from "../../src/importers/text/decimal-scanner.ts";

/** What the scanner makes of a text that is one number with something behind it: NaN unless the whole number was read. */
export function scanned(text: string, decimalMark = 46, shift = 0): number {
  const scanner = new DecimalScanner(new TextEncoder().encode(`${text}\n`));
  return scanner.scan(0, decimalMark, shift) === text.length ? scanner.value : Number.NaN;
}

/** Hard decimals, with the double that the language's own conversion makes of each: any number of digits, all exponents, exact middles and their neighbours. */
export function* decimals(source: Random, rounds: number): Generator<{ readonly text: string; readonly shift: number }> {
  const below = (n: number) => Math.floor(n * source.uniform());
  const digits = (n: number) => Array.from({ length: n }, () => below(10)).join("");
  const word = new DataView(new ArrayBuffer(8));
  for (let round = 0; round < rounds; round++) {
    const fraction = below(25);
    const sign = ["", "-", "+"][below(3)]!;
    const exponent = below(2) === 0 ? "" : `e${below(700) - 350}`;
    yield { text: `${sign}${digits(1 + below(25))}${fraction === 0 ? "" : `.${digits(fraction)}`}${exponent}`, shift: below(25) - 12 };

    word.setUint32(0, below(2 ** 32));
    word.setUint32(4, below(2 ** 32));
    const double = word.getFloat64(0);
    if (Number.isFinite(double))
      for (const text of [String(double), double.toExponential(16), double.toExponential(18), double.toPrecision(15)])
        yield { text, shift: 0 };

    // (2 m + 1) 2^e stands in the middle of two doubles.
    const middle = 2n * (2n ** 52n + BigInt(below(2 ** 52))) + 1n;
    const power = below(60) - 40;
    const point = Math.max(0, -power);
    const written = String(power < 0 ? middle * 5n ** BigInt(point) : middle * 2n ** BigInt(power)).padStart(point + 1, "0");
    const exact = point === 0 ? written : `${written.slice(0, -point)}.${written.slice(-point)}`;
    for (const text of [exact, `${exact.slice(0, -1)}4`, `${exact}${point === 0 ? "." : ""}${digits(3)}`, `-${exact}`])
      yield { text, shift: 0 };
  }
}

/** By the language's own conversion. */
export function expected(text: string, shift: number): number {
  const [, mantissa = "", exponent = "0"] = /^(.*?)(?:e(.*))?$/.exec(text)!;
  return Number(`${mantissa}e${Number(exponent) + shift}`);
}
