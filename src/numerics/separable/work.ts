/**
 * Working numbers of a plan. The fits of this folder pass numbers through these fields, because a number that crosses a function call may be boxed, while a field
 * that always held numbers with a fraction is overwritten in place: nothing is allocated per trace. Here b(x; g) is the basis function (`basis.ts`), a letter
 * g at the end of a name a derivative by g, w the weights, W their sum, y the trace without its weighted mean (or without the fixed offset), and k = 1/W
 * (or 0 where the offset is fixed).
 */
export class Work {
  /** Where the projection is evaluated: g = rate * window. */
  g = Number.NaN;
  /** sum w y b, and its first and second derivative. */
  y = Number.NaN;
  yG = Number.NaN;
  yGG = Number.NaN;
  /** sum w b^2 - k (sum w b)^2, and its derivatives. */
  d = Number.NaN;
  dG = Number.NaN;
  dGG = Number.NaN;
  /** sum w b, sum w b', and where the basis is e^{-g x} on any delays, sum w b''. */
  b = Number.NaN;
  bG = Number.NaN;
  bGG = Number.NaN;
  /** sum w b'^2 - k (sum w b')^2, and where the basis is e^{-g x} on any delays, its derivative; its mixed companion is dG / 2. */
  c11 = Number.NaN;
  c11G = Number.NaN;
  /** Gain: by how much the exponential lowers the weighted sum of squares of y; NaN where the search found nothing. */
  gain = Number.NaN;
  /** Derivatives of the logarithm of the gain (of the gain itself where the amplitude is fixed). */
  slope = Number.NaN;
  bend = Number.NaN;
  /** Interval in which the search moves. */
  low = Number.NaN;
  high = Number.NaN;
  /** Weighted mean (or fixed offset) taken out of the trace, and the weighted sum of squares of what is left. */
  centre = Number.NaN;
  squares = Number.NaN;
  /** What the points in `plan.trace` still have to be lowered by: their mean, where it was not taken out point by point. */
  left = Number.NaN;
  /** g of the best maximum so far, its gain. */
  bestG = Number.NaN;
  bestGain = Number.NaN;
  /** Sum of squares of the residuals. */
  residuals = Number.NaN;
  /** Stated variance of a point with weight 1; NaN where it is not known. */
  variance = Number.NaN;
  /** Iterations of the whole trace. */
  count = Number.NaN;
  /** 1 where the last sums belong to the basis psi_g, 0 for e^{-g x}. */
  straight = Number.NaN;
  /** z = e^{-g step}, 1 - z; e^{-g points step}, and 1 minus it. */
  z = Number.NaN;
  oneMinusZ = Number.NaN;
  end = Number.NaN;
  whole = Number.NaN;
  /** Where the last step of a climb leads, and the step that led here. */
  next = Number.NaN;
  move = Number.NaN;
}
