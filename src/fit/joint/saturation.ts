import { HBAR } from "../../physics/constants.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import type { JointBlock } from "./joint-problem.ts";
import { mappedBlock, type ParameterMap } from "./mapped-block.ts";

/**
 * What a driven qubit is made of, the parameters of a joint fit of all its data: zero-temperature rates into the line and elsewhere, pure dephasing
 * (1/s; dissipator (gamma_phi/2) D[sigma_z]), power ratio of the line, bath occupations, offset of the resonance.
 */
export const QUBIT_NAMES = ["gamma_r", "gamma_nr", "gamma_phi", "attenuation", "n_r", "n_nr", "offset"] as const;

/** Quantities that data sets know: those of a sweep (`SWEEP_NAMES`), `n_eq`, `gamma1_total`, and `rabi2` = Omega^2 per watt of stated power. */
const QUANTITIES = ["amplitude", "gamma2", "k", "offset", "n_eq", "gamma1_total", "rabi2"] as const;
export type SaturationQuantity = (typeof QUANTITIES)[number] | (typeof QUBIT_NAMES)[number];

/**
 * A block whose parameters are quantities of a saturation sweep, as a block of the qubit's own parameters (PHYSICS.md sec. 0 and 1): with
 * `T = Gr(1+2 n_r) + Gnr(1+2 n_nr)`, `Z = Gr + Gnr`: `amplitude = Gr Z/T` (one port; half of it two-sided), `gamma2 = T/2 + Gphi`,
 * `rabi2 = 4 A Gr/(hbar w_0)` (two-sided 2), `k = rabi2/(T gamma2)`, `n_eq = (Gr n_r + Gnr n_nr)/T`, `gamma1_total = T`.
 * @param reference frequency of the photons that `k` counts, rad/s.
 */
export function ofQubit(block: JointBlock, geometry: PortGeometry, reference: number): JointBlock {
  return mappedBlock(block, qubitMap(block.parameters as readonly SaturationQuantity[], geometry, reference));
}

function qubitMap(wanted: readonly SaturationQuantity[], geometry: PortGeometry, reference: number): ParameterMap {
  const n = QUBIT_NAMES.length;
  const photons = (geometry === "one-port" ? 4 : 2) / (HBAR * reference);
  const share = geometry === "one-port" ? 1 : 0.5;
  return {
    parameters: QUBIT_NAMES,
    evaluate(p, q, slope) {
      const [gr, gnr, gphi, a, nr, nnr] = p as unknown as [number, number, number, number, number, number];
      const zero = gr + gnr;
      const total = gr * (1 + 2 * nr) + gnr * (1 + 2 * nnr);
      const gamma2 = total / 2 + gphi;
      const byTotal = [1 + 2 * nr, 1 + 2 * nnr, 0, 0, 2 * gr, 2 * gnr, 0];
      const amplitude = (share * gr * zero) / total;
      const rabi2 = photons * a * gr;
      const nEq = (gr * nr + gnr * nnr) / total;
      const unit = (j: number) => QUBIT_NAMES.map((_, l) => (l === j ? 1 : 0));
      const [byGr, byGnr, byPhi, byA] = [unit(0), unit(1), unit(2), unit(3)];
      const each = (f: (j: number) => number) => QUBIT_NAMES.map((_, j) => f(j));
      const byGamma2 = each((j) => byTotal[j]! / 2 + byPhi[j]!);
      const byRabi2 = each((j) => photons * (a * byGr[j]! + gr * byA[j]!));
      const byUp = [nr, nnr, 0, 0, gr, gnr, 0];
      const known: Readonly<Record<(typeof QUANTITIES)[number], readonly [number, readonly number[]]>> = {
        amplitude: [amplitude, each((j) => (share * (zero * byGr[j]! + gr * (byGr[j]! + byGnr[j]!)) - amplitude * byTotal[j]!) / total)],
        gamma2: [gamma2, byGamma2],
        k: [
          rabi2 / (total * gamma2),
          each((j) => (byRabi2[j]! - (rabi2 * byTotal[j]!) / total - (rabi2 * byGamma2[j]!) / gamma2) / (total * gamma2)),
        ],
        offset: [p[6]!, unit(6)],
        n_eq: [nEq, each((j) => (byUp[j]! - nEq * byTotal[j]!) / total)],
        gamma1_total: [total, byTotal],
        rabi2: [rabi2, byRabi2],
      };
      for (const [k, name] of wanted.entries()) {
        const own = QUBIT_NAMES.indexOf(name as (typeof QUBIT_NAMES)[number]);
        const [value, by] = own >= 0 ? [p[own]!, unit(own)] : known[name as (typeof QUANTITIES)[number]];
        q[k] = value;
        for (let j = 0; j < n; j++) slope[k * n + j] = by[j]!;
      }
    },
  };
}
