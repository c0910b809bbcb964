import * as say from "../core/messages/microscopic.ts";

/**
 * Sites of equal frequency with pairwise couplings, from which the field model's gamma0 and gamma2 follow (Paper III; PHYSICS.md sec. 4, end).
 * `dissipative`: collective decay `sum_ij G_ij (s_i^- rho s_j^+ - {s_j^+ s_i^-, rho}/2)`, G_ii the decay rate of site i, 1/s. `coherent`: exchange
 * `hbar sum_{i<j} J_ij (s_i^+ s_j^- + h.c.)` in rad/s (diagonal not read), each site decaying by itself at `decay`, 1/s.
 */
export interface CoupledSites {
  /** d coordinates of every site, m; d = 1, 2 or 3. */
  readonly positions: readonly (readonly number[])[];
  readonly coupling: "dissipative" | "coherent";
  /** Real and symmetric. */
  readonly matrix: readonly (readonly number[])[];
  /** Of `coherent`: one decay rate for all sites or one per site, 1/s. */
  readonly decay?: number | readonly number[];
  /** Gphi of the dissipator `(Gphi/2) D[sigma_z]` of every site, 1/s; 0 = none. */
  readonly dephasing: number;
  /** Shortest wavelength that the field shall describe, m; absent = not held against a limit. */
  readonly wavelength?: number;
}

/** One condition under which the formulas hold: what was measured against which limit. */
export interface MicroscopicLimit {
  readonly name: "dephasing" | "decay" | "boundary" | "reach" | "isotropy" | "homogeneity" | "wavelength";
  readonly holds: boolean;
  readonly measured: number;
  readonly limit: number;
  readonly sentence: string;
}

/** gamma0 and gamma2 of coupled sites under dephasing, and how well the conditions for them hold. */
export interface MicroscopicMoments {
  /** `G_ii - 2 sum_j kappa_ij` (dissipative) or the decay rate (coherent), mean over the sites inside, 1/s. */
  readonly gamma0: number;
  /** `1/(2d) sum_j rate_ij r_ij^2`, mean over the sites inside, m^2/s (the tensor's trace over d). */
  readonly gamma2: number;
  /** `1/2 sum_j rate_ij r_ij r_ij^T`, d x d, m^2/s. */
  readonly tensor: readonly (readonly number[])[];
  /** The two of each site, those at the boundary too. */
  readonly sites: { readonly gamma0: Float64Array; readonly gamma2: Float64Array; readonly inside: readonly boolean[] };
  /** Wavelength (m) at which the rate of a mode differs from gamma0 + gamma2 k^2 by 10 % of the second term. */
  readonly leastWavelength: number;
  readonly limits: readonly MicroscopicLimit[];
}

const LIMITS = { dephasing: 0.1, decay: 0.1, boundary: 0.005, reach: 0.1, isotropy: 0.05, homogeneity: 0.1, wavelength: 0.1 } as const;

export const separation = (positions: CoupledSites["positions"], i: number, j: number) =>
  positions[j]!.map((x, a) => x - positions[i]![a]!);
export const squareOf = (r: readonly number[]) => r.reduce((s, x) => s + x * x, 0);

/** Distance (m) of a site from the nearest side of the box that holds all sites. */
function fromBoundary(positions: CoupledSites["positions"], i: number): number {
  const sides = positions[i]!.flatMap((x, a) => {
    const along = positions.map((r) => r[a]!);
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return high > low ? [x - low, high - x] : [];
  });
  return Math.min(...sides);
}

/** Sums over the partners of one site. */
function siteSums({ positions, matrix, coupling, dephasing }: CoupledSites, i: number) {
  const d = positions[0]!.length;
  const row = matrix[i]!;
  const fourth = new Float64Array(d);
  const tensor = Array.from({ length: d }, () => new Float64Array(d));
  let [out, second, outer, oneSided, next0, next2, strongest] = [0, 0, 0, 0, 0, 0, 0];
  const squares = positions.map((_, j) => squareOf(separation(positions, i, j)));
  // The mirror image of a partner farther away than the boundary may lie beyond it.
  const mirrored = fromBoundary(positions, i) ** 2 * (1 + 1e-9);
  const half = Math.max(...squares) / 4;
  for (let j = 0; j < positions.length; j++) {
    const g = row[j]!;
    if (j === i || g === 0) continue;
    const rate = (g * g) / (coupling === "dissipative" ? 4 * dephasing : dephasing);
    const r = separation(positions, i, j);
    out += rate;
    second += rate * squares[j]!;
    strongest = Math.max(strongest, Math.abs(g));
    if (squares[j]! > half) outer += rate * squares[j]!;
    if (squares[j]! > mirrored) oneSided += rate * squares[j]!;
    for (let a = 0; a < d; a++) {
      fourth[a]! += rate * r[a]! ** 4;
      for (let b = 0; b < d; b++) tensor[a]![b]! += (rate * r[a]! * r[b]!) / 2;
    }
    if (coupling === "coherent") continue;
    // Coherences in second order, over a third site: gamma0 + sum_jk G_ij G_jk G_ki/(4 Gphi^2), sum_j rate_ij r_ij^2 - 3 sum_jk G_ij G_jk G_ki r_ij^2/(16 Gphi^2).
    let path = 0;
    for (let k = 0; k < positions.length; k++) if (k !== i && k !== j) path += row[k]! * matrix[k]![j]!;
    next0 += (g * path) / (4 * dephasing ** 2);
    next2 -= (3 * g * path * squares[j]!) / (16 * dephasing ** 2);
  }
  return {
    out,
    second,
    fourth,
    tensor,
    outer,
    next0,
    next2,
    strongest,
    oneSided: second > 0 ? oneSided / second : 0,
  };
}

/** The formulas with dephasing, averaged over the sites that lie farther inside than their couplings reach (all sites where none has). */
export function momentsOf(sites: CoupledSites): MicroscopicMoments {
  const { positions, matrix, coupling, decay, dephasing, wavelength } = sites;
  const d = positions[0]!.length;
  const sums = positions.map((_, i) => siteSums(sites, i));
  const oneSided = Math.min(...sums.map((s) => s.oneSided));
  const inside = sums.map((s) => s.oneSided <= LIMITS.boundary);
  const chosen = sums.flatMap((_, i) => (inside[i] || oneSided > LIMITS.boundary ? [i] : []));
  const mean = (of: (i: number) => number) => chosen.reduce((s, i) => s + of(i), 0) / chosen.length;
  const meanSum = (of: (s: (typeof sums)[number]) => number) => mean((i) => of(sums[i]!));

  const decayOf = (i: number) => (typeof decay === "number" ? decay : decay![i]!);
  const gamma0 = Float64Array.from(sums, (s, i) => (coupling === "coherent" ? decayOf(i) : matrix[i]![i]! - 2 * s.out));
  const gamma2 = Float64Array.from(sums, (s) => s.second / (2 * d));
  const [mean0, mean2] = [mean((i) => gamma0[i]!), mean((i) => gamma2[i]!)];
  const tensor = Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => meanSum((s) => s.tensor[a]![b]!)));
  const relative = (x: number, to: number) => (to > 0 ? Math.abs(x / to) : 0);

  const next = Math.max(
    relative(
      meanSum((s) => s.next0),
      mean0,
    ),
    relative(
      meanSum((s) => s.next2),
      2 * d * mean2,
    ),
  );
  // Without closed paths over three sites the first correction is of the next order again.
  const correction = Math.max(next, meanSum((s) => s.strongest / (2 * dephasing)) ** 2);
  // A steady source sees coherences that die with 2 Gphi + Gamma: hops fewer by Gamma/(2 Gphi).
  const lost = Math.max(...positions.map((_, i) => (coupling === "coherent" ? decayOf(i) : matrix[i]![i]!))) / (2 * dephasing);
  const reach = relative(
    meanSum((s) => s.outer),
    2 * d * mean2,
  );
  // sqrt(2) times the norm of the traceless part: in two dimensions the difference of the principal values.
  const traceless = Math.hypot(...tensor.flatMap((row, a) => row.map((t, b) => t - (a === b ? mean2 : 0))));
  const spread = relative(Math.SQRT2 * traceless, mean2);
  const scatter = Math.sqrt(mean((i) => relative(gamma2[i]! - mean2, mean2) ** 2));
  // sum_j rate_ij (1 - cos k x) = k^2/2 sum_j rate_ij x^2 - k^4/24 sum_j rate_ij x^4: the second term over the first, along the worst axis.
  const hop2 = Math.max(
    ...tensor.map((row, a) =>
      relative(
        meanSum((s) => s.fourth[a]!),
        24 * row[a]!,
      ),
    ),
  );
  const leastWavelength = 2 * Math.PI * Math.sqrt(hop2 / LIMITS.wavelength);

  const limit = (name: MicroscopicLimit["name"], measured: number, good: string, bad: string): MicroscopicLimit => {
    const holds = measured <= LIMITS[name];
    return { name, holds, measured, limit: LIMITS[name], sentence: holds ? good : bad };
  };
  const limits = [
    limit("dephasing", correction, say.dephasingDominates(correction), say.dephasingTooSlow(correction, LIMITS.dephasing)),
    limit("decay", lost, say.decaySlow(lost), say.decayFast(lost, LIMITS.decay)),
    limit("boundary", oneSided, say.interiorSites(chosen.length, positions.length), say.allAtBoundary(oneSided, LIMITS.boundary)),
    limit("reach", reach, say.reachConverged(reach), say.reachTooLong(reach, LIMITS.reach)),
    limit("isotropy", spread, say.isotropic(spread), say.anisotropic(spread, LIMITS.isotropy)),
    limit("homogeneity", scatter, say.homogeneous(scatter), say.disordered(scatter, LIMITS.homogeneity)),
  ];
  if (wavelength !== undefined) {
    const short = hop2 * ((2 * Math.PI) / wavelength) ** 2;
    limits.push(
      limit("wavelength", short, say.longWave(short, wavelength), say.shortWave(short, wavelength, leastWavelength, LIMITS.wavelength)),
    );
  }
  return { gamma0: mean0, gamma2: mean2, tensor, sites: { gamma0, gamma2, inside }, leastWavelength, limits };
}
