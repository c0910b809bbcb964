import type { Random } from "../core/random.ts";
import type { Complex } from "./complex-matrix.ts";

/**
 * What a wave into one port meets. Lossless surroundings: `a_out = C a_in + D s`, `D = sqrt(gammaR) e` with `sum |e_j|^2 = 1`, C unitary; energy
 * conservation drives the qubit with `(D+ C) a_in`.
 */
export interface DrivenPort {
  /** C_j: amplitude out of port j with the qubit off. */
  readonly background: readonly Complex[];
  /** `x_j = e_j (e+ C)`: what the qubit sends into port j, relative to the wave that drives it. */
  readonly exchange: readonly Complex[];
}

/** How a qubit can sit on its lines; the first port is the driven one. */
export type Surroundings = readonly DrivenPort[];

const real = (re: number): Complex => ({ re, im: 0 });
const turned = (size: number, angle: number): Complex => ({ re: size * Math.cos(angle), im: size * Math.sin(angle) });

/** At the end of a line: all of gammaR goes back into it. */
export function endOfLine(): Surroundings {
  return [{ background: [real(1)], exchange: [real(1)] }];
}

/**
 * Beside a line or in it, the same seen from both ends. `C = ((i sin phi, cos phi), (cos phi, i sin phi))`: a line that is matched (phi = 0), or
 * mismatched symmetrically about the qubit; `1 - S21/C21` is then the matched one times `e^{i phi}/cos phi`.
 */
export function besideLine(mismatch = 0): Surroundings {
  const half = mismatch === 0 ? real(0.5) : turned(0.5, mismatch);
  const [back, through] = [{ re: 0, im: Math.sin(mismatch) }, real(Math.cos(mismatch))];
  const exchange = [half, half];
  return [
    { background: [back, through], exchange },
    { background: [through, back], exchange },
  ];
}

/** Driven through one port, seen through another, no direct path between them. @param drive and detect: rates into both, 1/s */
export function separatePorts(drive: number, detect: number): Surroundings {
  const total = drive + detect;
  const across = real(Math.sqrt(drive * detect) / total);
  return [
    { background: [real(1), real(0)], exchange: [real(drive / total), across] },
    { background: [real(0), real(1)], exchange: [across, real(detect / total)] },
  ];
}

/** Any lossless network that the first port drives well: C a random unitary matrix, e a random unit vector. */
export function multiport(rng: Random, ports: number): Surroundings {
  for (;;) {
    const network = anyNetwork(rng, ports);
    const share = drivingShare(network[0]!);
    if (share > 0.3 && share < 0.7) return network;
  }
}

function anyNetwork(rng: Random, ports: number): Surroundings {
  const columns: Complex[][] = [];
  for (let k = 0; k < ports; k++) columns.push(orthonormal(randomVector(rng, ports), columns));
  const emitted = orthonormal(randomVector(rng, ports), []);
  return columns.map((background) => {
    const coupling = inner(emitted, background);
    return { background, exchange: emitted.map((e) => product(e, coupling)) };
  });
}

/** Share of gammaR through which this port's wave drives the qubit: `|e+ C|^2 = sum conj(C_j) x_j`. */
export function drivingShare({ background, exchange }: DrivenPort): number {
  return inner(background, exchange).re;
}

/** |e_j|^2: the share of what the qubit sends out by itself that leaves through port j. */
export function emissionShare(port: DrivenPort, j: number): number {
  const { re, im } = port.exchange[j]!;
  return (re ** 2 + im ** 2) / drivingShare(port);
}

function randomVector(rng: Random, n: number): Complex[] {
  return Array.from({ length: n }, () => ({ re: rng.normal(), im: rng.normal() }));
}

/** Gram-Schmidt. */
function orthonormal(vector: readonly Complex[], others: readonly (readonly Complex[])[]): Complex[] {
  let rest = [...vector];
  for (const other of others) {
    const along = inner(other, rest);
    rest = rest.map((x, j) => {
      const part = product(along, other[j]!);
      return { re: x.re - part.re, im: x.im - part.im };
    });
  }
  const size = Math.sqrt(inner(rest, rest).re);
  return rest.map(({ re, im }) => ({ re: re / size, im: im / size }));
}

/** sum conj(a_j) b_j */
function inner(a: readonly Complex[], b: readonly Complex[]): Complex {
  let [re, im] = [0, 0];
  a.forEach((x, j) => {
    const y = b[j]!;
    re += x.re * y.re + x.im * y.im;
    im += x.re * y.im - x.im * y.re;
  });
  return { re, im };
}

function product(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}
