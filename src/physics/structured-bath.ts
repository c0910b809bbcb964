/**
 * Rate that the power route finds where the bath is not white: driven at Rabi rate Omega the qubit samples it at w_d and w_d +- Omega,
 * `G_power = G(w_d)/2 + G+ G-/(G+ + G-)`, `G+- = G(w_d +- Omega)` (PHYSICS.md sec. 1). Saturating drive on resonance, a linear bath, cold.
 */
export function structuredBathRate(rateAt: (omega: number) => number, omegaDrive: number, rabi: number): number {
  const [above, below] = [rateAt(omegaDrive + rabi), rateAt(omegaDrive - rabi)];
  return rateAt(omegaDrive) / 2 + (above * below) / (above + below);
}

/** Rate into a linear defect of coupling g, width kappa (all rad/s) and frequency `omega0`: `4 g^2/kappa/(1 + (2 (w - w0)/kappa)^2)`. For g << kappa/2. */
export function defectRate(coupling: number, kappa: number, omega0: number): (omega: number) => number {
  return (omega) => (4 * coupling ** 2) / kappa / (1 + ((2 * (omega - omega0)) / kappa) ** 2);
}
