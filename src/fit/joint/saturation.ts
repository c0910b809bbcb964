import { HBAR } from "../../physics/constants.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import type { JointBlock } from "./joint-problem.ts";
import { mappedBlock } from "./mapped-block.ts";

/**
 * What a driven qubit is made of, the parameters of a joint fit of all its data: zero-temperature rates into the line and elsewhere, pure dephasing
 * (1/s; dissipator (gamma_phi/2) D[sigma_z]), logarithm of the true over the assumed power at the qubit, bath occupations, offset of the resonance,
 * variance of a quasi-static frequency noise.
 */
export const QUBIT_NAMES = ["gamma_r", "gamma_nr", "gamma_phi", "ln_attenuation", "n_r", "n_nr", "offset", "variance"] as const;
export type QubitName = (typeof QUBIT_NAMES)[number];

/** Quantities that data sets know, as functions of those. */
const DERIVED = ["amplitude", "gamma2", "k", "n_eq", "gamma1_total", "gamma1", "rabi2", "photons"] as const;
type Derived = (typeof DERIVED)[number];
export type SaturationQuantity = Derived | QubitName;

/** A quantity with its derivatives by `QUBIT_NAMES`. */
export interface Sloped {
  readonly value: number;
  readonly by: readonly number[];
}

/**
 * PHYSICS.md sec. 0 and 1: with `T = Gr(1+2 n_r) + Gnr(1+2 n_nr)`, `Z = Gr + Gnr`: `amplitude = Gr Z/T` (one port; half of it two-sided),
 * `gamma2 = T/2 + Gphi`, `photons = A/(hbar w_0)`, `rabi2` = Omega^2 per watt `= 4 photons Gr` (two-sided 2), `k = rabi2/(T gamma2)`,
 * `n_eq = (Gr n_r + Gnr n_nr)/T`, `gamma1_total = T`, `gamma1 = Z`.
 * @param reference frequency of the photons that `k` counts, rad/s.
 */
export function qubitQuantities(
  p: ArrayLike<number>,
  geometry: PortGeometry,
  reference: number,
): Readonly<Record<SaturationQuantity, Sloped>> {
  const [gr, gnr, gphi, a, nr, nnr] = p as unknown as [number, number, number, number, number, number];
  const own = (j: number): Sloped => ({ value: p[j]!, by: QUBIT_NAMES.map((_, l) => (l === j ? 1 : 0)) });
  const each = (f: (j: number) => number) => QUBIT_NAMES.map((_, j) => f(j));
  const share = geometry === "one-port" ? 1 : 0.5;
  const total: Sloped = {
    value: gr * (1 + 2 * nr) + gnr * (1 + 2 * nnr),
    by: [1 + 2 * nr, 1 + 2 * nnr, 0, 0, 2 * gr, 2 * gnr, 0, 0],
  };
  const zero: Sloped = { value: gr + gnr, by: [1, 1, 0, 0, 0, 0, 0, 0] };
  const up: Sloped = { value: gr * nr + gnr * nnr, by: [nr, nnr, 0, 0, gr, gnr, 0, 0] };
  const gamma2: Sloped = { value: total.value / 2 + gphi, by: each((j) => total.by[j]! / 2 + (j === 2 ? 1 : 0)) };
  const photons: Sloped = { value: Math.exp(a) / (HBAR * reference), by: each((j) => (j === 3 ? Math.exp(a) / (HBAR * reference) : 0)) };
  const rabi2 = times(geometry === "one-port" ? 4 : 2, product(photons, own(0)));
  return {
    gamma_r: own(0),
    gamma_nr: own(1),
    gamma_phi: own(2),
    ln_attenuation: own(3),
    n_r: own(4),
    n_nr: own(5),
    offset: own(6),
    variance: own(7),
    amplitude: times(share, over(product(own(0), zero), total)),
    gamma2,
    k: over(rabi2, product(total, gamma2)),
    n_eq: over(up, total),
    gamma1_total: total,
    gamma1: zero,
    rabi2,
    photons,
  };
}

const times = (c: number, x: Sloped): Sloped => ({ value: c * x.value, by: x.by.map((b) => c * b) });
export const product = (x: Sloped, y: Sloped): Sloped => ({
  value: x.value * y.value,
  by: x.by.map((b, j) => b * y.value + x.value * y.by[j]!),
});
export const over = (x: Sloped, y: Sloped): Sloped => ({
  value: x.value / y.value,
  by: x.by.map((b, j) => (b - (x.value / y.value) * y.by[j]!) / y.value),
});

/** One of the qubit's own parameters as a weighted sum of parameters of the fit, plus a constant. */
export interface Sum {
  readonly constant: number;
  readonly terms: readonly { readonly name: string; readonly weight: number }[];
}

/** How the parameters of a fit make those of the qubit: all of `QUBIT_NAMES`, and other names of blocks that are not taken as they are. */
export interface QubitModel {
  readonly geometry: PortGeometry;
  readonly reference: number;
  readonly sums: Readonly<Partial<Record<string, Sum>>>;
}

const itself = (name: string): Sum => ({ constant: 0, terms: [{ name, weight: 1 }] });

/** The sum behind a name of a block; its own parameter where the model says nothing. */
export function sumOf(model: QubitModel, name: string): Sum {
  return model.sums[name] ?? itself(name);
}

/** The qubit's own parameters at the fit's. */
export function qubitAt(model: QubitModel, at: (name: string) => number): number[] {
  return QUBIT_NAMES.map((name) => {
    const { constant, terms } = sumOf(model, name);
    return terms.reduce((s, t) => s + t.weight * at(t.name), constant);
  });
}

/** Derivatives by the fit's parameters of a quantity with derivatives by the qubit's. */
export function gradientOf(model: QubitModel, { by }: Sloped): Map<string, number> {
  const gradient = new Map<string, number>();
  for (const [j, own] of QUBIT_NAMES.entries())
    for (const { name, weight } of sumOf(model, own).terms)
      if (by[j] !== 0 && weight !== 0) gradient.set(name, (gradient.get(name) ?? 0) + by[j]! * weight);
  return gradient;
}

/**
 * Blocks whose parameters are quantities of a saturation sweep, as blocks of the fit's own parameters; other names stay, or become the sum of the model.
 * Blocks of one fit are evaluated at the same qubit one after the other, so that its quantities are made once for all of them.
 */
export function ofQubit(blocks: readonly JointBlock[], model: QubitModel): JointBlock[] {
  let last: { readonly p: readonly number[]; readonly known: ReturnType<typeof qubitQuantities> } | undefined;
  const quantitiesAt = (p: readonly number[]) => {
    if (!last?.p.every((x, j) => x === p[j])) last = { p, known: qubitQuantities(p, model.geometry, model.reference) };
    return last.known;
  };
  return blocks.map((block) => {
    const others = block.parameters.filter((name) => !isQuantity(name));
    const names = [...new Set([...QUBIT_NAMES, ...others].flatMap((name) => sumOf(model, name).terms.map((t) => t.name)))];
    const n = names.length;
    const placed = (name: string) => {
      const { constant, terms } = sumOf(model, name);
      return { constant, terms: terms.map((t) => [names.indexOf(t.name), t.weight] as const) };
    };
    const qubit = QUBIT_NAMES.map(placed);
    const own = block.parameters.map((name) => (isQuantity(name) ? { name } : placed(name)));
    const sum = ({ constant, terms }: ReturnType<typeof placed>, p: Float64Array) =>
      terms.reduce((s, [j, weight]) => s + weight * p[j]!, constant);
    return mappedBlock(block, {
      parameters: names,
      evaluate(p, q, slope) {
        slope.fill(0);
        const known = quantitiesAt(qubit.map((s) => sum(s, p)));
        own.forEach((o, k) => {
          if (!("name" in o)) {
            q[k] = sum(o, p);
            for (const [j, weight] of o.terms) slope[k * n + j]! += weight;
            return;
          }
          const { value, by } = known[o.name];
          q[k] = value;
          for (let l = 0; l < qubit.length; l++)
            if (by[l] !== 0) for (const [j, weight] of qubit[l]!.terms) slope[k * n + j]! += by[l]! * weight;
        });
      },
    });
  });
}

const QUANTITIES: ReadonlySet<string> = new Set([...QUBIT_NAMES, ...DERIVED]);
const isQuantity = (name: string): name is SaturationQuantity => QUANTITIES.has(name);
