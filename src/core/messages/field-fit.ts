/** Sentences of the fit of the field model itself: progress, endings, method. */

const short = (x: number, digits = 4) => `${Number(x.toPrecision(digits))}`;

export const approaching = () => "gamma2 of every decade, constant gamma0, on the data's own grid";

export const fitting = (cells: readonly number[], iteration: number, chi2: number, distance: number) =>
  `${cells.join(" x ")} cells, step ${iteration}: chi2 ${short(chi2, 6)}, ${short(distance, 2)} sigma from the minimum`;

export const profiling = () => "profile of gamma2";

export const boundaries = () => "other boundaries";

export const interrupted = (phase: string) =>
  `Interrupted ${phase}: these are the best numbers so far, not a result. Start the same command again and let it finish.`;

export const notConverged = (why: string, distance: number) =>
  `The fit did not converge: ${why}. It stopped ${short(distance, 2)} sigma from the minimum. Measure more, or choose a simpler law of gamma0.`;

export const smoothMethod = (coefficients: number, effective: number) =>
  `log gamma0 = cubic splines with ${coefficients} coefficients and a second-difference prior whose strength maximises the marginal likelihood of the data; they determine ${short(effective, 3)} numbers. Gauss-Newton with exact discrete adjoint; errors from the Laplace approximation.`;

export const lawMethod = (law: string) =>
  `gamma0 ${law}; least squares by Gauss-Newton with exact discrete adjoint; errors from the curvature at the minimum.`;

export const outsideTheModel = (why: string) =>
  `The field model does not describe these data: ${why}. Is the source the right one (place, size, times), the boundary, the unit of u?`;
