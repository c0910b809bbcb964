/**
 * Reduced Planck constant, J s, as printed in CODATA 2018 tables (ten digits). h/2pi = 1.0545718176461565e-34 differs by 6e-10 relative;
 * the printed value is used so that powers agree with published numbers to their last digit.
 */
export const HBAR = 1.054571817e-34;

/** Boltzmann constant, J/K (exact in the SI of 2019). */
export const KB = 1.380649e-23;
