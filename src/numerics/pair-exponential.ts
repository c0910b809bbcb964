/**
 * The exponential of a 2 x 2 matrix through the entire functions of D = N^2, N its traceless part, for complex D and on both sides of D = 0:
 * exp((N - a) t) = C + S N with C = e^{-a t} cosh(sqrt(D) t) and S = e^{-a t} sinh(sqrt(D) t)/sqrt(D).
 * Writes Re C, Im C, Re S, Im S and dS/dD (Re, Im) into `out`; dC/dD = t S/2. Needs Re sqrt(D) <= a for no overflow.
 */
export function pairExponential(dRe: number, dIm: number, a: number, t: number, out: Float64Array): void {
  const [zRe, zIm] = [dRe * t * t, dIm * t * t];
  if (Math.hypot(zRe, zIm) < 1) {
    series(zRe, zIm, t, Math.exp(-a * t), out);
    return;
  }
  const size = Math.hypot(dRe, dIm);
  // Principal root, each part from the sum that does not cancel.
  const large = Math.sqrt((size + Math.abs(dRe)) / 2);
  const small = large === 0 ? 0 : Math.abs(dIm) / (2 * large);
  const re = dRe >= 0 ? large : small;
  const im = (dRe >= 0 ? small : large) * (dIm < 0 ? -1 : 1);
  const [up, down] = [Math.exp((re - a) * t), Math.exp((-re - a) * t)];
  const [cos, sin] = [Math.cos(im * t), Math.sin(im * t)];
  const cRe = ((up + down) / 2) * cos;
  const cIm = ((up - down) / 2) * sin;
  const [hRe, hIm] = [((up - down) / 2) * cos, ((up + down) / 2) * sin];
  const square = re * re + im * im;
  const sRe = (hRe * re + hIm * im) / square;
  const sIm = (hIm * re - hRe * im) / square;
  const [nRe, nIm] = [(t * cRe - sRe) / 2, (t * cIm - sIm) / 2];
  const dSquare = size * size;
  out[0] = cRe;
  out[1] = cIm;
  out[2] = sRe;
  out[3] = sIm;
  out[4] = (nRe * dRe + nIm * dIm) / dSquare;
  out[5] = (nIm * dRe - nRe * dIm) / dSquare;
}

/** Power series in z = D t^2, |z| < 1. */
function series(zRe: number, zIm: number, t: number, factor: number, out: Float64Array): void {
  let [pRe, pIm] = [1, 0];
  let [qRe, qIm] = [0, 0];
  let even = 1;
  out.fill(0, 0, 6);
  for (let k = 0; k < 11; k++) {
    const odd = even / (2 * k + 1);
    out[0]! += pRe * even;
    out[1]! += pIm * even;
    out[2]! += pRe * odd;
    out[3]! += pIm * odd;
    out[4]! += k * qRe * odd;
    out[5]! += k * qIm * odd;
    [qRe, qIm] = [pRe, pIm];
    [pRe, pIm] = [pRe * zRe - pIm * zIm, pRe * zIm + pIm * zRe];
    even = odd / (2 * k + 2);
  }
  const scales = [factor, factor * t, factor * t * t * t];
  for (let j = 0; j < 6; j++) out[j]! *= scales[j >> 1]!;
}
