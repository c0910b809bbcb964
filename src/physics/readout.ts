/** Assignment errors of the readout: P(read 1 | level 0) and P(read 0 | level 1). */
export interface AssignmentErrors {
  readonly oneGivenZero: number;
  readonly zeroGivenOne: number;
}

/** `1 - eps_ge - eps_eg`: contrast of the readout. */
export function fidelity(e: AssignmentErrors): number {
  return 1 - e.oneGivenZero - e.zeroGivenOne;
}

/** Read value of a population: `p = eps_ge + Fid n`. */
export function readValue(e: AssignmentErrors, population: number): number {
  return e.oneGivenZero + fidelity(e) * population;
}

/** Population of a read value: `n = (p - eps_ge)/Fid`; not clipped to 0..1, because clipping biases. */
export function populationOf(e: AssignmentErrors, read: number): number {
  return (read - e.oneGivenZero) / fidelity(e);
}

/** Population with its derivatives: `dn/dp = 1/Fid`, `dn/d eps_ge = (n - 1)/Fid`, `dn/d eps_eg = n/Fid`. */
export function populationDerivatives(e: AssignmentErrors, read: number) {
  const f = fidelity(e);
  const population = populationOf(e, read);
  return { population, byRead: 1 / f, byOneGivenZero: (population - 1) / f, byZeroGivenOne: population / f };
}
