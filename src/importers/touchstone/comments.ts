import { parseNumber } from "../text/numbers.ts";

/** All powers that the comments state, as `Power: -20 dBm`. */
export function statedPowers(
  comments: readonly { readonly text: string; readonly line: number }[],
): readonly { readonly value: number; readonly unit: string; readonly line: number; readonly text: string }[] {
  return comments.flatMap(({ text, line }) => {
    const match = /(?:power|leistung|\bpow\b)[^:=\d]{0,20}[:=\s]\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(dBm|[munpf]?W)\b/i.exec(text);
    return match === null ? [] : [{ value: parseNumber(match[1]!)!, unit: match[2]!, line, text }];
  });
}

/** Collects what HFSS writes behind each record: `! Port Impedance 50.1 0.2 49.9 -0.1`, the numbers sometimes without a blank before them, wrapped over comments. */
export class PortImpedances {
  readonly #numbers: number[] = [];
  readonly #counts = new Map<number, number>();
  #open = -1;

  /** @param point the record that the comment stands behind */
  comment(text: string, point: number): void {
    const stated = /^\s*port\s*impedance\s*(.*)$/i.exec(text);
    if (stated === null && (this.#open !== point || !/^[\s\d.+\-e]+$/i.test(text))) {
      this.#open = -1;
      return;
    }
    const numbers = (stated?.[1] ?? text)
      .trim()
      .split(/\s+/)
      .map((token) => parseNumber(token));
    if (point < 0 || numbers.includes(undefined)) return;
    this.#open = point;
    this.#counts.set(point, (this.#counts.get(point) ?? 0) + numbers.length);
    for (const x of numbers) this.#numbers.push(x!);
  }

  /** 2 numbers per port and point, or undefined when they are not stated for every point. Terminal data state a matrix: its diagonal. */
  perPoint(ports: number, points: number): Float64Array | undefined {
    const counts = new Set(this.#counts.values());
    const [count] = counts;
    if (points === 0 || this.#counts.size !== points || counts.size !== 1) return undefined;
    if (count === 2 * ports) return Float64Array.from(this.#numbers);
    if (count !== 2 * ports * ports) return undefined;
    const diagonal = this.#numbers.filter((_, i) => {
      const cell = (i % count) >> 1;
      return Math.floor(cell / ports) === cell % ports;
    });
    const coupled = this.#numbers.some((x, i) => {
      const cell = (i % count) >> 1;
      return Math.floor(cell / ports) !== cell % ports && x !== 0;
    });
    return coupled ? undefined : Float64Array.from(diagonal);
  }
}
