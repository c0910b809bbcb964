/**
 * Places in the working numbers of a plan. The fits of this folder pass numbers through one Float64Array, because a number that crosses a function
 * call or an object field may be boxed: nothing is allocated per trace. Here b(x; g) is the basis function (`basis.ts`), ' its derivative by g,
 * w the weights, W their sum, y the trace without its weighted mean (or without the fixed offset), and k = 1/W (or 0 where the offset is fixed).
 */
/** Where the projection is evaluated: g = rate * window. */
export const G = 0;
/** sum w y b, and its first and second derivative by g. */
export const Y = 1;
export const Y_G = 2;
export const Y_GG = 3;
/** sum w b^2 - k (sum w b)^2, and its derivatives. */
export const D = 4;
export const D_G = 5;
export const D_GG = 6;
/** sum w b, sum w b'. */
export const B = 7;
export const B_G = 8;
/** sum w b'^2 - k (sum w b')^2; its mixed companion is D_G / 2. */
export const C11 = 9;
/** Gain: by how much the exponential lowers the weighted sum of squares of y; NaN where the search found nothing. */
export const GAIN = 10;
/** Derivatives of the logarithm of the gain (of the gain itself where the amplitude is fixed) by g. */
export const SLOPE = 11;
export const BEND = 12;
/** Interval in which the search moves. */
export const LOW = 13;
export const HIGH = 14;
/** Weighted mean (or fixed offset) taken out of the trace, and the weighted sum of squares of what is left. */
export const CENTRE = 15;
export const SQUARES = 16;
/** g of the best maximum so far, its gain. */
export const BEST_G = 17;
export const BEST_GAIN = 18;
/** Sum of squares of the residuals where it was computed directly; NaN otherwise. */
export const RESIDUALS = 25;
/** Iterations of the whole trace. */
export const COUNT = 26;
/** 1 where the last sums belong to the basis psi_g, 0 for e^{-g x}. */
export const STRAIGHT = 27;
/** What the points in `plan.trace` still have to be lowered by: their mean, where it was not taken out point by point. */
export const LEFT = 28;
/** 1 - e^{-g step}, e^{-g step}. */
export const ONE_MINUS_Z = 29;
export const Z = 30;
/** Correction of Newton's step by its square (`curve.ts`, `secondOrder`). */
export const SECOND = 31;
/** Derivatives of `B_G` and `C11` by g, where the basis is e^{-g x} on any delays. */
export const B_GG = 32;
export const C11_G = 33;
/** Where the last step of a climb leads. */
export const NEXT = 34;
/** The step that led here; e^{-g points step}, and 1 minus it. */
export const MOVE = 35;
export const END = 36;
export const WHOLE = 37;
export const SLOTS = 38;
