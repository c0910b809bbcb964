import { type Complex, ONE, over, times } from "../../physics/complex.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";

/** How the wave of the qubit comes out: as it is, through a mirror-symmetric mismatch, or seen alone with a phase of its own. */
export type Exchange = "none" | "mismatch" | "turn";

export type LineParameter = "gain" | "tilt" | "phase" | "delay" | "mismatch" | "turn" | "lag";

export function parametersOf(line: boolean, exchange: Exchange): readonly LineParameter[] {
  const own: readonly LineParameter[] = exchange === "none" ? [] : exchange === "mismatch" ? ["mismatch"] : ["turn", "lag"];
  return [...(line ? (["gain", "tilt", "phase", "delay"] as const) : []), ...own];
}

const I: Complex = { re: 0, im: 1 };
const polar = (size: number, angle: number): Complex => ({ re: size * Math.cos(angle), im: size * Math.sin(angle) });
const scaled = (a: Complex, x: number): Complex => ({ re: a.re * x, im: a.im * x });
const rest = (a: Complex): Complex => ({ re: 1 - a.re, im: -a.im });

/** `S_measured = L (1 - M (1 - S))` (see `fitLine`) for given numbers, and how both sides move with them. */
export class LineShape {
  readonly parameters: readonly LineParameter[];
  readonly #values: Readonly<Record<LineParameter, number>>;
  readonly low: number;
  readonly high: number;
  readonly line: boolean;
  readonly exchange: Exchange;

  /** @param low and high ends of the span, Hz @param values in the order of `parametersOf`; absent: 0 */
  constructor(low: number, high: number, line: boolean, exchange: Exchange, values: ArrayLike<number> = []) {
    this.low = low;
    this.high = high;
    this.line = line;
    this.exchange = exchange;
    this.parameters = parametersOf(line, exchange);
    const none = { gain: 0, tilt: 0, phase: 0, delay: 0, mismatch: 0, turn: 0, lag: 0 };
    this.#values = { ...none, ...Object.fromEntries(this.parameters.map((name, j) => [name, values[j] ?? 0])) };
  }

  with(values: ArrayLike<number>): LineShape {
    return new LineShape(this.low, this.high, this.line, this.exchange, values);
  }

  valueOf(name: LineParameter): number {
    return this.#values[name];
  }

  /** Frequency in half spans from the middle. */
  at(frequency: number): number {
    return this.high > this.low ? (2 * frequency - this.low - this.high) / (this.high - this.low) : 0;
  }

  /** L. */
  lineAt(frequency: number): Complex {
    const { gain, tilt, phase, delay } = this.#values;
    const x = this.at(frequency);
    return polar(Math.exp(gain + tilt * x), phase + delay * x);
  }

  /** M. */
  exchangeAt(frequency: number): Complex {
    const { mismatch, turn, lag } = this.#values;
    if (this.exchange === "none") return ONE;
    return this.exchange === "mismatch" ? polar(1 / Math.cos(mismatch), mismatch) : polar(1, turn + lag * this.at(frequency));
  }

  /** L M: what 1 - S is multiplied with. */
  throughAt(frequency: number): Complex {
    return times(this.lineAt(frequency), this.exchangeAt(frequency));
  }

  /** `L (1 - M (1 - S))`. */
  seen(s: Complex, frequency: number): Complex {
    return times(this.lineAt(frequency), rest(times(this.exchangeAt(frequency), rest(s))));
  }

  /** Derivative of `seen` by one number. */
  seenBy(name: LineParameter, s: Complex, frequency: number): Complex {
    const x = name === "tilt" || name === "delay" || name === "lag" ? this.at(frequency) : 1;
    if (name === "gain" || name === "tilt") return scaled(this.seen(s, frequency), x);
    if (name === "phase" || name === "delay") return scaled(times(I, this.seen(s, frequency)), x);
    const wave = times(this.throughAt(frequency), rest(s));
    return scaled(times(wave, this.#turning(name)), -x);
  }

  /** S from what was measured, with its noise. */
  corrected(p: ScatteringPoint): ScatteringPoint {
    const line = this.lineAt(p.frequency);
    const exchange = this.exchangeAt(p.frequency);
    const size = Math.hypot(exchange.re, exchange.im);
    const s = rest(over(rest(over(p, line)), exchange));
    return { ...p, ...s, sigma: p.sigma / size / Math.hypot(line.re, line.im), eta: p.eta / size };
  }

  /** Derivative of the corrected S by one number. */
  correctedBy(name: LineParameter, s: Complex, frequency: number): Complex {
    const seen = this.seenBy(name, s, frequency);
    // S_measured stays: dS = -(d seen)/(L M).
    return scaled(over(seen, this.throughAt(frequency)), -1);
  }

  /** d ln M by `mismatch` (i + tan phi), `turn` or `lag` (i). */
  #turning(name: LineParameter): Complex {
    return name === "mismatch" ? { re: Math.tan(this.#values.mismatch), im: 1 } : I;
  }
}
